#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace voxmark {

/// What the processor and the operating system say about this machine.
struct CpuInfo {
  std::string name;                   ///< model name, for example "AMD EPYC 9554"
  int logicalCores = 1;               ///< usable by this process
  std::vector<std::string> features;  ///< of sse4.2, avx2, fma, f16c, avx512f, avx512bw, avx512bf16
  std::uint64_t memoryBytes = 0;      ///< physical memory
  std::string kernel;                 ///< operating system and release
};

/// Read once, then cached.
[[nodiscard]] const CpuInfo& cpuInfo();

/// Memory that a new allocation can use without swapping (MemAvailable), bytes.
[[nodiscard]] std::uint64_t availableMemory();

/// Resident set size of this process, bytes.
[[nodiscard]] std::uint64_t residentMemory();

}  // namespace voxmark
