#include <memory>

#include <fmt/format.h>

#include "app/bench_commands.h"
#include "app/bench_compare.h"
#include "app/bench_session.h"
#include "core/base/error.h"
#include "core/profiling/interleaved.h"
#include "core/profiling/process_scenarios.h"
#include "core/profiling/program_runner.h"
#include "core/profiling/self_test.h"

namespace voxmark::app {
namespace {

using profiling::BlockRunner;
using profiling::ScenarioSpec;

struct Options {
  SessionArguments session;
  CompareArguments compare;
  std::vector<std::string> builds, devices, threads;
  std::string outputBaseline, outputCurrent;
  std::uint64_t seed = 1;
};

/// One side of one scenario, and what it must keep alive.
struct Side {
  profiling::ScenarioList scenarios;
  std::unique_ptr<BlockRunner> runner;
};

Side inProcess(ScenarioSpec spec, const std::string& axis, const std::string& value, const profiling::Preset& counts,
               const profiling::ScenarioRooms& rooms) {
  Side side;
  spec.axes[axis] = value;
  side.scenarios = profiling::makeScenarios({spec}, {}, rooms);
  side.runner = profiling::makeBlockRunner(*side.scenarios.front(), counts.warmUps, counts.repetitions);
  return side;
}

Side otherProgram(const std::string& executable, const ScenarioSpec& spec, const SessionArguments& session,
                  const profiling::Preset& counts) {
  Side side;
  SessionArguments own = session;
  own.blocks = own.repetitions = 0;
  own.warmUps = -1;
  side.runner = profiling::makeProgramRunner({executable, own.forwarded()}, scenarioName(spec), counts.warmUps,
                                             counts.repetitions);
  return side;
}

bool takes(const ScenarioSpec& spec, std::string_view axis) {
  const profiling::KindInfo* kind = profiling::findKind(spec.kind);
  for (const auto* parts : {&kind->parts, &kind->optionalParts}) {
    for (const std::string_view part : *parts) {
      if (part == axis) return true;
    }
  }
  return false;
}

/// The two values that the sides differ in, and the axis; "build" for programs.
struct Question {
  std::string axis;
  std::vector<std::string> values;
};

Question questionOf(const Options& options) {
  std::vector<Question> asked;
  if (!options.builds.empty()) asked.push_back({"build", options.builds});
  if (!options.devices.empty()) asked.push_back({"device", options.devices});
  if (!options.threads.empty()) asked.push_back({"threads", options.threads});
  if (asked.size() != 1) {
    throw Error(ErrorCode::Usage, "two sides are needed (expected one of --builds, --devices and --thread-counts)");
  }
  return asked.front();
}

int compareSides(const Options& options, const Composition& composition) {
  const Question question = questionOf(options);
  const profiling::Preset counts = options.session.counts();
  const auto rooms = roomsOf(composition);
  if (question.axis == "device") {
    for (const std::string& device : question.values) (void)composition.backends.get(device);
  }
  JobContext job(cancelledByInterrupt(), {});
  profiling::InterleavingOptions interleaving{counts, options.compare.tolerance, options.seed};
  const auto notes = options.session.notes(composition);
  profiling::ResultFile baseline{question.values[0], {}, {}};
  profiling::ResultFile current{question.values[1], {}, {}};
  for (const ScenarioSpec& spec : options.session.specs(composition)) {
    if (question.axis != "build" && !takes(spec, question.axis)) continue;
    const auto side = [&](const std::string& value) {
      return question.axis == "build" ? otherProgram(value, spec, options.session, counts)
                                      : inProcess(spec, question.axis, value, counts, rooms);
    };
    const Side a = side(question.values[0]);
    const Side b = side(question.values[1]);
    ++interleaving.seed;
    auto pair = runInterleaved(*a.runner, *b.runner, interleaving, job);
    pair.current.scenario.name = pair.baseline.scenario.name = scenarioName(spec);
    if (!options.compare.json) {
      fmt::print(stderr, "{}: {} + {} blocks\n", scenarioName(spec), pair.baseline.blocks.size(),
                 pair.current.blocks.size());
    }
    baseline.results.push_back(std::move(pair.baseline));
    current.results.push_back(std::move(pair.current));
    if (job.cancelled()) break;
  }
  if (baseline.results.empty()) {
    throw Error(ErrorCode::Usage, fmt::format("no scenario that was chosen has the axis {}", question.axis));
  }
  baseline.environment = current.environment = environmentNow(notes);
  if (!options.outputBaseline.empty()) profiling::writeResults(options.outputBaseline, baseline.results, notes);
  if (!options.outputCurrent.empty()) profiling::writeResults(options.outputCurrent, current.results, notes);
  auto compare = options.compare.options();
  compare.gateResources = question.axis == "build";
  return printComparison(compareResults(baseline, current, compare), options.compare);
}

int selfTest(const Composition& composition, int blocks, double slowdown, bool verbose) {
  JobContext job(cancelledByInterrupt(), {});
  const auto found = profiling::runSelfTest(roomsOf(composition), blocks, slowdown, job);
  CompareArguments print;
  print.verbose = verbose;
  fmt::print("Scenarios against themselves:\n");
  (void)printComparison(found.same, print);
  fmt::print("\nSlowed down by {:.3g} %:\n", slowdown);
  (void)printComparison(found.slowed, print);
  if (found.falseAlarm()) {
    throw Error(ErrorCode::Verification, "the self-test raised a false alarm: something disturbs this machine");
  }
  if (found.overlooked()) {
    fmt::print("\nThe slowdown was not found everywhere: this machine is too noisy now for differences that small.\n");
    return 3;
  }
  fmt::print("\nNo false alarm, and the slowdown was found.\n");
  return 0;
}

}  // namespace

void addBenchAb(CLI::App& bench, const Composition& composition, int& exitCode) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      bench.add_subcommand("ab", "Compare two builds, devices or numbers of threads, measured in turns");
  options->session.addTo(*command);
  command->add_option("--builds", options->builds, "Two programs: the baseline's and the one that is judged")
      ->expected(2);
  command->add_option("--devices", options->devices, "Two devices")->expected(2);
  command->add_option("--thread-counts", options->threads, "Two numbers of threads")->expected(2);
  command->add_option("--seed", options->seed, "Of the order in which the sides take turns");
  command->add_option("--output-baseline", options->outputBaseline, "Write the first side's results");
  command->add_option("--output-current", options->outputCurrent, "Write the second side's results");
  options->compare.addTo(*command);
  command->footer(
      "Blocks are drawn in random order, and twice as many while a verdict is open, up to four times the preset's.\n"
      "Each block of a build is a process of its own. Ends as bench compare does.");
  command->callback([options, &composition, &exitCode] { exitCode = compareSides(*options, composition); });
}

void addBenchSelfTest(CLI::App& bench, const Composition& composition, int& exitCode) {
  struct Given {
    int blocks = 20;
    double slowdown = 10;
    bool verbose = false;
  };
  auto given = std::make_shared<Given>();
  CLI::App* command =
      bench.add_subcommand("selftest", "See whether nothing is found where nothing is, and a slowdown where one is");
  command->add_option("--blocks", given->blocks, "Blocks a side")->check(CLI::Range(10, 1000));
  command->add_option("--slowdown", given->slowdown, "Percent")->check(CLI::Range(1.0, 1000.0));
  command->add_flag("--verbose", given->verbose, "Notes of each scenario, too");
  command->footer("Ends with 0, with 2 for a false alarm, with 3 where the slowdown was overlooked.");
  command->callback([given, &composition, &exitCode] {
    exitCode = selfTest(composition, given->blocks, given->slowdown, given->verbose);
  });
}

}  // namespace voxmark::app
