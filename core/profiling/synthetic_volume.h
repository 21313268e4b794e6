#pragma once

#include <cstdint>
#include <string>

#include "core/volume/volume.h"

namespace voxmark::profiling {

/// A volume that is made up: the same bytes for the same seed on every machine.
struct SyntheticVolume {
  /// "mr": magnitudes with the noise of a complex signal (Rician), "ct": Hounsfield units with noise, -1024 outside the
  /// round field of view, "labels": a label map of parcels. Much like the real ones in how well they compress.
  std::string content = "mr";
  Index3 shape{128, 128, 128};
  PixelType type = PixelType::I16;
  std::uint64_t seed = 1;
};

/// 1 mm voxels along the patient's axes (LPS). Integers hold rounded values; floats those before rounding, times a
/// smooth field, so that their mantissas have no pattern. Throws Error(Usage) for another content or an empty shape.
[[nodiscard]] VolumePtr makeSynthetic(const SyntheticVolume& wanted);

}  // namespace voxmark::profiling
