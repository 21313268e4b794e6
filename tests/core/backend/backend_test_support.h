#pragma once

#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "core/backend/backend.h"
#include "core/base/error.h"

namespace voxmark::testing {

/// A volume whose stored element n is f(n).
template <typename T, typename F>
std::shared_ptr<Volume> makeVolume(VolumeInfo info, F&& f) {
  info.pixelType = pixelTypeOf<T>();
  auto volume = std::make_shared<Volume>(info);
  auto* data = reinterpret_cast<T*>(volume->mutableFrameData(0));
  for (std::uint64_t n = 0; n < info.totalBytes() / sizeof(T); ++n) data[n] = T(f(n));
  return volume;
}

inline VolumeInfo sized(const Index3& size, int components = 1, std::int64_t frames = 1) {
  VolumeInfo info;
  info.geometry.size = size;
  info.geometry.spacing = {0.5, 1, 2};
  info.geometry.origin = {-3, 4, 5};
  info.components = components;
  info.frames = frames;
  return info;
}

/// What the CPU makes of `volume`; `region` empty: all of it.
inline std::shared_ptr<Volume> process(const VolumePtr& volume, const Pipeline& pipeline, int threads = 1,
                                       Region region = {}, ExecutionReport* report = nullptr) {
  MemorySource source(volume);
  MemorySink sink;
  JobContext job;
  const Plan steps = plan(pipeline, volume->info());
  if (region.empty()) region = wholeOf(steps.output.geometry.size);
  const ExecutionReport found = makeCpuBackend(threads)->execute(steps, source, sink, region, job);
  if (report != nullptr) *report = found;
  return sink.take();
}

}  // namespace voxmark::testing
