#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/composition.h"
#include "core/profiling/make_scenario.h"
#include "core/profiling/preset.h"
#include "core/profiling/result_file.h"

namespace voxmark::app {

/// Which scenarios, on what, and how often: what the subcommands of bench that measure have in common.
struct SessionArguments {
  std::vector<std::string> patterns;
  std::string file;
  std::string scenarios;  ///< a scenario file in place of the built-in ones
  std::string preset = "default";
  std::string device = "auto";
  int threads = 0;
  int blocks = 0;  ///< 0, as below -1: the preset's
  int warmUps = -1;
  int repetitions = 0;

  /// Adds GLOB, --file, --scenarios, --preset, --device, --threads, --blocks, --warm-ups and --repetitions.
  void addTo(CLI::App& command);
  /// How often. Throws Error(Usage).
  [[nodiscard]] profiling::Preset counts() const;
  /// The scenarios as data, those chosen. Throws Error: Usage where no scenario has such a name, Device where the one
  /// asked for by name is not there, and whatever the file is.
  [[nodiscard]] std::vector<profiling::ScenarioSpec> specs(const Composition& composition) const;
  /// The options again, for a process that does the same. `blocks` 0: as here.
  [[nodiscard]] std::vector<std::string> forwarded(int blocksEach = 0) const;
  [[nodiscard]] profiling::RunNotes notes(const Composition& composition) const;
};

/// What scenarios are made with in this program: with a renderer.
[[nodiscard]] profiling::ScenarioRooms roomsOf(const Composition& composition);

/// Cancels the returned job when the program is interrupted (Ctrl+C): what was measured is kept. A second interrupt
/// ends the program.
[[nodiscard]] std::shared_ptr<CancelToken> cancelledByInterrupt();

}  // namespace voxmark::app
