#pragma once

#include <QStringList>
#include <vector>

#include "core/backend/backend.h"
#include "core/profiling/scenario_spec.h"
#include "ui/models/scenario_tree_model.h"

namespace voxmark::ui {

/// The axes of a scenario as parameters: those that its name always has, and those that it was given.
[[nodiscard]] std::vector<ScenarioParameter> axesOf(const profiling::ScenarioSpec& spec,
                                                    const BackendRegistry& backends);
[[nodiscard]] QStringList usableDevices(const BackendRegistry& backends);
/// Whether scenarios of that name run on a device of one's choice: "normalise/zscore" do.
[[nodiscard]] bool runsOnDevices(const std::string& name);

}  // namespace voxmark::ui
