#include "core/profiling/conditions.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace voxmark::profiling {
namespace {

namespace fs = std::filesystem;

std::string firstLine(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::optional<std::uint64_t> throttleCount() {
  std::optional<std::uint64_t> sum;
  std::error_code failed;
  for (const auto& cpu : fs::directory_iterator("/sys/devices/system/cpu", failed)) {
    const std::string text = firstLine(cpu.path() / "thermal_throttle" / "core_throttle_count");
    if (!text.empty()) sum = sum.value_or(0) + std::strtoull(text.c_str(), nullptr, 10);
  }
  return sum;
}

std::optional<std::uint64_t> stolen() {
  std::istringstream line(firstLine("/proc/stat"));  // cpu user nice system idle iowait irq softirq steal
  std::string name;
  line >> name;
  std::uint64_t ticks = 0;
  for (int field = 0; field < 8; ++field) {
    if (!(line >> ticks)) return std::nullopt;
  }
  const long perSecond = ::sysconf(_SC_CLK_TCK);
  return perSecond > 0 ? std::optional<std::uint64_t>(ticks * 1000 / static_cast<std::uint64_t>(perSecond))
                       : std::nullopt;
}

std::optional<double> frequency() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("cpu MHz", 0) != 0) continue;
    return std::strtod(line.c_str() + line.find(':') + 1, nullptr);
  }
  return std::nullopt;
}

class Hash {
 public:
  void add(const char* data, std::size_t bytes) {
    for (std::size_t at = 0; at < bytes; at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, data + at, std::min<std::size_t>(8, bytes - at));
      value_ = (value_ ^ word) * 1099511628211ULL;
    }
    value_ = (value_ ^ bytes) * 1099511628211ULL;  // zeros at the end count
  }
  bool addFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<char> buffer(std::size_t{1} << 20);
    while (file) {
      file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
      add(buffer.data(), static_cast<std::size_t>(file.gcount()));
    }
    return file.eof();
  }
  [[nodiscard]] std::string text() const { return fmt::format("{:016x}", value_); }

 private:
  std::uint64_t value_ = 1469598103934665603ULL;
};

}  // namespace

Conditions readConditions() {
  Conditions out;
  double load = 0;
  if (::getloadavg(&load, 1) == 1) out.load = load;
  out.governor = firstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  out.throttled = throttleCount();
  out.stolenMs = stolen();
  out.mhz = frequency();
  return out;
}

std::string fileSystemOf(const std::string& path) {
  std::error_code failed;
  const std::string whole = fs::weakly_canonical(path, failed).string();
  std::ifstream mounts("/proc/self/mounts");
  std::string best, type;
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream fields(line);
    std::string device, point, name;
    fields >> device >> point >> name;
    const bool inside = point == "/" || whole == point || whole.rfind(point + '/', 0) == 0;
    if (inside && point.size() >= best.size()) {
      best = point;
      type = name;
    }
  }
  return type;
}

std::string contentHash(const std::string& path) {
  std::error_code failed;
  Hash hash;
  if (!fs::is_directory(path, failed)) return hash.addFile(path) ? hash.text() : std::string();
  std::vector<std::string> files;
  for (const auto& one : fs::recursive_directory_iterator(path, failed)) {
    if (one.is_regular_file(failed)) files.push_back(one.path().string());
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    const std::string name = fs::path(file).lexically_relative(path).string();
    hash.add(name.data(), name.size());
    if (!hash.addFile(file)) return {};
  }
  return hash.text();
}

}  // namespace voxmark::profiling
