#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/document/document.h"

namespace voxmark::testing {

/// An ellipsoid of 100 with a block of 250 in its left, anterior, inferior part and a bar of 180 towards the right: no
/// symmetry is left. Stored as the letters say: "LPS" has i towards left, j towards posterior, k towards superior.
inline constexpr std::array<const char*, 6> kAxisOrders{"LPS", "LSP", "PLS", "PSL", "SLP", "SPL"};
inline constexpr Index3 kPhantomSize{40, 48, 36};  ///< along L, P, S
inline constexpr Vec3 kPhantomSpacing{1.0, 1.1, 1.4};
inline constexpr Vec3 kPhantomOrigin{-18.0, -30.0, 7.0};
/// A voxel (along L, P, S) in the middle of the bright block.
inline constexpr Index3 kBrightVoxel{27, 15, 11};

[[nodiscard]] std::uint8_t phantomValue(const Index3& lps);
[[nodiscard]] Vec3 phantomWorld(const Index3& lps);
/// `order` as in kAxisOrders; bit a of `flips` stores voxel axis a the other way round.
[[nodiscard]] VolumePtr phantom(const char* order, int flips);
/// All 48, LPS first.
[[nodiscard]] std::vector<VolumePtr> phantomInAllOrientations();
/// One layer with the window 0…255, crosshair in the bright block, no crosshair lines and no annotations.
[[nodiscard]] Document documentOf(VolumePtr volume);

}  // namespace voxmark::testing
