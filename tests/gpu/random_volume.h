#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/backend/backend.h"
#include "core/volume/volume.h"

namespace voxmark::gpu {

struct RandomVolume {
  PixelType type = PixelType::I16;
  Index3 size{7, 6, 5};
  int components = 1;
  std::int64_t frames = 1;
  bool scalePerSlice = false;
  std::uint32_t seed = 1;
};

/// Voxels with every bit pattern of their type possible (floats: finite ones of moderate size), on a grid whose axes
/// point to P, I and R, so that reorienting has something to do.
[[nodiscard]] std::shared_ptr<Volume> makeVolume(const RandomVolume& kind);

/// A pipeline and a name for it.
struct NamedPipeline {
  std::string name;
  Pipeline steps;
};
/// One of every kind of step and some combinations, for volumes of the default size.
[[nodiscard]] std::vector<NamedPipeline> pipelines();

/// What a backend makes of a volume.
struct Outcome {
  std::shared_ptr<Volume> volume;
  ExecutionReport report;
};
[[nodiscard]] Outcome runOn(Backend& backend, const Plan& plan, const VolumePtr& input, const Region& region);

/// The stored bytes of all frames.
[[nodiscard]] std::vector<std::byte> bytesOf(const Volume& volume);

}  // namespace voxmark::gpu
