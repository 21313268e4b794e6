#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_codec.h"

namespace voxmark::dicom {
namespace {

std::uint32_t littleEndian(std::span<const std::byte> bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
  return value;
}

/// Codes unpacked between two looks at the job; each yields at most 128 bytes.
constexpr std::size_t kCodes = 8192;

/// One segment: a byte of every sample, written with the distance `stride`. False where it ends early.
bool unpackSegment(std::span<const std::byte> packed, std::byte* out, std::size_t count, std::size_t stride,
                   const JobContext& job) {
  std::size_t in = 0;
  std::size_t done = 0;
  for (std::size_t codes = 0; done < count && in < packed.size(); ++codes) {
    if (codes % kCodes == 0) job.throwIfCancelled();
    const int code = static_cast<signed char>(std::to_integer<unsigned char>(packed[in++]));
    if (code == -128) continue;
    const bool run = code < 0;
    const auto length = static_cast<std::size_t>(run ? 1 - code : 1 + code);
    if (in + (run ? 1 : length) > packed.size()) return false;
    for (std::size_t i = 0; i < length && done < count; ++i, ++done) out[done * stride] = packed[run ? in : in + i];
    in += run ? 1 : length;
  }
  return done == count;
}

}  // namespace

Bytes decodeRle(const DicomFile& file, std::span<const std::byte> stream, const JobContext& job) {
  const std::size_t sample = bytesOf(file.pixelType);
  const std::size_t segments = sample * static_cast<std::size_t>(file.components);
  if (stream.size() < 64 || littleEndian(stream, 0) != segments) {
    throw fieldError(file.path, "RLE segments", fmt::format("{}", segments),
                     stream.size() < 64 ? "no header" : fmt::format("{}", littleEndian(stream, 0)));
  }
  const auto pixels = static_cast<std::size_t>(file.rows * file.columns);
  Bytes out(file.planeBytes());
  for (std::size_t segment = 0; segment < segments; ++segment) {
    const std::size_t begin = littleEndian(stream, 4 + 4 * segment);
    const std::size_t end = segment + 1 < segments ? littleEndian(stream, 8 + 4 * segment) : stream.size();
    if (begin < 64 || end < begin || end > stream.size()) {
      throw fileError(ErrorCode::Format, file.path, "an RLE segment lies outside its fragment");
    }
    // Segments go from the most significant byte down, colour by colour.
    const std::size_t colour = segment / sample;
    std::byte* first = out.data() + colour * pixels * sample + (sample - 1 - segment % sample);
    if (!unpackSegment(stream.subspan(begin, end - begin), first, pixels, sample, job)) {
      throw fileError(ErrorCode::Truncated, file.path, "an RLE segment ends before its pixels do");
    }
  }
  return out;
}

}  // namespace voxmark::dicom
