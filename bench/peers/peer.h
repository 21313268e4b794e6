#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

/// What the programs that are compared have in common: options, timing, checks, and one JSON line a sample.
namespace voxmark::peers {

struct Task {
  std::string operation;  ///< "load_gz"
  std::string data;       ///< "m256_i16", a volume that volumes.py has made
};

struct Options {
  std::string volumes;  ///< folder that volumes.py has filled
  std::string scratch;  ///< folder to write to
  std::string tool;     ///< what the lines call this program
  int threads = 1;
  int level = -1;      ///< of compression; -1: the tool's default
  bool first = false;  ///< one sample, and nothing run before it
  std::vector<Task> tasks;

  [[nodiscard]] std::string plain(const Task& task) const { return volumes + "/" + task.data + ".nii"; }
  [[nodiscard]] std::string gzipped(const Task& task) const { return volumes + "/gz/" + task.data + ".nii.gz"; }
  /// As Voxmark writes it; made by the task write_seekable of voxmark_peer.
  [[nodiscard]] std::string seekable(const Task& task) const { return scratch + "/seekable/" + task.data + ".nii.gz"; }
  /// A name of this tool's own in `scratch`; `extension` with its dot.
  [[nodiscard]] std::string output(const std::string& extension) const;
};

/// What came of a run, found when the clock has stopped.
struct Outcome {
  std::string check;            ///< the same for every tool that is right
  std::uint64_t bytes = 0;      ///< of the file that was written
  std::uint64_t allocated = 0;  ///< most memory in counted buffers at one time, bytes
  std::uint64_t output = 0;     ///< bytes of the voxels asked for; goes with `allocated`
};

struct Steps {
  std::function<void()> before;       ///< ahead of every run, off the clock; may be empty
  std::function<void()> run;          ///< what is timed
  std::function<Outcome()> outcome;   ///< after every run, off the clock; frees what the run has made
  std::function<double()> ownTimeMs;  ///< where only a part of the run counts: that part's time
};

/// A run that is thrown away unless it alone uses up the time a task has (1 s), then samples until that time is used
/// up: at most 7. Prints a JSON line for each.
void measure(const Options& options, const Task& task, const Steps& steps);

/// Reads the command line and does every task. Returns the exit status; what is thrown is printed to standard error.
int runTasks(int argc, char** argv, const std::function<void(const Options&, const Task&)>& perform);

/// Milliseconds on a clock that only rises.
[[nodiscard]] double nowMs();
/// CRC-32 as 8 hexadecimal digits, which is how all tools' voxels are compared.
[[nodiscard]] std::string crcOf(std::span<const std::byte> voxels);
/// Of a result that tools may round differently: 32 of its `count` values, spread over it, with commas between.
[[nodiscard]] std::string probesOf(std::size_t count, const std::function<double(std::size_t)>& valueAt);
/// CRC-32 of the voxels in a NIfTI-1 file, gzipped or not, as zlib reads it: not by what wrote it. Throws where the
/// file is damaged.
[[nodiscard]] std::string crcOfFile(const std::string& path);
[[nodiscard]] std::vector<std::byte> readFile(const std::string& path);
/// "512x512x300 i16 0.7x0.7x1": what `open` is checked by.
[[nodiscard]] std::string describeGrid(const std::array<std::int64_t, 3>& size, const std::string& type,
                                       const std::array<double, 3>& spacing);
/// Where the box of 64³ voxels in the middle of a grid begins.
[[nodiscard]] std::array<std::int64_t, 3> cropStart(const std::array<std::int64_t, 3>& size);
inline constexpr std::int64_t kCropSize = 64;

}  // namespace voxmark::peers
