#include "core/io/dicom_pixels.h"

#include <algorithm>
#include <cstring>
#include <new>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_codec.h"
#include "core/io/dicom_mosaic.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

using Bytes = std::vector<std::byte>;

/// Colour planes RRR…GGG…BBB… to RGBRGB….
Bytes interleave(const DicomFile& file, const Bytes& planes) {
  const std::size_t sample = bytesOf(file.pixelType);
  const std::size_t pixels = static_cast<std::size_t>(file.rows * file.columns);
  const std::size_t colours = static_cast<std::size_t>(file.components);
  Bytes out(planes.size());
  for (std::size_t c = 0; c < colours; ++c) {
    for (std::size_t i = 0; i < pixels; ++i) {
      std::memcpy(&out[(i * colours + c) * sample], &planes[(c * pixels + i) * sample], sample);
    }
  }
  return out;
}

/// YBR_FULL to RGB, DICOM PS3.3 C.7.6.3.1.2; 8-bit samples.
void toRgb(Bytes& bytes) {
  const auto clamp = [](double value) { return static_cast<std::byte>(std::clamp(value + 0.5, 0.0, 255.0)); };
  for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
    const double y = std::to_integer<int>(bytes[i]);
    const double cb = std::to_integer<int>(bytes[i + 1]) - 128;
    const double cr = std::to_integer<int>(bytes[i + 2]) - 128;
    bytes[i] = clamp(y + 1.402 * cr);
    bytes[i + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
    bytes[i + 2] = clamp(y + 1.772 * cb);
  }
}

/// Bits above BitsStored may hold overlays: they are no part of the value.
template <typename T>
void clearUnusedBits(Bytes& bytes, int stored, int highBit) {
  const int width = static_cast<int>(sizeof(T)) * 8;
  const int above = width - highBit - 1;
  const int unused = width - stored;
  using Unsigned = std::make_unsigned_t<T>;
  for (std::size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T)) {
    Unsigned raw = 0;
    std::memcpy(&raw, &bytes[i], sizeof raw);
    // Up to drop what lies above, down to drop what lies below; the shift down carries the sign of a signed type.
    const T value = static_cast<T>(static_cast<T>(static_cast<Unsigned>(raw << above)) >> unused);
    std::memcpy(&bytes[i], &value, sizeof value);
  }
}

void normaliseBits(const DicomFile& file, Bytes& bytes) {
  const bool odd = file.highBit >= file.bitsAllocated || file.highBit + 1 < file.bitsStored;
  if (file.bitsStored == file.bitsAllocated || odd) return;
  visitPixelType(file.pixelType, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T>) clearUnusedBits<T>(bytes, file.bitsStored, file.highBit);
  });
}

void swapBytes(Bytes& bytes, std::size_t sample) {
  for (std::size_t i = 0; sample > 1 && i + sample <= bytes.size(); i += sample) {
    std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                 bytes.begin() + static_cast<std::ptrdiff_t>(i + sample));
  }
}

}  // namespace

DicomPixels::DicomPixels(const DicomFile& file) : file_(file) {
  if (file.encoding == DicomEncoding::Compressed) streams_ = dicom::frameStreams(file);
  if (file.deflated) inflated_ = dicom::inflateDataSet(file.path, file.dataOffset);
}

Bytes DicomPixels::stored(std::uint64_t offset, std::uint64_t size) const {
  trace::Scope scope("read", size);
  const std::uint64_t begin = file_.pixels.offset + offset;
  Bytes bytes;
  if (!file_.deflated) {
    bytes = dicom::readBytes(file_.path, begin, size);
  } else if (begin + size <= inflated_.size()) {
    const auto first = inflated_.begin() + static_cast<std::ptrdiff_t>(begin);
    bytes.assign(first, first + static_cast<std::ptrdiff_t>(size));
  }
  if (bytes.size() != size) {
    throw fileError(ErrorCode::Truncated, file_.path,
                    fmt::format("ends inside its pixels (expected {} bytes, found {})", size, bytes.size()));
  }
  return bytes;
}

/// Frames of bits follow one another without padding, the lowest bit of a byte first.
Bytes DicomPixels::bits(std::int64_t index) const {
  const std::uint64_t count = file_.planeBytes();
  const std::uint64_t first = static_cast<std::uint64_t>(index) * count;
  const Bytes packed = stored(first / 8, (first + count + 7) / 8 - first / 8);
  Bytes out(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t bit = first % 8 + i;
    out[i] = (packed[bit / 8] >> static_cast<int>(bit % 8)) & std::byte{1};
  }
  return out;
}

Bytes DicomPixels::decode(std::int64_t index) const {
  if (file_.encoding == DicomEncoding::Bits) return bits(index);
  const std::uint64_t size = file_.planeBytes();
  bool planar = file_.planar;
  const bool compressed = file_.encoding == DicomEncoding::Compressed;
  Bytes bytes = compressed ? dicom::decodeStream(file_, streams_[static_cast<std::size_t>(index)], planar)
                           : stored(static_cast<std::uint64_t>(index) * size, size);
  if (file_.byteOrder == ByteOrder::Big) swapBytes(bytes, bytesOf(file_.pixelType));
  normaliseBits(file_, bytes);
  if (planar) bytes = interleave(file_, bytes);
  if (file_.photometric.starts_with("YBR_FULL") && file_.components == 3 && file_.bitsAllocated == 8) toRgb(bytes);
  return bytes;
}

Bytes DicomPixels::frame(std::int64_t index) {
  try {
    if (file_.tilesAcross == 1) return decode(index);
    if (mosaic_.empty()) mosaic_ = decode(0);
    return tileOf(file_, mosaic_, index);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw fileError(ErrorCode::Memory, file_.path, "the decoded pixels do not fit in memory");
  } catch (const std::exception& failure) {
    throw fileError(ErrorCode::Format, file_.path, fmt::format("the pixels cannot be decoded: {}", failure.what()));
  }
}

}  // namespace voxmark
