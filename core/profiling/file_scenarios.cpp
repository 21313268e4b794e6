#include "core/profiling/file_scenarios.h"

#include <algorithm>

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

ScenarioSpec spec(const std::string& kind, std::map<std::string, std::string> axes) {
  ScenarioSpec out;
  out.kind = kind;
  out.axes = std::move(axes);
  return out;
}

std::vector<ScenarioSpec> fileSpecs(const std::string& container) {
  return {spec("load", {{"cache", "warm"}}),
          spec("load", {{"cache", "cold"}}),
          spec("crop", {{"way", "full"}, {"box", "64x64x64"}}),
          spec("crop", {{"way", "first"}, {"box", "64x64x64"}}),
          spec("slice", {{"plane", "axial"}}),
          spec("slice", {{"plane", "sagittal"}}),
          spec("normalise", {{"method", "zscore"}}),
          spec("normalise", {{"method", "minmax"}}),
          spec("resample", {{"interpolation", "linear"}}),
          spec("reorient", {{"letters", "RAS"}}),
          spec("cast", {{"to", "f16"}}),
          spec("save", {{"container", container}}),
          spec("render", {{"plane", "axial"}})};
}

/// The container that a file is saved in: its own where we write it.
std::string savedAs(const std::string& path) {
  WriterRegistry writers;
  addNativeWriters(writers);
  const std::string container = containerOf(path);
  for (const Writer& writer : writers.writers()) {
    const auto& all = writer.extensions;
    if (std::find(all.begin(), all.end(), extensionOf(container)) != all.end()) return container;
  }
  return "nii_gz";
}

bool onDevice(const std::string& kind) {
  const KindInfo* info = findKind(kind);
  return std::find(info->parts.begin(), info->parts.end(), "device") != info->parts.end();
}

}  // namespace

const std::vector<std::string>& fileScenarioNames() {
  static const std::vector<std::string> names{"load",
                                              "crop/full",
                                              "crop/first",
                                              "slice/axial",
                                              "slice/sagittal",
                                              "normalise/zscore",
                                              "normalise/minmax",
                                              "resample/linear",
                                              "reorient/RAS",
                                              "cast/f16",
                                              "save",
                                              "render"};
  return names;
}

std::vector<ScenarioSpec> fileScenarioSpecs(const std::string& path, const std::string& device,
                                            const std::vector<std::string>& patterns, const ScenarioRooms& rooms) {
  const VolumeInfo info = rooms.sources.open(path)->info();
  const std::string backend = rooms.backends.get(device)->info().id;
  const bool cold = std::any_of(patterns.begin(), patterns.end(),
                                [](const std::string& pattern) { return pattern.find("cold") != std::string::npos; });
  std::vector<ScenarioSpec> specs;
  for (ScenarioSpec one : fileSpecs(savedAs(path))) {
    if (one.value("cache") == "cold" && !cold) continue;
    // Without a renderer it is a row that says so, where it was asked for.
    if (one.kind == "render" && rooms.makers.count("render") == 0 && patterns.empty()) continue;
    if (onDevice(one.kind)) one.axes["device"] = backend;
    one = onFile(std::move(one), path, info);
    if (isChosen(scenarioName(one), patterns)) specs.push_back(std::move(one));
  }
  return specs;
}

ScenarioList makeFileScenarios(const std::string& path, const std::string& device,
                               const std::vector<std::string>& patterns, const ScenarioRooms& rooms) {
  return makeScenarios(fileScenarioSpecs(path, device, patterns, rooms), {}, rooms);
}

ScenarioList makeFileScenarios(const std::string& path, const std::string& device,
                               const std::vector<std::string>& patterns, const SourceRegistry& sources,
                               const BackendRegistry& backends) {
  return makeFileScenarios(path, device, patterns, ScenarioRooms{sources, backends});
}

}  // namespace voxmark::profiling
