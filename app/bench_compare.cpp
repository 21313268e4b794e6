#include "app/bench_compare.h"

#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "app/bench_commands.h"
#include "core/base/error.h"

namespace voxmark::app {
namespace {

using profiling::Comparison;
using profiling::ComparisonRow;
using profiling::VerdictState;

std::string shortNumber(double value) {
  if (!std::isfinite(value)) return "?";
  return std::abs(value) >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string percent(double ratio) {
  return std::isfinite(ratio) && ratio > 0 ? fmt::format("{:+.1f}", (ratio - 1) * 100) : "?";
}

void printRow(const ComparisonRow& row, bool verbose) {
  const std::string before = row.baselineBlocks.empty() ? "–" : shortNumber(row.baselineMs);
  const std::string after = row.currentBlocks.empty() ? "–" : shortNumber(row.currentMs);
  std::string change, interval;
  if (row.time) {
    change = percent(row.time->estimate.ratio);
    interval = fmt::format("{} … {}", percent(row.time->estimate.low), percent(row.time->estimate.high));
  }
  std::string verdict(stateName(row.state));
  if (row.time && row.time->improved && row.state == VerdictState::Pass) verdict += ", faster";
  fmt::print("{:<52} {:>9} {:>9} {:>7} {:>15}  {}\n", row.name, before, after, change, interval, verdict);
  for (const std::string& reason : row.reasons) fmt::print("    {}\n", reason);
  if (!verbose) return;
  for (const std::string& note : row.notes) fmt::print("    {}\n", note);
  if (row.time) {
    fmt::print("    {} and {} blocks, tolerance {} %, p {:.2g}, adjusted {:.2g}\n", row.baselineBlocks.size(),
               row.currentBlocks.size(), row.time->tolerancePercent, row.time->pValue, row.time->adjustedPValue);
  }
  for (const auto& one : row.memory) {
    fmt::print("    {}: {:.1f} → {:.1f} MiB\n", one.name, one.baselineBytes / 1048576, one.currentBytes / 1048576);
  }
  for (const auto& one : row.counters) {
    if (one.baseline == 0 && one.equal) continue;
    fmt::print("    {}: {:.15g}{}\n", one.name, one.baseline,
               !one.exact  ? " (differs from block to block)"
               : one.equal ? ""
                           : fmt::format(" → {:.15g}", one.current));
  }
}

void printEnvironment(const Comparison& comparison, bool verbose) {
  for (const auto& one : comparison.environment) {
    if (!one.mismatch && !verbose) continue;
    fmt::print("{}: {}: {} → {}\n", one.mismatch ? "other environment" : "note", one.label,
               one.baseline.empty() ? "not known" : one.baseline, one.current.empty() ? "not known" : one.current);
  }
}

void printTable(const Comparison& comparison, bool verbose) {
  printEnvironment(comparison, verbose);
  fmt::print("{:<52} {:>9} {:>9} {:>7} {:>15}  {}\n", "scenario", "base ms", "now ms", "%", "99 % interval", "verdict");
  for (const ComparisonRow& row : comparison.rows) printRow(row, verbose);
  std::string summary;
  for (const VerdictState state :
       {VerdictState::Regressed, VerdictState::Missing, VerdictState::Errored, VerdictState::Inconclusive,
        VerdictState::Pass, VerdictState::New, VerdictState::Skipped}) {
    const std::size_t count = comparison.count(state);
    if (count > 0) summary += fmt::format("{}{} {}", summary.empty() ? "" : ", ", count, stateName(state));
  }
  fmt::print("{}\n", summary);
}

}  // namespace

void CompareArguments::addTo(CLI::App& command) {
  toleranceOption = command.add_option("--tolerance", tolerance, "Slowdown in percent that is still fine (5)");
  command.add_option("--tolerance-for", tolerances, "GLOB=PERCENT: a tolerance for scenarios of that name");
  command.add_flag("--json", json, "The comparison as JSON");
  command.add_flag("--verbose", verbose, "Notes, memory and counters of each scenario, too");
  command.add_flag("--strict", strict, "End with 5 where machine, build type or data are not the same");
  command.add_flag("--fail-on-regression", failOnRegression, "End with 1 where a scenario has become worse");
  command.add_flag("--fail-on-inconclusive", failOnInconclusive, "End with 3 where a scenario has no verdict");
}

profiling::CompareOptions CompareArguments::options() const {
  profiling::CompareOptions out;
  out.tolerancePercent = tolerance;
  out.toleranceGiven = toleranceOption != nullptr && toleranceOption->count() > 0;
  for (const std::string& text : tolerances) {
    const std::size_t equals = text.rfind('=');
    std::size_t read = 0;
    double value = 0;
    try {
      if (equals != std::string::npos) value = std::stod(text.substr(equals + 1), &read);
    } catch (const std::exception&) {
      read = 0;
    }
    if (equals == std::string::npos || read == 0 || read != text.size() - equals - 1 || !(value > 0)) {
      throw Error(ErrorCode::Usage, fmt::format("--tolerance-for is wrong (expected GLOB=PERCENT, found {})", text));
    }
    out.overrides.emplace_back(text.substr(0, equals), value);
  }
  return out;
}

profiling::ExitRules CompareArguments::rules() const {
  return {strict, failOnRegression, failOnInconclusive};
}

int printComparison(const Comparison& comparison, const CompareArguments& arguments) {
  if (arguments.json) {
    fmt::print("{}\n", comparisonJson(comparison, arguments.rules()));
  } else {
    printTable(comparison, arguments.verbose);
  }
  return exitCode(comparison, arguments.rules());
}

void addBenchCompare(CLI::App& bench, int& exitCode) {
  struct Options {
    std::string baseline;
    std::string current;
    CompareArguments compare;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = bench.add_subcommand("compare", "Say of two result files whether a scenario has become worse");
  command->add_option("--baseline", options->baseline, "Result file to compare with")->required();
  command->add_option("--current", options->current, "Result file that is judged")->required();
  options->compare.addTo(*command);
  command->footer(
      "REGRESSED: the 99 % interval of the ratio of times begins above 40 % of the tolerance and the ratio is at\n"
      "least 60 % of it (or memory has grown by more than 5 % and 4 MiB, or an exact count has changed).\n"
      "PASS: it ends below the tolerance. INCONCLUSIVE: more blocks would tell.\n"
      "Ends with 2 (usage, files), 5, 4 (a scenario is missing or failed), 1, 3 or 0, the first that holds.");
  command->callback([options, &exitCode] {
    const auto baseline = profiling::readResultFile(options->baseline);
    const auto current = profiling::readResultFile(options->current);
    exitCode = printComparison(compareResults(baseline, current, options->compare.options()), options->compare);
  });
}

}  // namespace voxmark::app
