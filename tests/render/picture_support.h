#pragma once

#include <string>

#include "ui/render/offscreen.h"

namespace voxmark::testing {

/// Mean absolute difference of all channels, 0…255; 255 for pictures of different size.
[[nodiscard]] double meanDifference(const render::Image& a, const render::Image& b);
/// Expects `image` to look like tests/render/baselines/NAME.png, to a mean difference of `tolerance`; saves it into
/// the cache folder of the tests where it does not.
void expectLooksLike(const render::Image& image, const std::string& name, double tolerance);

}  // namespace voxmark::testing
