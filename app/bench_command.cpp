#include "app/bench_command.h"

#include "app/bench_commands.h"

namespace voxmark::app {

void addBenchCommand(CLI::App& app, const Composition& composition, int& exitCode) {
  CLI::App* bench = app.add_subcommand("bench", "Measure, compare what was measured, and keep it");
  bench->require_subcommand(1);
  addBenchList(*bench, composition);
  addBenchRun(*bench, composition, exitCode);
  addBenchCompare(*bench, exitCode);
  addBenchAb(*bench, composition, exitCode);
  addBenchHistory(*bench, exitCode);
  addBenchTrace(*bench, composition, exitCode);
  addBenchReport(*bench);
  addBenchCounters(*bench, composition, exitCode);
  addBenchSelfTest(*bench, composition, exitCode);
}

}  // namespace voxmark::app
