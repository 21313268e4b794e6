#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/io/volume_sink.h"
#include "core/io/volume_source.h"
#include "core/ops/plan.h"
#include "core/ops/voxel_values.h"

namespace voxmark {

struct BackendInfo {
  std::string id;      ///< "cpu", "cuda:0"
  std::string name;    ///< "AMD EPYC 9554, 2 threads"
  std::string detail;  ///< instruction sets, compute capability, driver
  std::uint64_t memoryBytes = 0;
  bool available = false;
  std::string reason;  ///< why not, where it cannot be used
};

struct MemoryUsage {
  std::uint64_t used = 0;
  std::uint64_t limit = 0;
};

/// What a step of the pipeline has lost.
struct StepLoss {
  std::size_t step = 0;  ///< its place in the pipeline, from 0
  Loss loss;
};

/// What came of an execution beside the voxels.
struct ExecutionReport {
  Loss loss;                          ///< of all casts and clamps together, against the result without them; where
                                      ///< they are in several passes, at the most (see Loss::follow)
  std::vector<std::string> warnings;  ///< what only reading or computing the voxels has shown
  std::vector<StepLoss> steps{};      ///< the same a step, in their order; not every backend tells them apart
};

/// Something that runs plans. The same call previews one slice, fills a Volume, streams a file larger than memory slab
/// by slab, or leaves its result on the device.
class Backend {
 public:
  virtual ~Backend() = default;
  [[nodiscard]] virtual BackendInfo info() const = 0;
  /// Computes `region` of the plan's output and hands it to `sink`, whose coordinates begin at region.start.
  /// Statistics still span the whole input. Throws Error, or Cancelled within 50 ms of the request.
  virtual ExecutionReport execute(const Plan& plan, VolumeSource& source, VolumeSink& sink, const Region& region,
                                  JobContext& job) = 0;
  /// Host memory that this backend reads fastest (pinned for CUDA, the pool for the CPU).
  [[nodiscard]] virtual std::unique_ptr<Storage> hostMemory(std::uint64_t bytes) = 0;
  [[nodiscard]] virtual MemoryUsage memoryUsage() const = 0;
};

/// The backends of a program: usable ones, and those that are not, with their reasons.
class BackendRegistry {
 public:
  void add(std::shared_ptr<Backend> backend);
  /// Lists a device that exists in principle but cannot be used.
  void addUnavailable(BackendInfo info);
  /// "auto" (the first usable device other than the CPU, else the CPU), "cpu" or "cuda:N". Throws Error(Device) with
  /// the reason where the named one cannot be used.
  [[nodiscard]] std::shared_ptr<Backend> get(const std::string& id) const;
  /// Everything, usable or not, CPU first.
  [[nodiscard]] std::vector<BackendInfo> list() const;

 private:
  std::vector<std::shared_ptr<Backend>> backends_;
  std::vector<BackendInfo> unavailable_;
};

/// The backend that is always there. `threads` 0: all.
[[nodiscard]] std::shared_ptr<Backend> makeCpuBackend(int threads = 0);

}  // namespace voxmark
