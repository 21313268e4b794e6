#pragma once

#include <memory>

#include "core/profiling/make_scenario.h"

namespace voxmark::app {

/// Paints a slice in the middle of a volume into a picture of 800×800 pixels, between the voxels, as the window does.
/// Beforehand a picture of the voxels as they are is compared with the voxels.
[[nodiscard]] std::unique_ptr<profiling::Scenario> makeRenderScenario(
    const profiling::ScenarioSpec& spec, profiling::ScenarioInfo info,
    const std::shared_ptr<profiling::InputStore>& store);

}  // namespace voxmark::app
