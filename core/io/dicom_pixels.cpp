#include "core/io/dicom_pixels.h"

#include <cstring>
#include <new>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_mosaic.h"
#include "core/io/dicom_samples.h"
#include "core/io/steps.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

using Bytes = std::vector<std::byte>;

/// Runs `work`; what the codecs throw becomes an Error that names the file.
template <typename Work>
auto translated(const DicomFile& file, Work&& work) {
  try {
    return work();
  } catch (const Error&) {
    throw;
  } catch (const Cancelled&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw fileError(ErrorCode::Memory, file.path, "the decoded pixels do not fit in memory");
  } catch (const std::exception& failure) {
    throw fileError(ErrorCode::Format, file.path, fmt::format("the pixels cannot be decoded: {}", failure.what()));
  }
}

}  // namespace

DicomPixels::DicomPixels(const DicomFile& file, const JobContext& job) : file_(file) {
  translated(file, [&] {
    if (file.encoding == DicomEncoding::Compressed) frames_ = dicom::frameFragments(file, job);
    if (file.deflated) inflated_ = dicom::inflateDataSet(file.path, file.dataOffset, job);
    if (file.tilesAcross > 1) mosaic_ = decode(0, job);
    return 0;
  });
}

Bytes DicomPixels::stored(std::uint64_t offset, std::uint64_t size, const JobContext& job) const {
  trace::Scope scope("read", size);
  const std::uint64_t begin = file_.pixels.offset + offset;
  Bytes bytes;
  if (!file_.deflated) {
    bytes = dicom::readBytes(file_.path, begin, size, job);
  } else if (begin + size <= inflated_.size()) {
    bytes.resize(size);
    inSteps(size, 1, job,
            [&](std::size_t at, std::size_t part) { std::memcpy(&bytes[at], &inflated_[begin + at], part); });
  }
  if (bytes.size() != size) {
    throw fileError(ErrorCode::Truncated, file_.path,
                    fmt::format("ends inside its pixels (expected {} bytes, found {})", size, bytes.size()));
  }
  return bytes;
}

/// Frames of bits follow one another without padding, the lowest bit of a byte first.
Bytes DicomPixels::bits(std::int64_t index, const JobContext& job) const {
  const std::uint64_t count = file_.planeBytes();
  const std::uint64_t first = static_cast<std::uint64_t>(index) * count;
  const Bytes packed = stored(first / 8, (first + count + 7) / 8 - first / 8, job);
  Bytes out(count);
  inSteps(count, 1, job, [&](std::size_t begin, std::size_t length) {
    for (std::uint64_t i = begin; i < begin + length; ++i) {
      const std::uint64_t bit = first % 8 + i;
      out[i] = (packed[bit / 8] >> static_cast<int>(bit % 8)) & std::byte{1};
    }
  });
  return out;
}

Bytes DicomPixels::decode(std::int64_t index, const JobContext& job) const {
  if (file_.encoding == DicomEncoding::Bits) return bits(index, job);
  const std::uint64_t size = file_.planeBytes();
  bool planar = file_.planar;
  Bytes bytes;
  if (file_.encoding == DicomEncoding::Compressed) {
    const Bytes stream = dicom::readStream(file_, frames_[static_cast<std::size_t>(index)], job);
    bytes = dicom::decodeStream(file_, stream, planar, job);
  } else {
    bytes = stored(static_cast<std::uint64_t>(index) * size, size, job);
  }
  dicom::finishSamples(file_, planar, bytes, job);
  return bytes;
}

Bytes DicomPixels::frame(std::int64_t index, const JobContext& job) const {
  return translated(file_, [&] {
    Bytes stored = mosaic_.empty() ? decode(index, job) : tileOf(file_, mosaic_, index);
    return file_.palette ? dicom::applyPalette(*file_.palette, file_.pixelType, stored, job) : stored;
  });
}

}  // namespace voxmark
