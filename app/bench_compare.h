#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/profiling/comparison.h"

namespace voxmark::app {

/// What bench compare and whatever else ends with a comparison have in common.
struct CompareArguments {
  double tolerance = profiling::kDefaultTolerancePercent;
  CLI::Option* toleranceOption = nullptr;
  std::vector<std::string> tolerances;  ///< GLOB=PERCENT
  bool json = false;
  bool verbose = false;
  bool strict = false;
  bool failOnRegression = false;
  bool failOnInconclusive = false;

  /// Adds --tolerance, --tolerance-for, --json, --verbose, --strict, --fail-on-regression and --fail-on-inconclusive.
  void addTo(CLI::App& command);
  /// Throws Error(Usage).
  [[nodiscard]] profiling::CompareOptions options() const;
  [[nodiscard]] profiling::ExitRules rules() const;
};

/// Prints the comparison as a table or as JSON and returns the exit code.
[[nodiscard]] int printComparison(const profiling::Comparison& comparison, const CompareArguments& arguments);

}  // namespace voxmark::app
