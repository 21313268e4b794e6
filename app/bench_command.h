#pragma once

#include <CLI/CLI.hpp>

#include "app/composition.h"

namespace voxmark::app {

/// bench list and bench run. Sets `exitCode` to 2 where a scenario failed.
void addBenchCommand(CLI::App& app, const Composition& composition, int& exitCode);

}  // namespace voxmark::app
