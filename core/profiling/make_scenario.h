#pragma once

#include <functional>
#include <map>
#include <memory>

#include "core/backend/backend.h"
#include "core/profiling/scenario.h"
#include "core/profiling/scenario_input.h"

namespace voxmark::profiling {

/// Makes a scenario of a kind that this library cannot run by itself.
using ScenarioMaker =
    std::function<std::unique_ptr<Scenario>(const ScenarioSpec&, ScenarioInfo, const std::shared_ptr<InputStore>&)>;

/// What scenarios are made with. All of it must outlive them.
struct ScenarioRooms {
  const SourceRegistry& sources;
  const BackendRegistry& backends;
  std::map<std::string, ScenarioMaker> makers{};  ///< by kind: "render"
};

/// One scenario. What cannot run here (a device that is not there, a kind that nobody makes, no display) becomes one
/// that is listed with its reason. Throws Error for a spec that makes no sense, or a real file that cannot be opened.
[[nodiscard]] std::unique_ptr<Scenario> makeScenario(const ScenarioSpec& spec, const ScenarioRooms& rooms,
                                                     const std::shared_ptr<InputStore>& store);

/// Those of `specs` whose name is chosen by the patterns (see isChosen), on one store.
[[nodiscard]] ScenarioList makeScenarios(const std::vector<ScenarioSpec>& specs,
                                         const std::vector<std::string>& patterns, const ScenarioRooms& rooms);

/// `spec` on a real file: type, shape and container become the file's. Box and target shapes that do not fit it are
/// halved sizes of it. Throws Error where the file cannot be opened.
[[nodiscard]] ScenarioSpec onFile(ScenarioSpec spec, const std::string& path, const VolumeInfo& info);

}  // namespace voxmark::profiling
