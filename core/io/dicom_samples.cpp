#include "core/io/dicom_samples.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "core/io/byte_order.h"
#include "core/io/steps.h"

namespace voxmark::dicom {
namespace {

using Bytes = std::vector<std::byte>;

/// Colour planes RRR…GGG…BBB… to RGBRGB….
Bytes interleave(const DicomFile& file, const Bytes& planes, const JobContext& job) {
  const std::size_t sample = bytesOf(file.pixelType);
  const auto colours = static_cast<std::size_t>(file.components);
  const std::size_t plane = planes.size() / colours;
  Bytes out(planes.size());
  for (std::size_t c = 0; c < colours; ++c) {
    inSteps(plane, sample, job, [&](std::size_t begin, std::size_t bytes) {
      for (std::size_t at = begin; at < begin + bytes; at += sample) {
        std::memcpy(&out[at * colours + c * sample], &planes[c * plane + at], sample);
      }
    });
  }
  return out;
}

/// YBR_FULL to RGB, DICOM PS3.3 C.7.6.3.1.2; 8-bit samples.
void toRgb(std::span<std::byte> bytes) {
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
void clearUnusedBits(std::span<std::byte> bytes, int stored, int highBit) {
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

void normaliseBits(const DicomFile& file, std::span<std::byte> bytes) {
  const bool odd = file.highBit >= file.bitsAllocated || file.highBit + 1 < file.bitsStored;
  if (file.bitsStored == file.bitsAllocated || odd) return;
  visitPixelType(file.pixelType, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T>) clearUnusedBits<T>(bytes, file.bitsStored, file.highBit);
  });
}

}  // namespace

void finishSamples(const DicomFile& file, bool planar, std::vector<std::byte>& bytes, const JobContext& job) {
  inSteps(bytes.size(), bytesOf(file.pixelType), job, [&](std::size_t begin, std::size_t length) {
    const auto part = std::span(bytes).subspan(begin, length);
    if (file.byteOrder != kNativeOrder) swapBytes(part, bytesOf(file.pixelType));
    normaliseBits(file, part);
  });
  if (planar) bytes = interleave(file, bytes, job);
  if (file.photometric.starts_with("YBR_FULL") && file.components == 3 && file.bitsAllocated == 8) {
    inSteps(bytes.size(), 3, job,
            [&](std::size_t begin, std::size_t length) { toRgb(std::span(bytes).subspan(begin, length)); });
  }
}

}  // namespace voxmark::dicom
