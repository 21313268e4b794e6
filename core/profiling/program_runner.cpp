#include "core/profiling/program_runner.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/profiling/process.h"
#include "core/profiling/scratch_folder.h"

namespace voxmark::profiling {
namespace {

class OtherProgram final : public BlockRunner {
 public:
  OtherProgram(ProgramCall call, const std::string& scenario, int warmUps, int repetitions) : call_(std::move(call)) {
    for (const auto& [option, value] :
         {std::pair{"--blocks", 1}, {"--warm-ups", warmUps}, {"--repetitions", repetitions}}) {
      call_.options.insert(call_.options.end(), {option, std::to_string(value)});
    }
    result_.scenario.name = scenario;
    result_.scenario.kind = scenario.substr(0, scenario.find('/'));
  }
  /// One block that is not kept: libraries and files come into the page cache.
  bool start(JobContext& job) override {
    if (!draw(job)) return false;
    result_.blocks.clear();
    return true;
  }
  bool draw(JobContext& job) override {
    bool drawn = false;
    return guarded([&] {
             const ResultFile file = runProgram(call_, {result_.scenario.name}, job);
             for (const RunResult& one : file.results) {
               if (one.scenario.name != result_.scenario.name) continue;
               drawn = one.status == RunStatus::Done && !one.blocks.empty();
               result_.scenario = one.scenario;
               result_.label = one.label;
               result_.status = one.status;
               result_.message = one.message;
               if (drawn) result_.blocks.push_back(one.blocks.front());
               return;
             }
             throw fileError(ErrorCode::Format, call_.executable, "it has not run " + result_.scenario.name);
           }) &&
           drawn;
  }
  void finish() override {}

 private:
  ProgramCall call_;
};

}  // namespace

ResultFile runProgram(const ProgramCall& call, const std::vector<std::string>& patterns, JobContext& job) {
  const ScratchFolder folder;
  const std::string output = folder.file("result.json");
  std::vector<std::string> arguments{call.executable, "bench", "run"};
  arguments.insert(arguments.end(), patterns.begin(), patterns.end());
  arguments.insert(arguments.end(), call.options.begin(), call.options.end());
  arguments.insert(arguments.end(), {"--output", output});
  const ProcessOutcome outcome = runProcess(arguments, job);
  // A scenario that fails makes the program end with 2 and is in the file all the same.
  if (!std::filesystem::exists(output)) throw fileError(ErrorCode::Io, call.executable, failureText(outcome));
  ResultFile file = readResultFile(output);
  file.path = call.executable;
  return file;
}

std::unique_ptr<BlockRunner> makeProgramRunner(ProgramCall call, const std::string& scenario, int warmUps,
                                               int repetitions) {
  return std::make_unique<OtherProgram>(std::move(call), scenario, warmUps, repetitions);
}

}  // namespace voxmark::profiling
