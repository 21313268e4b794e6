#include "bench/peers/peer.h"

#include <cctype>
#include <chrono>
#include <cstring>
#include <ctime>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <libdeflate.h>
#include <zlib.h>

namespace voxmark::peers {
namespace {

constexpr int kMostSamples = 7;
constexpr double kBudgetMs = 1000;

Task parseTask(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) throw std::runtime_error(text + ": expected OPERATION:DATA");
  return {text.substr(0, colon), text.substr(colon + 1)};
}

Options parseOptions(std::span<char*> arguments) {
  Options out;
  for (std::size_t n = 1; n < arguments.size(); ++n) {
    const std::string name = arguments[n];
    if (name == "--first") {
      out.first = true;
    } else if (!name.starts_with("--")) {
      out.tasks.push_back(parseTask(name));
    } else {
      if (n + 1 == arguments.size()) throw std::runtime_error(name + ": expected a value");
      const std::string value = arguments[++n];
      if (name == "--volumes") {
        out.volumes = value;
      } else if (name == "--scratch") {
        out.scratch = value;
      } else if (name == "--tool") {
        out.tool = value;
      } else if (name == "--threads") {
        out.threads = std::stoi(value);
      } else if (name == "--level") {
        out.level = std::stoi(value);
      } else {
        throw std::runtime_error(name + ": no such option");
      }
    }
  }
  return out;
}

/// Processor time of this process, all threads together.
double processorMs() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

struct Sample {
  double ms = 0;
  double processorMs = 0;  ///< 0: not known
  const char* note = "";
  Outcome outcome;
};

void print(const Options& options, const Task& task, const Sample& sample) {
  nlohmann::json line{{"operation", task.operation},
                      {"data", task.data},
                      {"tool", options.tool},
                      {"ms", sample.ms},
                      {"processor", sample.processorMs},
                      {"threads", options.threads},
                      {"check", sample.outcome.check},
                      {"note", sample.note}};
  if (sample.outcome.bytes != 0) line["bytes"] = sample.outcome.bytes;
  if (sample.outcome.output != 0) {
    line["allocated"] = sample.outcome.allocated;
    line["output"] = sample.outcome.output;
  }
  std::cout << line.dump() << std::endl;
}

}  // namespace

std::string Options::output(const std::string& extension) const {
  std::string name = tool;
  for (char& letter : name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  }
  return scratch + "/" + name + extension;
}

void measure(const Options& options, const Task& task, const Steps& steps) {
  double used = 0;
  int samples = 0;
  bool warm = false;
  while (samples < (options.first ? 1 : kMostSamples) && (samples == 0 || used < kBudgetMs)) {
    if (steps.before) steps.before();
    Sample sample;
    const double processorBegin = processorMs();
    const double begin = nowMs();
    steps.run();
    sample.ms = nowMs() - begin;
    sample.processorMs = processorMs() - processorBegin;
    const double whole = sample.ms;
    if (steps.ownTimeMs) {
      sample.ms = steps.ownTimeMs();
      sample.processorMs = 0;
    }
    sample.outcome = steps.outcome();
    const bool thrownAway = !warm && !options.first && whole < kBudgetMs;
    if (!thrownAway) {
      if (!warm) sample.note = "first run";
      used += whole;
      ++samples;
      print(options, task, sample);
    }
    warm = true;
  }
}

int runTasks(int argc, char** argv, const std::function<void(const Options&, const Task&)>& perform) {
  try {
    const Options options = parseOptions({argv, static_cast<std::size_t>(argc)});
    for (const Task& task : options.tasks) perform(options, task);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << std::endl;
    return 1;
  }
}

double nowMs() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

std::string crcOf(std::span<const std::byte> voxels) {
  return fmt::format("{:08x}", libdeflate_crc32(0, voxels.data(), voxels.size()));
}

std::string probesOf(std::size_t count, const std::function<double(std::size_t)>& valueAt) {
  std::string out;
  const std::size_t share = count / 64;
  for (std::size_t n = 0; n < 32; ++n) {
    out += fmt::format("{}{:.7g}", n == 0 ? "" : ",", valueAt(n * 2 * share + share + share * 37 / 100));
  }
  return out;
}

std::string crcOfFile(const std::string& path) {
  constexpr std::size_t kHeader = 348;
  constexpr std::size_t kOffsetField = 108;
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (file == nullptr) throw std::runtime_error(path + ": cannot be opened");
  std::vector<std::byte> block(std::size_t{1} << 20);
  if (gzread(file.get(), block.data(), kHeader) != static_cast<int>(kHeader)) {
    throw std::runtime_error(path + ": is shorter than a NIfTI-1 header");
  }
  std::int32_t headerBytes = 0;
  float voxelOffset = 0;
  std::memcpy(&headerBytes, block.data(), sizeof headerBytes);
  std::memcpy(&voxelOffset, block.data() + kOffsetField, sizeof voxelOffset);
  if (headerBytes != static_cast<std::int32_t>(kHeader)) throw std::runtime_error(path + ": is not NIfTI-1");
  if (gzseek(file.get(), static_cast<z_off_t>(voxelOffset), SEEK_SET) < 0) {
    throw std::runtime_error(path + ": ends before its voxels");
  }
  std::uint32_t crc = 0;
  for (;;) {
    const int got = gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
    if (got < 0) throw std::runtime_error(path + ": is damaged");
    if (got == 0) break;
    crc = libdeflate_crc32(crc, block.data(), static_cast<std::size_t>(got));
  }
  int state = Z_OK;
  const char* message = gzerror(file.get(), &state);
  if (state != Z_OK) throw std::runtime_error(path + ": " + message);
  return fmt::format("{:08x}", crc);
}

std::vector<std::byte> readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) throw std::runtime_error(path + ": cannot be opened");
  std::vector<std::byte> out(static_cast<std::size_t>(in.tellg()));
  in.seekg(0);
  in.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size()));
  if (!in) throw std::runtime_error(path + ": cannot be read");
  return out;
}

std::string describeGrid(const std::array<std::int64_t, 3>& size, const std::string& type,
                         const std::array<double, 3>& spacing) {
  return fmt::format("{}x{}x{} {} {:.4g}x{:.4g}x{:.4g}", size[0], size[1], size[2], type, spacing[0], spacing[1],
                     spacing[2]);
}

std::array<std::int64_t, 3> cropStart(const std::array<std::int64_t, 3>& size) {
  return {(size[0] - kCropSize) / 2, (size[1] - kCropSize) / 2, (size[2] - kCropSize) / 2};
}

}  // namespace voxmark::peers
