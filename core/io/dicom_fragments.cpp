#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_codec.h"
#include "core/io/file_access.h"
#include "core/io/steps.h"
#include "core/trace/trace.h"

namespace voxmark::dicom {
namespace {

constexpr std::uint32_t kItem = 0xe000fffeU;
constexpr std::uint32_t kEnd = 0xe0ddfffeU;
constexpr std::uint64_t kWindow = std::uint64_t{64} << 10;

/// Numbers at places of a file, read by the window: items of small fragments lie close together.
class Numbers {
 public:
  Numbers(const File& file, const JobContext& job) : file_(file), job_(job) {}
  [[nodiscard]] std::uint32_t u32(std::uint64_t at) {
    if (at < begin_ || at + 4 > begin_ + bytes_.size()) {
      job_.throwIfCancelled();
      begin_ = at;
      bytes_ = file_.readUpTo(at, kWindow);
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value |= std::to_integer<std::uint32_t>(bytes_.at(static_cast<std::size_t>(at - begin_) + i)) << (8 * i);
    }
    return value;
  }

 private:
  const File& file_;
  const JobContext& job_;
  std::uint64_t begin_ = 0;
  std::vector<std::byte> bytes_;
};

/// All fragments, the offset table first.
std::vector<Fragment> fragmentsOf(const DicomFile& file, const File& data, Numbers& numbers) {
  std::vector<Fragment> found;
  std::uint64_t at = file.pixels.offset;
  while (at + 8 <= data.size()) {
    const std::uint32_t mark = numbers.u32(at);
    const std::uint64_t length = numbers.u32(at + 4);
    if (mark == kEnd) return found;
    if (mark != kItem) throw fileError(ErrorCode::Format, file.path, "PixelData holds something that is no fragment");
    if (length > data.size() - at - 8) throw fileError(ErrorCode::Truncated, file.path, "ends inside a fragment");
    found.push_back({at, at + 8, length});
    at += 8 + length;
  }
  throw fileError(ErrorCode::Truncated, file.path, "the list of fragments has no end");
}

/// Index of the frame that each fragment behind the offset table belongs to.
std::vector<std::size_t> framesOfFragments(const DicomFile& file, Numbers& numbers,
                                           const std::vector<Fragment>& fragments) {
  const auto frames = static_cast<std::size_t>(file.frames);
  const std::size_t count = fragments.size() - 1;
  std::vector<std::size_t> owner(count, 0);
  if (frames == 1) return owner;
  if (count == frames) {
    for (std::size_t i = 0; i < count; ++i) owner[i] = i;
    return owner;
  }
  const Fragment& table = fragments.front();
  if (table.length / 4 != frames) {
    throw fileError(
        ErrorCode::Format, file.path,
        fmt::format("{} fragments cannot be assigned to {} frames: the offset table is missing", count, frames));
  }
  const std::uint64_t base = table.begin + table.length;
  std::vector<std::uint64_t> starts(frames);
  for (std::size_t i = 0; i < frames; ++i) starts[i] = base + numbers.u32(table.begin + 4 * i);
  std::size_t frame = 0;
  for (std::size_t i = 0; i < count; ++i) {
    while (frame + 1 < frames && starts[frame + 1] <= fragments[i + 1].mark) ++frame;
    owner[i] = frame;
  }
  return owner;
}

}  // namespace

std::vector<std::vector<Fragment>> frameFragments(const DicomFile& file, const JobContext& job) {
  trace::Scope scope("index");
  const File data(file.path);
  Numbers numbers(data, job);
  const auto fragments = fragmentsOf(file, data, numbers);
  if (fragments.size() < 2) throw fileError(ErrorCode::Format, file.path, "has no compressed pixels");
  const auto owner = framesOfFragments(file, numbers, fragments);
  std::vector<std::vector<Fragment>> frames(static_cast<std::size_t>(file.frames));
  for (std::size_t i = 0; i < owner.size(); ++i) frames[owner[i]].push_back(fragments[i + 1]);
  for (const auto& frame : frames) {
    const bool empty = std::all_of(frame.begin(), frame.end(), [](const Fragment& part) { return part.length == 0; });
    if (empty) throw fileError(ErrorCode::Truncated, file.path, "a frame has no compressed pixels");
  }
  return frames;
}

Bytes readStream(const DicomFile& file, const std::vector<Fragment>& fragments, const JobContext& job) {
  std::uint64_t size = 0;
  for (const Fragment& part : fragments) size += part.length;
  trace::Scope scope("read", size);
  const File data(file.path);
  Bytes stream(size);
  std::size_t at = 0;
  for (const Fragment& part : fragments) {
    inSteps(part.length, 1, job, [&](std::size_t from, std::size_t bytes) {
      data.readAt(part.begin + from, std::span(stream).subspan(at + from, bytes));
    });
    at += part.length;
  }
  return stream;
}

}  // namespace voxmark::dicom
