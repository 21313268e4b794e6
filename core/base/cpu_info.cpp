#include "core/base/cpu_info.h"

#include <fstream>
#include <sstream>
#include <thread>

#if defined(__x86_64__)
#include <cpuid.h>
#endif
#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace voxmark {
namespace {

std::uint64_t memInfo(const std::string& key) {
  std::ifstream file("/proc/meminfo");
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind(key + ":", 0) != 0) continue;
    std::istringstream fields(line.substr(key.size() + 1));
    std::uint64_t kib = 0;
    fields >> kib;
    return kib * 1024;
  }
  return 0;
}

#if defined(__x86_64__)
/// Clang 14 does not know "f16c" by name. Its registers are AVX's, which the system must save.
bool hasHalfConversions() {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  return __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_F16C) != 0 && __builtin_cpu_supports("avx");
}
#endif

CpuInfo detect() {
  CpuInfo info;
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind("model name", 0) == 0) {
      info.name = line.substr(line.find(':') + 2);
      break;
    }
  }
  cpu_set_t set;
  CPU_ZERO(&set);
  info.logicalCores = sched_getaffinity(0, sizeof set, &set) == 0
                          ? CPU_COUNT(&set)
                          : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("sse4.2")) info.features.emplace_back("sse4.2");
  if (__builtin_cpu_supports("avx2")) info.features.emplace_back("avx2");
  if (__builtin_cpu_supports("fma")) info.features.emplace_back("fma");
  if (hasHalfConversions()) info.features.emplace_back("f16c");
  if (__builtin_cpu_supports("avx512f")) info.features.emplace_back("avx512f");
  if (__builtin_cpu_supports("avx512bw")) info.features.emplace_back("avx512bw");
  if (__builtin_cpu_supports("avx512bf16")) info.features.emplace_back("avx512bf16");
#endif
  info.memoryBytes = memInfo("MemTotal");
  utsname names{};
  if (uname(&names) == 0) info.kernel = std::string(names.sysname) + " " + names.release;
  return info;
}

}  // namespace

const CpuInfo& cpuInfo() {
  static const CpuInfo info = detect();
  return info;
}

std::uint64_t availableMemory() {
  return memInfo("MemAvailable");
}

std::uint64_t residentMemory() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  file >> total >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace voxmark
