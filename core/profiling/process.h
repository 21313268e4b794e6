#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/jobs/job_context.h"

namespace voxmark::profiling {

/// What a program that was run as a whole has cost and said.
struct ProcessOutcome {
  int exitCode = 0;  ///< 128 + the number of the signal that ended it
  double realMs = 0;
  double cpuMs = 0;           ///< of it and all that it waited for
  std::uint64_t peakRss = 0;  ///< largest resident set
  std::string out;            ///< standard output, at most 16 MiB
  std::string error;          ///< the end of standard error, at most 4 KiB
};

/// Runs a program, found as a shell finds it, without a shell between. `environment` is added to ours. Ended where the
/// job is cancelled (then throws Cancelled). Throws Error(NotFound) where it cannot be started.
[[nodiscard]] ProcessOutcome runProcess(const std::vector<std::string>& arguments, JobContext& job,
                                        const std::map<std::string, std::string>& environment = {});

/// The first line of what a failed program said, or its exit code in words.
[[nodiscard]] std::string failureText(const ProcessOutcome& outcome);

}  // namespace voxmark::profiling
