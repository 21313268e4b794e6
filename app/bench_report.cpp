#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "app/bench_commands.h"
#include "app/bench_session.h"
#include "core/base/error.h"
#include "core/profiling/report.h"
#include "core/profiling/runner.h"
#include "core/profiling/trace_file.h"

namespace voxmark::app {
namespace {

struct ReportOptions {
  std::vector<std::string> files;
  std::vector<std::string> outputs;
};

void report(const ReportOptions& options) {
  std::vector<profiling::ResultFile> files;
  for (const std::string& path : options.files) files.push_back(profiling::readResultFile(path));
  if (options.outputs.empty()) fmt::print("{}", profiling::markdownReport(files));
  for (const std::string& path : options.outputs) profiling::writeReport(path, files);
}

/// Own times of the stages of a run, the widest first.
void printStages(const profiling::RunResult& result) {
  fmt::print("{}\n", result.scenario.name);
  if (result.blocks.empty()) {
    fmt::print("    {}: {}\n", profiling::statusName(result.status), result.message);
    return;
  }
  auto stages = result.blocks.back().stages;
  std::sort(stages.begin(), stages.end(), [](const auto& a, const auto& b) { return a.ms > b.ms; });
  const double whole = result.medianMs();
  fmt::print("    {:<20} {:>10.3f} ms\n", "whole", whole);
  for (const auto& stage : stages) {
    const double rate = stage.ms > 0 ? static_cast<double>(stage.bytes) / 1e6 / (stage.ms / 1e3) : 0;
    fmt::print("    {:<20} {:>10.3f} ms {:>5.0f} % {:>8.0f} MB/s {:>6} calls\n", stage.name, stage.ms,
               100 * stage.ms / whole, rate, stage.calls);
  }
}

int traceOnce(const SessionArguments& session, const std::string& output, const Composition& composition) {
  auto scenarios = profiling::makeScenarios(session.specs(composition), {}, roomsOf(composition));
  JobContext job(cancelledByInterrupt(), {});
  profiling::Preset once{"trace", session.warmUps < 0 ? 1 : session.warmUps, std::max(1, session.blocks),
                         std::max(1, session.repetitions)};
  profiling::RunnerHooks hooks;
  hooks.onResult = printStages;
  const profiling::TraceRecording recording;
  const auto results = profiling::runScenarios(scenarios, once, job, hooks);
  if (!output.empty()) recording.write(output);
  return std::any_of(results.begin(), results.end(),
                     [](const auto& result) { return result.status == profiling::RunStatus::Failed; })
             ? 2
             : 0;
}

}  // namespace

void addBenchReport(CLI::App& bench) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command = bench.add_subcommand("report", "Put result files side by side; the first is the baseline");
  command->add_option("FILE", options->files, "Result files, of other programs too")->required();
  command->add_option("--output", options->outputs, "NAME.md, .csv, .html or .svg (default: Markdown, printed)");
  command->callback([options] { report(*options); });
}

void addBenchTrace(CLI::App& bench, const Composition& composition, int& exitCode) {
  auto session = std::make_shared<SessionArguments>();
  auto output = std::make_shared<std::string>();
  session->preset = "quick";
  CLI::App* command = bench.add_subcommand("trace", "Run scenarios once and say where the time went");
  session->addTo(*command);
  command->add_option("--output", *output, "Write the stages as a Chrome trace, which Perfetto opens");
  command->callback(
      [session, output, &composition, &exitCode] { exitCode = traceOnce(*session, *output, composition); });
}

}  // namespace voxmark::app
