#pragma once

#include <CLI/CLI.hpp>

#include "app/composition.h"

namespace voxmark::app {

// The subcommands of bench, one a file. `exitCode` becomes what the program ends with; `composition` must outlive the
// parsing. Each throws Error(Usage) for what cannot be meant.

void addBenchList(CLI::App& bench, const Composition& composition);
void addBenchRun(CLI::App& bench, const Composition& composition, int& exitCode);
void addBenchCompare(CLI::App& bench, int& exitCode);
void addBenchAb(CLI::App& bench, const Composition& composition, int& exitCode);
void addBenchSelfTest(CLI::App& bench, const Composition& composition, int& exitCode);
void addBenchHistory(CLI::App& bench, int& exitCode);
void addBenchTrace(CLI::App& bench, const Composition& composition, int& exitCode);
void addBenchReport(CLI::App& bench);
void addBenchCounters(CLI::App& bench, const Composition& composition, int& exitCode);

}  // namespace voxmark::app
