// Voxmark's operations on a volume in memory, as the window and `convert` run them.
#include <cmath>
#include <stdexcept>

#include "bench/peers/peer.h"
#include "bench/peers/turned_grid.h"
#include "core/backend/backend.h"
#include "core/base/parallel_for.h"
#include "core/io/source_registry.h"
#include "core/memory/buffer_pool.h"

namespace voxmark::peers {
namespace {

constexpr double kLowPercent = 1;
constexpr double kHighPercent = 99;

/// In index space, so that all tools have the same grid: voxel (i, j, k) lies at i, j, k mm.
VolumePtr loaded(const Options& options, const Task& task, bool middle) {
  SourceRegistry sources;
  addNativeReaders(sources);
  JobContext job;
  const auto source = sources.open(options.plain(task));
  VolumeInfo info = source->info();
  Region region = wholeOf(info.geometry.size);
  for (std::size_t a = 0; a < 3 && middle; ++a) {
    region.size[a] /= 2;
    region.start[a] = region.size[a] / 2;
  }
  info.geometry = Geometry{};
  info.geometry.size = region.size;
  auto volume = std::make_shared<Volume>(info);
  source->read({region, 0}, {volume->mutableFrameData(0), static_cast<std::size_t>(info.totalBytes())}, {}, job);
  return volume;
}

Geometry gridOf(const TurnedGrid& turned) {
  Geometry out;
  out.size = {turned.size[0], turned.size[1], turned.size[2]};
  out.spacing = {turned.spacing, turned.spacing, turned.spacing};
  for (std::size_t n = 0; n < 9; ++n) out.direction[n] = turned.rotation[n];
  out.origin = {turned.origin[0], turned.origin[1], turned.origin[2]};
  return out;
}

Pipeline pipelineOf(const std::string& operation, const Index3& size) {
  if (operation == "zscore" || operation == "load_zscore") return {Normalize{}};
  if (operation == "minmax") return {Normalize{NormalizeMethod::MinMax, 0, 0, false}};
  if (operation == "clip") return {Normalize{NormalizeMethod::Percentile, kLowPercent, kHighPercent, false}};
  if (operation == "cast_f16") return {Cast{PixelType::F16}};
  if (operation == "cast_bf16") return {Cast{PixelType::BF16}};
  if (operation == "cast_i16") return {Cast{PixelType::I16}};
  if (operation == "permute") return {Reorient{"SPL"}};
  Resample step;
  if (operation == "up2") {
    step.shape = Index3{2 * size[0], 2 * size[1], 2 * size[2]};
  } else if (operation == "affine" || operation == "cubic") {
    step.grid = gridOf(turnedVolume(size));
    if (operation == "cubic") step.interpolation = Interpolation::Cubic;
  } else if (operation == "slice") {
    step.grid = gridOf(turnedSlice(size));
  } else {
    throw std::runtime_error(operation + ": Voxmark's program has no such operation");
  }
  return {step};
}

std::string checkOf(const Volume& volume) {
  const Index3& size = volume.geometry().size;
  return probesOf(static_cast<std::size_t>(size[0] * size[1] * size[2]), [&](std::size_t n) {
    const auto at = static_cast<std::int64_t>(n);
    return volume.valueAt(0, {at % size[0], at / size[0] % size[1], at / (size[0] * size[1])});
  });
}

void perform(const Options& options, const Task& task) {
  setDefaultThreads(options.threads);
  const auto backend = makeCpuBackend(options.threads);
  const bool fromFile = task.operation == "load_zscore";
  const VolumePtr volume =
      fromFile ? nullptr : loaded(options, task, task.operation == "up2" || task.operation == "cubic");
  SourceRegistry sources;
  addNativeReaders(sources);
  VolumePtr result;
  Steps steps;
  steps.before = [] { BufferPool::global().resetHighWater(); };
  steps.run = [&] {
    JobContext job;
    const auto source = fromFile ? sources.open(options.plain(task)) : std::make_unique<MemorySource>(volume);
    const Plan made = plan(pipelineOf(task.operation, source->info().geometry.size), source->info());
    MemorySink sink;
    (void)backend->execute(made, *source, sink, wholeOf(made.output.geometry.size), job);
    result = sink.take();
  };
  steps.outcome = [&] {
    Outcome out{checkOf(*result)};
    out.output = result->info().totalBytes();
    const std::uint64_t held = volume == nullptr ? 0 : volume->info().totalBytes();
    out.allocated = BufferPool::global().usage().highWater - held;
    result.reset();
    return out;
  };
  measure(options, task, steps);
}

}  // namespace
}  // namespace voxmark::peers

int main(int argc, char** argv) {
  return voxmark::peers::runTasks(argc, argv, voxmark::peers::perform);
}
