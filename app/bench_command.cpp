#include "app/bench_command.h"

#include <fstream>
#include <memory>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/profiling/file_scenarios.h"
#include "core/profiling/result_file.h"
#include "core/profiling/runner.h"

namespace voxmark::app {
namespace {

struct Options {
  std::vector<std::string> patterns;
  std::string file;
  std::string preset = "default";
  std::string device = "auto";
  std::string output;
  std::string trace;
};

void printResult(const profiling::RunResult& result) {
  if (result.blocks.empty()) {
    fmt::print("{:<44} {}: {}\n", result.scenario.name, profiling::statusName(result.status), result.message);
    return;
  }
  fmt::print("{:<44} {:>9.3f} {:>9.3f} {:>9.3f} {:>8.0f}\n", result.scenario.name, result.medianMs(), result.minMs(),
             result.maxMs(), result.bytesPerSecond() / 1e6);
  if (result.status == profiling::RunStatus::Failed) fmt::print("  failed: {}\n", result.message);
  std::fflush(stdout);
}

int run(const Options& options, const Composition& composition) {
  JobContext job;
  auto scenarios = profiling::makeFileScenarios(options.file, options.device, options.patterns, composition.sources,
                                                composition.backends);
  if (scenarios.empty()) throw Error(ErrorCode::Usage, "no scenario has such a name (voxmark bench list names them)");
  fmt::print("{:<44} {:>9} {:>9} {:>9} {:>8}\n", "scenario", "median ms", "min", "max", "MB/s");
  const auto results =
      profiling::runScenarios(scenarios, profiling::presetNamed(options.preset), job, {{}, printResult});
  if (!options.output.empty()) profiling::writeResults(options.output, results, options.file);
  if (!options.trace.empty()) {
    std::ofstream file(options.trace);
    file << trace::chromeTrace();
    if (!file.flush()) throw fileError(ErrorCode::Io, options.trace, "the trace cannot be written");
  }
  for (const auto& result : results) {
    if (result.status == profiling::RunStatus::Failed) return 2;
  }
  return 0;
}

}  // namespace

void addBenchCommand(CLI::App& app, const Composition& composition, int& exitCode) {
  CLI::App* bench = app.add_subcommand("bench", "Measure");
  bench->require_subcommand(1);
  bench->add_subcommand("list", "Name the scenarios")->callback([] {
    for (const std::string& name : profiling::fileScenarioNames()) fmt::print("{}\n", name);
  });
  auto options = std::make_shared<Options>();
  CLI::App* command = bench->add_subcommand("run", "Run scenarios on a file");
  command->add_option("GLOB", options->patterns, "Names or patterns of scenarios (default: all)");
  command->add_option("--file", options->file, "Volume to measure with")->required();
  command->add_option("--preset", options->preset, "quick, default or full")
      ->check(CLI::IsMember({"quick", "default", "full"}));
  command->add_option("--device", options->device, "auto, cpu or cuda:N");
  command->add_option("--output", options->output, "Write the results as Google Benchmark JSON");
  command->add_option("--trace", options->trace, "Write the stages as a Chrome trace, which Perfetto opens");
  command->callback([options, &composition, &exitCode] { exitCode = run(*options, composition); });
}

}  // namespace voxmark::app
