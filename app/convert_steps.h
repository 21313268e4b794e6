#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/ops/operations.h"

namespace voxmark::app {

/// What holds for the steps that it concerns.
struct StepSettings {
  bool nonzero = false;
  std::string mask;
  std::string interpolation = "linear";
  double fill = 0;
};

/// The step options of convert, which become a pipeline in the order in which they stood on the command line.
class ConvertSteps {
 public:
  /// Adds the options to `command`, which must outlive this.
  explicit ConvertSteps(CLI::App& command);
  /// After parsing. Throws Error(Usage), or Error(Format) for a pipeline file.
  [[nodiscard]] Pipeline pipeline() const;

 private:
  void checkSettings() const;

  CLI::App& command_;
  StepSettings settings_;
  std::vector<std::string> interpolations_;  ///< of all resamplings, or of each
};

}  // namespace voxmark::app
