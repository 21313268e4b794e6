#include <algorithm>
#include <atomic>

#include <fmt/format.h>

#include "core/backend/backend.h"
#include "core/backend/pass_chain.h"
#include "core/backend/row_sweep.h"
#include "core/backend/value_chain.h"
#include "core/base/cpu_info.h"
#include "core/base/parallel_for.h"
#include "core/memory/buffer_pool.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kSlabBytes = std::uint64_t{32} << 20;
/// Of slabs that are read, converted and put into their place by one thread: they stay in its second-level cache.
constexpr std::uint64_t kCachedSlabBytes = std::uint64_t{1} << 19;

/// One execution: what its slabs have in common.
struct Execution {
  const RowSweep& sweep;
  const Pass& pass;
  VolumeSource& source;
  VolumeSink& sink;
  Region region;            ///< of the output
  std::int64_t firstFrame;  ///< of the source
  int threads;
  JobContext& job;
  JobContext quiet;  ///< same cancellation, no progress of its own
  std::vector<Loss> losses;
};

void writeSlab(Execution& run, const Region& part, std::int64_t frame) {
  const Region input = inputRegion(run.pass, part);
  const std::size_t bytes = static_cast<std::size_t>(part.voxels()) * run.pass.output.voxelBytes();
  Region target = part;
  for (std::size_t a = 0; a < 3; ++a) target.start[a] -= run.region.start[a];
  const std::int64_t sourceFrame = run.firstFrame + frame;
  std::byte* direct = run.sink.directTarget(target, frame);
  if (run.sweep.passesThrough() && direct != nullptr && run.source.resident() == nullptr) {
    run.source.read({input, sourceFrame}, {direct, bytes}, {}, run.quiet);  // straight to its place
    run.sink.write(target, frame, {direct, bytes}, run.job);
    return;
  }
  std::unique_ptr<Storage> inBuffer;
  const InputSlab in = fetchSlab(run.source, input, sourceFrame, inBuffer, run.quiet);
  if (run.sweep.passesThrough() && inBuffer != nullptr) {
    run.sink.write(target, frame, {in.data, bytes}, run.job);
    return;
  }
  std::unique_ptr<Storage> outBuffer;
  if (direct == nullptr) {
    outBuffer = BufferPool::global().acquire(bytes);
    direct = outBuffer->mutableData();
  }
  run.sweep.run(in, part, run.pass.input.frames == 1 ? 0 : sourceFrame, run.threads, direct, run.losses, run.job);
  run.sink.write(target, frame, {direct, bytes}, run.job);
}

/// Whether several threads may each read and convert slabs of their own, in any order.
bool slabsStandAlone(const Execution& run, std::int64_t frames) {
  return frames > 0 && run.source.resident() == nullptr && run.source.partsStandAlone() && !run.sweep.passesThrough() &&
         run.pass.axes.inputAxis[2] == 2 &&
         run.sink.directTarget({{0, 0, 0}, {run.region.size[0], run.region.size[1], 1}}, 0) != nullptr;
}

/// All slabs of all frames, those that come first begun first.
void writeSlabsAlone(Execution& run, std::int64_t frames, std::int64_t slices) {
  const auto perFrame = static_cast<std::size_t>((run.region.size[2] + slices - 1) / slices);
  const std::size_t count = perFrame * static_cast<std::size_t>(frames);
  std::vector<std::vector<Loss>> losses(count);
  std::atomic<std::size_t> done{0};
  const std::uint64_t action = trace::currentAction();
  parallelInOrder(count, run.threads, [&](std::size_t n) {
    run.job.throwIfCancelled();
    const trace::Adopt adopt(action);
    Execution own{run.sweep,
                  run.pass,
                  run.source,
                  run.sink,
                  run.region,
                  run.firstFrame,
                  1,
                  run.job,
                  JobContext(run.job.token(), {}),
                  run.sweep.noLosses()};
    const auto begin = static_cast<std::int64_t>(n % perFrame) * slices;
    writeSlab(own, slab(run.region, begin, std::min(run.region.size[2], begin + slices)),
              static_cast<std::int64_t>(n / perFrame));
    losses[n] = own.losses;
    run.job.report(static_cast<double>(++done) / static_cast<double>(count), "Processing");
  });
  for (const auto& one : losses) {
    for (std::size_t step = 0; step < one.size(); ++step) run.losses[step].add(one[step]);
  }
}

ExecutionReport reportOf(const Execution& run, const PassChain& chain, const VolumeSource& source) {
  ExecutionReport out;
  out.steps = chain.losses();
  for (StepLoss& one : run.sweep.byStep(run.losses)) out.steps.push_back(one);
  out.loss = chain.loss();
  out.loss.follow(run.sweep.together(run.losses));
  out.warnings = source.readWarnings();
  for (const auto& more : {chain.source().readWarnings(), run.sweep.warnings()}) {
    for (const std::string& one : more) {
      if (std::find(out.warnings.begin(), out.warnings.end(), one) == out.warnings.end()) out.warnings.push_back(one);
    }
  }
  return out;
}

class CpuBackend final : public Backend {
 public:
  explicit CpuBackend(int threads) : threads_(threads) {}

  [[nodiscard]] BackendInfo info() const override {
    const CpuInfo& cpu = cpuInfo();
    const int used = threads_ > 0 ? threads_ : defaultThreads();
    return {"cpu",
            fmt::format("{}, {} thread{}", cpu.name, used, used == 1 ? "" : "s"),
            fmt::format("{}", fmt::join(cpu.features, " ")),
            cpu.memoryBytes,
            true,
            ""};
  }

  ExecutionReport execute(const Plan& plan, VolumeSource& source, VolumeSink& sink, const Region& region,
                          JobContext& job) override {
    if (region.empty() || !wholeOf(plan.output.geometry.size).contains(region)) {
      throw Error(ErrorCode::Usage, fmt::format("the region {} does not lie inside the result", toString(region)));
    }
    const Pass& last = plan.passes.back();
    const bool chained = !isSweep(plan);
    const double measured = last.values.empty() && !chained ? 0 : 0.4;  // share of the progress bar before the sweep
    const auto first = job.part(0, measured);
    const PassChain chain(plan, source, threads_, *first);
    const Pass& pass = chain.last().passes.front();
    VolumeSource& from = chain.source();
    const RowSweep sweep(pass, resolveValues(chain.last(), pass, from, threads_, *first));
    const VolumeInfo outInfo =
        region == wholeOf(plan.output.geometry.size) ? plan.output : outputInfo(Crop{region}, plan.output);
    sink.begin(outInfo);
    const auto rest = job.part(measured, 1);
    Execution run{sweep,
                  pass,
                  from,
                  sink,
                  region,
                  chain.last().firstFrame(),
                  threads_,
                  *rest,
                  JobContext(job.token(), {}),
                  sweep.noLosses()};
    const auto slice = static_cast<std::uint64_t>(region.size[0] * region.size[1]) *
                       std::max(outInfo.voxelBytes(), pass.input.voxelBytes());
    if (slabsStandAlone(run, outInfo.frames)) {
      writeSlabsAlone(run, outInfo.frames,
                      std::clamp(static_cast<std::int64_t>(kCachedSlabBytes / slice), std::int64_t{1}, region.size[2]));
      sink.finish(*rest);
      return reportOf(run, chain, source);
    }
    const auto slabSlices = std::clamp(static_cast<std::int64_t>(kSlabBytes / slice), std::int64_t{1}, region.size[2]);
    for (std::int64_t frame = 0; frame < outInfo.frames; ++frame) {
      for (std::int64_t begin = 0; begin < region.size[2]; begin += slabSlices) {
        const std::int64_t end = std::min(region.size[2], begin + slabSlices);
        rest->throwIfCancelled();
        writeSlab(run, slab(region, begin, end), frame);
        const double slabs = static_cast<double>(end) / static_cast<double>(region.size[2]);
        rest->report((static_cast<double>(frame) + slabs) / static_cast<double>(outInfo.frames), "Processing");
      }
    }
    sink.finish(*rest);
    return reportOf(run, chain, source);
  }

  [[nodiscard]] std::unique_ptr<Storage> hostMemory(std::uint64_t bytes) override {
    return BufferPool::global().acquire(bytes);
  }
  [[nodiscard]] MemoryUsage memoryUsage() const override { return {residentMemory(), cpuInfo().memoryBytes}; }

 private:
  int threads_;
};

}  // namespace

std::shared_ptr<Backend> makeCpuBackend(int threads) {
  return std::make_shared<CpuBackend>(threads);
}

}  // namespace voxmark
