#include <memory>
#include <span>

#include <fmt/format.h>

#include "app/bench_commands.h"
#include "app/bench_session.h"
#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/profiling/exact_counters.h"

namespace voxmark::app {
namespace {

struct Options {
  SessionArguments session;
  std::string check;
  std::string output;
};

int count(const Options& options, const Composition& composition) {
  JobContext job(cancelledByInterrupt(), {});
  auto scenarios = profiling::makeScenarios(options.session.specs(composition), {}, roomsOf(composition));
  const auto table = profiling::countScenarios(scenarios, job);
  const std::string text = profiling::counterJson(table);
  if (!options.output.empty()) {
    AtomicFile file(options.output, true);
    file.append(std::as_bytes(std::span(text)));
    file.commit();
  }
  if (options.check.empty()) {
    if (options.output.empty()) fmt::print("{}", text);
    return 0;
  }
  const auto differences = profiling::counterDifferences(profiling::readCounters(options.check), table);
  bool missing = false;
  for (const auto& one : differences) {
    missing = missing || (one.counter.empty() && one.current.empty());
    const std::string what = one.counter.empty() ? one.scenario : one.scenario + ": " + one.counter;
    fmt::print("{}: {} → {}\n", what, one.baseline.empty() ? "not there" : one.baseline,
               one.current.empty() ? "not there" : one.current);
  }
  fmt::print("{} scenarios, {} differences\n", table.size(), differences.size());
  return missing ? 4 : differences.empty() ? 0 : 1;
}

}  // namespace

void addBenchCounters(CLI::App& bench, const Composition& composition, int& exitCode) {
  auto options = std::make_shared<Options>();
  CLI::App* command = bench.add_subcommand("counters", "Count bytes, copies and allocations of scenarios, exactly");
  options->session.preset = "full";
  options->session.addTo(*command);
  command->add_option("--check", options->check, "Counters that must be the same");
  command->add_option("--output", options->output, "Write the counters");
  command->footer("With --check: 0 where all are the same, 1 where one is not, 4 where a scenario is missing.");
  command->callback([options, &composition, &exitCode] { exitCode = count(*options, composition); });
}

}  // namespace voxmark::app
