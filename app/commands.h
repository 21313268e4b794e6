#pragma once

#include <CLI/CLI.hpp>

#include "app/composition.h"

namespace voxmark::app {

// Each adds one subcommand; its callback does the work and throws Error. `composition` must outlive the parsing.

void addInfoCommand(CLI::App& app, const Composition& composition);
void addStatsCommand(CLI::App& app, const Composition& composition);
void addDiffCommand(CLI::App& app, const Composition& composition);
void addConvertCommand(CLI::App& app, const Composition& composition);
void addRenderCommand(CLI::App& app, const Composition& composition);
void addDevicesCommand(CLI::App& app, const Composition& composition);

}  // namespace voxmark::app
