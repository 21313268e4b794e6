#include "app/bench_session.h"

#include <algorithm>
#include <csignal>

#include <fmt/format.h>

#include "app/render_scenario.h"
#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/profiling/catalogue.h"
#include "core/profiling/file_scenarios.h"

namespace voxmark::app {
namespace {

using profiling::ScenarioSpec;

CancelToken* interruptedToken = nullptr;

void onInterrupt(int) {
  if (interruptedToken != nullptr) interruptedToken->cancel();  // an atomic flag: safe in a handler
  std::signal(SIGINT, SIG_DFL);
}

bool hasDevice(const ScenarioSpec& spec) {
  const profiling::KindInfo* kind = profiling::findKind(spec.kind);
  const auto in = [](const std::vector<std::string_view>& parts) {
    return std::find(parts.begin(), parts.end(), "device") != parts.end();
  };
  return kind != nullptr && in(kind->parts);
}

/// For a device named by the user: what runs on another one is left out, and what runs on any runs on that one.
std::vector<ScenarioSpec> onDevice(std::vector<ScenarioSpec> specs, const std::string& device) {
  std::vector<ScenarioSpec> out;
  for (ScenarioSpec& spec : specs) {
    const auto named = spec.axes.find("device");
    if (named != spec.axes.end() && named->second != device) continue;
    if (named == spec.axes.end() && hasDevice(spec)) spec.axes["device"] = device;
    out.push_back(std::move(spec));
  }
  return out;
}

std::vector<ScenarioSpec> chosen(const std::vector<ScenarioSpec>& specs, const std::vector<std::string>& patterns,
                                 const SourceRegistry& sources) {
  std::vector<ScenarioSpec> out;
  for (const ScenarioSpec& spec : specs) {
    const bool real = !spec.file.empty() && spec.kind != "command" && spec.kind != "startup";
    const ScenarioSpec whole = real ? onFile(spec, spec.file, sources.open(spec.file)->info()) : spec;
    if (profiling::isChosen(scenarioName(whole), patterns)) out.push_back(whole);
  }
  return out;
}

/// A suite of the built-in scenarios on a real file, each name once.
std::vector<ScenarioSpec> suiteOnFile(const std::string& suite, const std::string& file,
                                      const SourceRegistry& sources) {
  const VolumeInfo info = sources.open(file)->info();
  std::vector<ScenarioSpec> out;
  for (const ScenarioSpec& one : specsOf(profiling::builtInCatalogue(), suite)) {
    ScenarioSpec spec = onFile(one, file, info);
    const auto same = [&](const ScenarioSpec& there) { return scenarioName(there) == scenarioName(spec); };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back(std::move(spec));
  }
  return out;
}

bool isSuite(const std::string& preset) {
  return preset != "quick" && preset != "default" && preset != "full";
}

}  // namespace

void SessionArguments::addTo(CLI::App& command) {
  command.add_option("GLOB", patterns, "Names, beginnings or shell patterns of scenarios (default: all of the preset)");
  command.add_option("--file", file, "Volume to measure with, in place of synthetic ones");
  command.add_option("--scenarios", scenarios, "Scenario file to take in place of the built-in scenarios");
  command.add_option("--preset", preset, "quick, default, full, or a suite such as crop-first");
  command.add_option("--device", device, "auto, cpu or cuda:N");
  command.add_option("--threads", threads, "Threads of every scenario that does not name its own (default: all)")
      ->check(CLI::Range(0, 1024));
  command.add_option("--blocks", blocks, "Blocks of each scenario, in place of the preset's")
      ->check(CLI::Range(1, 100000));
  command.add_option("--warm-ups", warmUps, "Runs before, in place of the preset's")->check(CLI::Range(0, 100000));
  command.add_option("--repetitions", repetitions, "Runs a block, in place of the preset's")
      ->check(CLI::Range(1, 100000));
}

profiling::Preset SessionArguments::counts() const {
  profiling::Preset out = profiling::presetNamed(isSuite(preset) ? "default" : preset);
  out.name = preset;
  if (blocks > 0) out.blocks = blocks;
  if (warmUps >= 0) out.warmUps = warmUps;
  if (repetitions > 0) out.repetitions = repetitions;
  return out;
}

std::vector<ScenarioSpec> SessionArguments::specs(const Composition& composition) const {
  if (threads > 0) setDefaultThreads(threads);
  if (device != "auto") (void)composition.backends.get(device);
  std::vector<ScenarioSpec> out;
  if (!file.empty()) {
    if (!scenarios.empty()) throw Error(ErrorCode::Usage, "--file and --scenarios cannot be given together");
    out = isSuite(preset) ? chosen(suiteOnFile(preset, file, composition.sources), patterns, composition.sources)
                          : profiling::fileScenarioSpecs(file, device, patterns, roomsOf(composition));
  } else {
    const std::vector<ScenarioSpec> all =
        scenarios.empty() ? profiling::builtInCatalogue() : profiling::readCatalogue(scenarios);
    out = chosen(specsOf(all, preset), patterns, composition.sources);
    if (out.empty() && !patterns.empty()) out = chosen(all, patterns, composition.sources);
    if (device != "auto") out = onDevice(std::move(out), device);
  }
  if (out.empty()) throw Error(ErrorCode::Usage, "no scenario has such a name (voxmark bench list names them)");
  return out;
}

std::vector<std::string> SessionArguments::forwarded(int blocksEach) const {
  std::vector<std::string> out{"--preset", preset, "--device", device};
  const auto add = [&out](const char* option, const std::string& value) { out.insert(out.end(), {option, value}); };
  if (!file.empty()) add("--file", file);
  if (!scenarios.empty()) add("--scenarios", scenarios);
  if (threads > 0) add("--threads", std::to_string(threads));
  if (blocksEach > 0 || blocks > 0) add("--blocks", std::to_string(blocksEach > 0 ? blocksEach : blocks));
  if (warmUps >= 0) add("--warm-ups", std::to_string(warmUps));
  if (repetitions > 0) add("--repetitions", std::to_string(repetitions));
  return out;
}

profiling::RunNotes SessionArguments::notes(const Composition& composition) const {
  profiling::RunNotes out;
  out.dataFile = file;
  out.preset = preset;
  out.before = profiling::readConditions();
  for (const BackendInfo& info : composition.backends.list()) {
    if (!info.available || info.id == "cpu" || !out.gpu.empty()) continue;
    out.gpu = info.name;
    out.gpuDriver = info.detail;
  }
  return out;
}

profiling::ScenarioRooms roomsOf(const Composition& composition) {
  return {composition.sources, composition.backends, {{"render", makeRenderScenario}}};
}

std::shared_ptr<CancelToken> cancelledByInterrupt() {
  static const std::shared_ptr<CancelToken> token = [] {
    auto made = std::make_shared<CancelToken>();
    interruptedToken = made.get();
    std::signal(SIGINT, onInterrupt);
    return made;
  }();
  return token;
}

}  // namespace voxmark::app
