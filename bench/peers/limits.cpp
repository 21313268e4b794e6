// What this machine can do at best: the copy, the read, the write and the inflate that nobody gets around.
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <libdeflate.h>
#include <unistd.h>

#include "bench/peers/gzip_stream.h"
#include "bench/peers/peer.h"

namespace voxmark::peers {
namespace {

using Bytes = std::vector<std::byte>;

/// What is needed of the header that volumes.py writes: NIfTI-1, little endian, three dimensions.
struct Grid {
  std::array<std::int64_t, 3> size{};
  std::size_t voxelBytes = 0;
  std::size_t offset = 0;  ///< of the first voxel in the inflated file

  explicit Grid(const std::string& path) {
    std::array<char, 352> header{};
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool whole = file >= 0 && ::read(file, header.data(), header.size()) == static_cast<ssize_t>(header.size());
    if (file >= 0) ::close(file);
    if (!whole) throw std::runtime_error(path + ": cannot be read");
    std::array<std::int16_t, 8> dim{};
    std::int16_t bits = 0;
    float start = 0;
    std::memcpy(dim.data(), header.data() + 40, sizeof dim);
    std::memcpy(&bits, header.data() + 72, sizeof bits);
    std::memcpy(&start, header.data() + 108, sizeof start);
    size = {dim[1], dim[2], dim[3]};
    voxelBytes = static_cast<std::size_t>(bits) / 8;
    offset = static_cast<std::size_t>(start);
  }
  [[nodiscard]] std::size_t bytes() const { return static_cast<std::size_t>(size[0] * size[1] * size[2]) * voxelBytes; }
  /// Offset, from the first voxel, of the first whole row that the crop touches in its slice `k`.
  [[nodiscard]] std::size_t bandStart(std::int64_t k) const {
    const auto start = cropStart(size);
    return static_cast<std::size_t>(((start[2] + k) * size[1] + start[1]) * size[0]) * voxelBytes;
  }
  [[nodiscard]] std::size_t bandBytes() const { return static_cast<std::size_t>(kCropSize * size[0]) * voxelBytes; }
  /// The crop's rows of one slice, out of the whole rows.
  void cut(const std::byte* band, std::byte* box) const {
    const std::size_t row = static_cast<std::size_t>(size[0]) * voxelBytes;
    const std::size_t part = static_cast<std::size_t>(kCropSize) * voxelBytes;
    const std::size_t first = static_cast<std::size_t>(cropStart(size)[0]) * voxelBytes;
    for (std::size_t j = 0; j < static_cast<std::size_t>(kCropSize); ++j) {
      std::memcpy(box + j * part, band + j * row + first, part);
    }
  }
  [[nodiscard]] std::size_t boxSliceBytes() const {
    return static_cast<std::size_t>(kCropSize * kCropSize) * voxelBytes;
  }
};

Options named(const Options& options, const std::string& tool) {
  Options out = options;
  out.tool = tool;
  return out;
}

std::span<const std::byte> voxelsOf(const Bytes& file, const Grid& grid) {
  return std::span(file).subspan(grid.offset, grid.bytes());
}

void copyFloats(const Options& options, const Task& task) {
  const Grid grid(options.plain(task));
  std::vector<float> from(grid.bytes() / grid.voxelBytes);
  {
    const Bytes file = readFile(options.plain(task));
    if (grid.voxelBytes != sizeof(std::int16_t)) throw std::runtime_error(task.data + ": expected i16");
    for (std::size_t n = 0; n < from.size(); ++n) {
      std::int16_t value = 0;
      std::memcpy(&value, file.data() + grid.offset + n * sizeof value, sizeof value);
      from[n] = value;
    }
  }
  std::vector<float> to(from.size());
  Steps steps;
  steps.run = [&] { std::memcpy(to.data(), from.data(), from.size() * sizeof(float)); };
  steps.outcome = [&] { return Outcome{crcOf(std::as_bytes(std::span(to)))}; };
  measure(named(options, "limit: memcpy"), task, steps);
}

void copyVolume(const Options& options, const Task& task) {
  const Grid grid(options.plain(task));
  const Bytes file = readFile(options.plain(task));
  const std::span<const std::byte> from = voxelsOf(file, grid);
  Bytes to(from.size());
  Steps steps;
  steps.run = [&] { std::memcpy(to.data(), from.data(), from.size()); };
  steps.outcome = [&] {
    return Outcome{probesOf(to.size() / sizeof(float), [&](std::size_t n) {
      float value = 0;
      std::memcpy(&value, to.data() + n * sizeof value, sizeof value);
      return static_cast<double>(value);
    })};
  };
  measure(named(options, "limit: memcpy"), task, steps);
}

void inflateWhole(const Options& options, const Task& task) {
  const Grid grid(options.plain(task));
  const Bytes file = readFile(options.gzipped(task));
  Bytes out(grid.offset + grid.bytes());
  Steps steps;
  steps.outcome = [&] { return Outcome{crcOf(voxelsOf(out, grid))}; };

  constexpr std::size_t kHeader = 10;  // volumes.py stores no name, so that the header is never longer
  constexpr std::size_t kTrailer = 8;
  if (file.size() < kHeader + kTrailer || file[3] != std::byte{0}) {
    throw std::runtime_error(options.gzipped(task) + ": expected a gzip header without a name");
  }
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decoder(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  steps.run = [&] {
    const auto result = libdeflate_deflate_decompress(
        decoder.get(), file.data() + kHeader, file.size() - kHeader - kTrailer, out.data(), out.size(), nullptr);
    if (result != LIBDEFLATE_SUCCESS) throw std::runtime_error(options.gzipped(task) + ": libdeflate refuses it");
  };
  measure(named(options, "limit: libdeflate"), task, steps);

  std::fill(out.begin(), out.end(), std::byte{0});
  steps.run = [&] { GzipStream(file).inflate(out); };
  measure(named(options, "limit: ISA-L"), task, steps);
}

void readCrop(const Options& options, const Task& task) {
  const Grid grid(options.plain(task));
  Bytes box(grid.boxSliceBytes() * kCropSize);
  Bytes band(grid.bandBytes());
  Steps steps;
  steps.run = [&] {
    const int file = ::open(options.plain(task).c_str(), O_RDONLY | O_CLOEXEC);
    for (std::int64_t k = 0; k < kCropSize; ++k) {
      const auto at = static_cast<off_t>(grid.offset + grid.bandStart(k));
      if (::pread(file, band.data(), band.size(), at) != static_cast<ssize_t>(band.size())) {
        throw std::runtime_error(options.plain(task) + ": cannot be read");
      }
      grid.cut(band.data(), box.data() + static_cast<std::size_t>(k) * grid.boxSliceBytes());
    }
    ::close(file);
  };
  steps.outcome = [&] { return Outcome{crcOf(box)}; };
  measure(named(options, "limit: pread"), task, steps);
}

/// Inflates up to the crop's end, and times of that either all, or what lies between the crop's first and last byte, or
/// the rows that it touches and nothing between them.
enum class Timed { Prefix, Span, Rows };

void inflateCrop(const Options& options, const Task& task, const std::string& path, Timed timed) {
  const Grid grid(options.plain(task));
  const Bytes file = readFile(path);
  const std::size_t begin = grid.offset + grid.bandStart(0);
  Bytes out(grid.offset + grid.bandStart(kCropSize - 1) + grid.bandBytes());
  double ms = 0;
  const auto clocked = [&ms](GzipStream& stream, std::span<std::byte> part) {
    const double start = nowMs();
    stream.inflate(part);
    ms += nowMs() - start;
  };
  Steps steps;
  steps.run = [&] {
    ms = 0;
    const std::span<std::byte> all(out);
    GzipStream stream(file);
    if (timed == Timed::Prefix) return clocked(stream, all);
    stream.inflate(all.first(begin));
    if (timed == Timed::Span) return clocked(stream, all.subspan(begin));
    for (std::int64_t k = 0; k < kCropSize; ++k) {
      const std::size_t from = grid.offset + grid.bandStart(k);
      clocked(stream, all.subspan(from, grid.bandBytes()));
      if (k + 1 == kCropSize) break;
      const std::size_t end = from + grid.bandBytes();
      stream.inflate(all.subspan(end, grid.offset + grid.bandStart(k + 1) - end));
    }
  };
  steps.ownTimeMs = [&] { return ms; };
  steps.outcome = [&] {
    Bytes box(grid.boxSliceBytes() * kCropSize);
    for (std::int64_t k = 0; k < kCropSize; ++k) {
      grid.cut(out.data() + grid.offset + grid.bandStart(k),
               box.data() + static_cast<std::size_t>(k) * grid.boxSliceBytes());
    }
    return Outcome{crcOf(box)};
  };
  const char* name = timed == Timed::Prefix ? "ISA-L to the crop's end"
                     : timed == Timed::Span ? "ISA-L span"
                                            : "ISA-L rows";
  measure(named(options, std::string("limit: ") + name), task, steps);
}

void writeFile(const Options& options, const Task& task) {
  const Bytes content = readFile(options.plain(task));
  const std::string path = options.output(".nii");
  Steps steps;
  steps.before = [&] { std::filesystem::remove(path); };
  steps.run = [&] {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    std::span<const std::byte> left(content);
    while (!left.empty()) {
      const ssize_t put = ::write(file, left.data(), left.size());
      if (put <= 0) throw std::runtime_error(path + ": cannot be written");
      left = left.subspan(static_cast<std::size_t>(put));
    }
    ::close(file);
  };
  steps.outcome = [&] { return Outcome{crcOfFile(path), std::filesystem::file_size(path)}; };
  measure(named(options, "limit: write"), task, steps);
  std::filesystem::remove(path);
}

void perform(const Options& options, const Task& task) {
  const std::string& operation = task.operation;
  if (operation == "materialise") return copyFloats(options, task);
  if (operation == "copy") return copyVolume(options, task);
  if (operation == "load_gz") return inflateWhole(options, task);
  if (operation == "crop") return readCrop(options, task);
  if (operation == "crop_gz") return inflateCrop(options, task, options.gzipped(task), Timed::Prefix);
  if (operation == "crop_seekable") {
    inflateCrop(options, task, options.seekable(task), Timed::Span);
    return inflateCrop(options, task, options.seekable(task), Timed::Rows);
  }
  if (operation == "save_nii") return writeFile(options, task);
  throw std::runtime_error(operation + ": no limit is known");
}

}  // namespace
}  // namespace voxmark::peers

int main(int argc, char** argv) {
  return voxmark::peers::runTasks(argc, argv, voxmark::peers::perform);
}
