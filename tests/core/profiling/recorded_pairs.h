#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/profiling/result_file.h"

namespace voxmark::testing {

/// How the blocks of one made-up scenario come about.
struct Making {
  double medianMs = 50;
  double variation = 0.02;     ///< coefficient of variation of the noise, which is log-normal
  double shift = 0;            ///< 0.05: 5 % slower
  double drift = 0;            ///< rise from the first block to the last
  double outlierShare = 0;     ///< of blocks that take three times as long
  double secondModeShare = 0;  ///< of blocks that take `secondMode` times as long
  double secondMode = 1.1;
  int blocks = 20;
};

/// A source of numbers that gives the same ones with every library.
class Seeded {
 public:
  explicit Seeded(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] double uniform();  ///< in (0, 1)
  [[nodiscard]] double normal();   ///< of mean 0 and deviation 1

 private:
  std::uint64_t state_;
};

[[nodiscard]] std::vector<double> makeTimes(const Making& making, Seeded& random);
/// A scenario as a result file has it: with peaks and exact counters that do not change.
[[nodiscard]] profiling::RunResult makeResult(const std::string& name, const Making& making, Seeded& random);
/// What a run on this or that machine says of where it ran.
[[nodiscard]] profiling::Environment makeEnvironment(const std::string& host = "reading-room",
                                                     const std::string& cpu = "Ryzen");

}  // namespace voxmark::testing
