#include "core/profiling/make_scenario.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/profiling/file_scenario.h"
#include "core/profiling/memory_scenarios.h"
#include "core/profiling/process_scenarios.h"

namespace voxmark::profiling {
namespace {

int threadsOf(const ScenarioSpec& spec) {
  const std::string text = spec.value("threads");
  int out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size() || out < 0 || out > 1024) {
    throw Error(ErrorCode::Format, fmt::format("a number of threads is wrong (expected 0 to 1024, found {})", text));
  }
  return out == 0 ? defaultThreads() : out;
}

/// Voxel bytes and volumes that one run handles.
void measureAmount(const ScenarioSpec& spec, const ScenarioRooms& rooms, ScenarioInfo& info) {
  Index3 size{0, 0, 0};
  std::uint64_t voxelBytes = 0;
  info.volumes = 1;
  if (!spec.file.empty()) {
    const VolumeInfo about = rooms.sources.open(spec.file)->info();
    size = about.geometry.size;
    voxelBytes = about.voxelBytes();
    if (spec.kind != "crop" && spec.kind != "slice") {
      voxelBytes *= static_cast<std::uint64_t>(about.frames);
      info.volumes = static_cast<std::uint64_t>(about.frames);
    }
  } else if (!spec.value("shape").empty()) {
    size = parseExtent(spec.value("shape"));
    voxelBytes = bytesOf(parsePixelType(spec.value("type")).value_or(PixelType::U8));
  }
  if (spec.kind == "crop") size = middleBox(size, parseExtent(spec.value("box"))).size;
  if (spec.kind == "slice" || spec.kind == "render") {
    size[spec.value("plane") == "sagittal" ? 0 : spec.value("plane") == "coronal" ? 1 : 2] = 1;
  }
  info.bytes = static_cast<std::uint64_t>(size[0] * size[1] * size[2]) * voxelBytes;
  if (spec.kind == "startup" || info.bytes == 0) info.volumes = info.bytes = 0;
}

/// The device of a scenario; null with the reason noted where it is not there.
std::shared_ptr<Backend> backendOf(const ScenarioSpec& spec, const ScenarioRooms& rooms, ScenarioInfo& info) {
  try {
    return rooms.backends.get(spec.value("device"));
  } catch (const Error& error) {
    info.reason = error.what();
    return nullptr;
  }
}

}  // namespace

std::unique_ptr<Scenario> makeScenario(const ScenarioSpec& spec, const ScenarioRooms& rooms,
                                       const std::shared_ptr<InputStore>& store) {
  ScenarioInfo info;
  info.name = scenarioName(spec);
  info.kind = spec.kind;
  info.threads = threadsOf(spec);
  info.tolerancePercent = spec.tolerancePercent;
  info.device = spec.value("device");
  measureAmount(spec, rooms, info);
  const auto backend = backendOf(spec, rooms, info);
  if (backend == nullptr) return makeUnavailable(std::move(info));
  if (const auto maker = rooms.makers.find(spec.kind); maker != rooms.makers.end()) {
    return maker->second(spec, std::move(info), store);
  }
  if (spec.kind == "load") return makeLoadScenario(spec, std::move(info), store);
  if (spec.kind == "crop") return makeCropScenario(spec, std::move(info), store, backend);
  if (spec.kind == "slice") return makeSliceScenario(spec, std::move(info), store);
  if (spec.kind == "save") return makeSaveScenario(spec, std::move(info), store);
  if (spec.kind == "load_to_device") return makeLoadToDeviceScenario(spec, std::move(info), store, backend);
  if (spec.kind == "startup") return makeStartupScenario(spec, std::move(info), store);
  if (spec.kind == "command") return makeCommandScenario(spec, std::move(info), store);
  if (spec.kind == "render") {
    info.reason = "this program has no renderer for it";
    return makeUnavailable(std::move(info));
  }
  return makeMemoryScenario(spec, std::move(info), store, backend);
}

ScenarioList makeScenarios(const std::vector<ScenarioSpec>& specs, const std::vector<std::string>& patterns,
                           const ScenarioRooms& rooms) {
  const auto store = std::make_shared<InputStore>(rooms.sources);
  ScenarioList out;
  for (const ScenarioSpec& given : specs) {
    const bool real = !given.file.empty() && given.kind != "command" && given.kind != "startup";
    const ScenarioSpec spec = real ? onFile(given, given.file, rooms.sources.open(given.file)->info()) : given;
    if (!isChosen(scenarioName(spec), patterns)) continue;
    out.push_back(makeScenario(spec, rooms, store));
  }
  return out;
}

ScenarioSpec onFile(ScenarioSpec spec, const std::string& path, const VolumeInfo& info) {
  const Index3& size = info.geometry.size;
  const Index3 half{std::max<std::int64_t>(1, size[0] / 2), std::max<std::int64_t>(1, size[1] / 2),
                    std::max<std::int64_t>(1, size[2] / 2)};
  spec.file = path;
  spec.axes.erase("content");
  spec.axes["type"] = pixelTypeName(info.pixelType);
  spec.axes["shape"] = extentText(size);
  if (spec.kind != "save") spec.axes["container"] = containerOf(path);
  const auto fits = [&](const std::string& text) {
    const Index3 box = parseExtent(text);
    return box[0] <= size[0] && box[1] <= size[1] && box[2] <= size[2];
  };
  if (spec.kind == "crop" && (spec.value("box").empty() || !fits(spec.value("box"))))
    spec.axes["box"] = extentText(half);
  if (spec.kind == "resample" && spec.value("to").empty()) spec.axes["to"] = extentText(half);
  return spec;
}

}  // namespace voxmark::profiling
