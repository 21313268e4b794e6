#pragma once

#include <CLI/CLI.hpp>

#include "app/composition.h"

namespace voxmark::app {

/// bench with its subcommands (see bench_commands.h). Sets `exitCode` to what the one that ran ends with.
void addBenchCommand(CLI::App& app, const Composition& composition, int& exitCode);

}  // namespace voxmark::app
