#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/jobs/job_context.h"

namespace voxmark::profiling {

/// What a scenario is, known before it runs.
struct ScenarioInfo {
  std::string name;            ///< with its parameters, never changing: "load/nii_gz/u8/124x160x140/warm"
  std::string kind;            ///< "load", "normalise"
  std::string device = "cpu";  ///< backend id
  int threads = 1;
  std::uint64_t bytes = 0;      ///< voxel bytes that one repetition handles
  std::uint64_t volumes = 0;    ///< frames that one repetition handles
  std::string reason;           ///< why it cannot run here; empty where it can
  double tolerancePercent = 0;  ///< of its verdicts; 0: the comparison's
};

/// What a run says of itself where it was not this process that worked.
struct OwnMeasure {
  double realMs = 0;
  double cpuMs = 0;
  std::uint64_t peakRss = 0;
};

/// Something that can be timed. Calls: prepare once; then, for every repetition, rewind (not timed), run (timed) and
/// check (not timed); then release. prepare and check throw Error(Verification) where the output is wrong: a wrong
/// result is never timed.
class Scenario {
 public:
  explicit Scenario(ScenarioInfo info) : info_(std::move(info)) {}
  virtual ~Scenario() = default;
  Scenario(const Scenario&) = delete;
  Scenario& operator=(const Scenario&) = delete;

  [[nodiscard]] const ScenarioInfo& info() const { return info_; }
  /// Makes the input and compares the output with one found another way. Not called where info().reason is set.
  virtual void prepare(JobContext& job) = 0;
  /// Makes what the next run must find: drops a file from the page cache, removes the last output.
  virtual void rewind(JobContext& job) { (void)job; }
  /// One repetition. Its result is kept for check.
  virtual void run(JobContext& job) = 0;
  /// Compares the last result with what prepare found to be right, and drops it.
  virtual void check() = 0;
  /// Lets go of all memory.
  virtual void release() = 0;
  /// What stands for the last run's time and memory in place of what was measured around it; asked for after check.
  [[nodiscard]] virtual std::optional<OwnMeasure> ownMeasure() const { return std::nullopt; }
  /// What the last run has shown besides its time ("max_error", "file_bytes"); asked for after check.
  [[nodiscard]] virtual std::map<std::string, double> metrics() const { return {}; }
  /// What preparing has shown about the conditions ("page cache: 100 % resident"); empty where there is nothing to say.
  [[nodiscard]] virtual std::string label() const { return {}; }

 private:
  ScenarioInfo info_;
};

using ScenarioList = std::vector<std::unique_ptr<Scenario>>;

/// A scenario that cannot run, so that it is listed with its reason instead of being left out.
[[nodiscard]] std::unique_ptr<Scenario> makeUnavailable(ScenarioInfo info);

}  // namespace voxmark::profiling
