#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/bench_commands.h"
#include "app/bench_compare.h"
#include "app/bench_session.h"
#include "core/base/error.h"
#include "core/profiling/catalogue.h"
#include "core/profiling/confirmation.h"
#include "core/profiling/file_scenarios.h"
#include "core/profiling/history.h"
#include "core/profiling/process_scenarios.h"
#include "core/profiling/program_runner.h"
#include "core/profiling/runner.h"
#include "core/profiling/trace_file.h"

namespace voxmark::app {
namespace {

using profiling::Comparison;
using profiling::ResultFile;
using profiling::RunResult;

struct Options {
  SessionArguments session;
  CompareArguments compare;
  std::string output;
  std::string trace;
  std::string baseline;
  std::string history;
  std::string note;
  bool keep = false;
};

void printResult(const RunResult& result) {
  if (result.blocks.empty()) {
    fmt::print("{:<52} {}: {}\n", result.scenario.name, profiling::statusName(result.status), result.message);
  } else {
    const std::string rate = result.scenario.bytes > 0 ? fmt::format("{:.0f}", result.bytesPerSecond() / 1e6) : "–";
    fmt::print("{:<52} {:>9.3f} {:>9.3f} {:>9.3f} {:>8}\n", result.scenario.name, result.medianMs(), result.minMs(),
               result.maxMs(), rate);
    if (result.status == profiling::RunStatus::Failed) fmt::print("  failed: {}\n", result.message);
  }
  std::fflush(stdout);
}

/// The scenarios of the baseline that this run is about.
ResultFile baselineOf(const Options& options) {
  ResultFile out = profiling::readResultFile(options.baseline);
  const auto other = [&](const RunResult& one) {
    return !profiling::isChosen(one.scenario.name, options.session.patterns);
  };
  out.results.erase(std::remove_if(out.results.begin(), out.results.end(), other), out.results.end());
  if (out.results.empty()) {
    throw fileError(ErrorCode::Usage, options.baseline, "the baseline has no scenario of such a name");
  }
  return out;
}

/// Whether more blocks would help to tell a scenario from its baseline.
std::function<bool(const RunResult&)> undecidedAgainst(const ResultFile& baseline, const Options& options) {
  return [&baseline, compare = options.compare.options()](const RunResult& result) {
    ResultFile before{baseline.path, {}, {}};
    for (const RunResult& one : baseline.results) {
      if (one.scenario.name == result.scenario.name) before.results.push_back(one);
    }
    if (before.results.empty()) return false;
    const Comparison found = compareResults(before, {"", {}, {result}}, compare);
    return found.rows.front().state == profiling::VerdictState::Inconclusive;
  };
}

/// Compares, and has a process of its own measure again what seems to have become worse.
Comparison compareTwice(const ResultFile& baseline, const ResultFile& current, const Options& options,
                        JobContext& job) {
  Comparison first = compareResults(baseline, current, options.compare.options());
  const std::vector<std::string> doubtful = toConfirm(first);
  if (doubtful.empty() || job.cancelled()) return first;
  if (!options.compare.json) fmt::print("measuring again what seems to have become worse …\n");
  std::fflush(stdout);
  std::size_t blocks = 0;
  for (const profiling::ComparisonRow& row : first.rows) {
    if (row.state == profiling::VerdictState::Regressed) blocks = std::max(blocks, row.currentBlocks.size());
  }
  const auto again = profiling::runProgram(
      {profiling::ownProgram(), options.session.forwarded(static_cast<int>(blocks))}, doubtful, job);
  return confirmed(std::move(first), compareResults(baseline, again, options.compare.options()));
}

void keepHistory(const Options& options, const std::vector<RunResult>& results, const profiling::RunNotes& notes) {
  if (!options.keep && options.history.empty()) return;
  const auto folder = options.history.empty() ? profiling::historyFolder() : options.history;
  if (!folder) throw Error(ErrorCode::Usage, "there is no folder for histories (expected --history FOLDER)");
  const std::string file = appendHistory(*folder, results, environmentNow(notes), options.note);
  if (!options.compare.json) fmt::print("added to {}\n", file);
}

int run(const Options& options, const Composition& composition) {
  const profiling::Preset counts = options.session.counts();
  const auto rooms = roomsOf(composition);
  auto scenarios = profiling::makeScenarios(options.session.specs(composition), {}, rooms);
  std::optional<ResultFile> baseline;
  profiling::RunnerHooks hooks;
  if (!options.compare.json) {
    fmt::print("{:<52} {:>9} {:>9} {:>9} {:>8}\n", "scenario", "median ms", "min", "max", "MB/s");
    hooks.onResult = printResult;
  }
  if (!options.baseline.empty()) {
    baseline = baselineOf(options);
    hooks.undecided = undecidedAgainst(*baseline, options);
  }
  const profiling::RunNotes notes = options.session.notes(composition);
  JobContext job(cancelledByInterrupt(), {});
  std::optional<profiling::TraceRecording> recording;
  if (!options.trace.empty()) recording.emplace();
  const auto results = profiling::runScenarios(scenarios, counts, job, hooks);
  scenarios.clear();
  if (recording) recording->write(options.trace);
  if (!options.output.empty()) profiling::writeResults(options.output, results, notes);
  keepHistory(options, results, notes);
  const bool failed = std::any_of(results.begin(), results.end(), [](const RunResult& result) {
    return result.status == profiling::RunStatus::Failed;
  });
  if (!baseline) return failed || job.cancelled() ? 2 : 0;
  const ResultFile current{options.output.empty() ? "this run" : options.output, environmentNow(notes), results};
  const int code = printComparison(compareTwice(*baseline, current, options, job), options.compare);
  return code == 0 && failed ? 2 : code;
}

void list(const SessionArguments& session, const Composition& composition) {
  if (!session.file.empty() || !session.scenarios.empty() || !session.patterns.empty()) {
    for (const auto& spec : session.specs(composition)) fmt::print("{}\n", scenarioName(spec));
    return;
  }
  for (const auto& spec : profiling::builtInCatalogue()) {
    const std::string suite = spec.suites.empty() ? "" : fmt::format(", {}", fmt::join(spec.suites, ", "));
    fmt::print("{:<60} {}{}\n", scenarioName(spec), spec.from, suite);
  }
  for (const std::string& name : profiling::fileScenarioNames()) fmt::print("{:<60} with --file\n", name);
}

}  // namespace

void addBenchList(CLI::App& bench, const Composition& composition) {
  auto session = std::make_shared<SessionArguments>();
  CLI::App* command = bench.add_subcommand("list", "Name the scenarios and the smallest preset that has them");
  session->preset = "full";
  session->addTo(*command);
  command->callback([session, &composition] { list(*session, composition); });
}

void addBenchRun(CLI::App& bench, const Composition& composition, int& exitCode) {
  auto options = std::make_shared<Options>();
  CLI::App* command = bench.add_subcommand("run", "Run scenarios on synthetic volumes or on a file");
  options->session.addTo(*command);
  command->add_option("--output", options->output, "Write the results as Google Benchmark JSON");
  command->add_option("--trace", options->trace, "Write the stages as a Chrome trace, which Perfetto opens");
  command->add_option("--baseline", options->baseline,
                      "Result file to compare with; scenarios that cannot be told from it run up to four times as many "
                      "blocks, and what has become worse is measured again by a second process");
  command->add_option("--history", options->history, "Folder to add the results to, a file a machine");
  command->add_flag("--keep", options->keep, "Add the results to the history of this user");
  command->add_option("--note", options->note, "Goes into the history");
  options->compare.addTo(*command);
  command->callback([options, &composition, &exitCode] { exitCode = run(*options, composition); });
}

}  // namespace voxmark::app
