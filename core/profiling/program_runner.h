#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/profiling/block_runner.h"
#include "core/profiling/result_file.h"

namespace voxmark::profiling {

/// How another Voxmark is asked to measure: its `bench run` with what follows.
struct ProgramCall {
  std::string executable;
  std::vector<std::string> options;  ///< "--file", "v.nii", "--device", "cpu", …
};

/// Runs `bench run` of a program once, as a process of its own, and reads the results. Throws Error, Cancelled.
[[nodiscard]] ResultFile runProgram(const ProgramCall& call, const std::vector<std::string>& patterns, JobContext& job);

/// One scenario of another build. Each block is a process of its own: what differs from process to process (where
/// memory lies, how libraries are loaded) is part of the noise, not of the difference.
[[nodiscard]] std::unique_ptr<BlockRunner> makeProgramRunner(ProgramCall call, const std::string& scenario, int warmUps,
                                                             int repetitions);

}  // namespace voxmark::profiling
