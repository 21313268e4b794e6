#pragma once

#include <memory>

#include "core/backend/backend.h"
#include "core/profiling/scenario.h"
#include "core/profiling/scenario_input.h"

namespace voxmark::profiling {

/// load, crop, slice, save and load_to_device.
///   load: every frame; the voxels must be those that the file was made of, or that a slice read by itself has.
///   crop: a box in the middle. "full": the whole volume is read, then cut; "first": the box alone is read. With
///   "to", it is cast, too; on another device it is brought there and back. Metrics: box_bytes, read_amplification.
///   slice: of frame 0, in the middle.
///   save: from memory until the file is on the disk; it is read back once. Metrics: file_bytes.
///   load_to_device: read, brought to the device, measured there, and one slice of z-scores brought back.
/// Reads are warm (in the page cache) or cold: dropped before each run, which mincore must confirm, else the label
/// says "warm".
[[nodiscard]] std::unique_ptr<Scenario> makeLoadScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                         std::shared_ptr<InputStore> store);
[[nodiscard]] std::unique_ptr<Scenario> makeCropScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                         std::shared_ptr<InputStore> store,
                                                         std::shared_ptr<Backend> backend);
[[nodiscard]] std::unique_ptr<Scenario> makeSliceScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                          std::shared_ptr<InputStore> store);
[[nodiscard]] std::unique_ptr<Scenario> makeSaveScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                         std::shared_ptr<InputStore> store);
[[nodiscard]] std::unique_ptr<Scenario> makeLoadToDeviceScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                                                 std::shared_ptr<InputStore> store,
                                                                 std::shared_ptr<Backend> backend);

/// A box of that size in the middle of a grid, cut to it.
[[nodiscard]] Region middleBox(const Index3& grid, const Index3& size);

}  // namespace voxmark::profiling
