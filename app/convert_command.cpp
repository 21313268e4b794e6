#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/convert_steps.h"
#include "core/backend/references.h"
#include "core/backend/verify_sink.h"
#include "core/io/nifti_header.h"
#include "core/trace/trace.h"

namespace voxmark::app {
namespace {

struct Options {
  std::string in;
  std::string out;
  std::string frame = "all";
  std::string series;
  std::string device = "auto";
  std::string report;
  int threads = 0;
  WriteOptions write;
  bool verify = false;
};

struct Outcome {
  ExecutionReport execution;
  std::string device;
  std::optional<bool> verified;
  std::uint64_t outputBytes = 0;
  trace::ActionReport stages;
  std::vector<std::string> notes;  ///< of how it is stored
};

nlohmann::ordered_json lossJson(const Loss& loss) {
  nlohmann::ordered_json out{{"clipped", loss.clipped},
                             {"nonfinite", loss.nonfinite},
                             {"maxAbsError", loss.maxAbsError},
                             {"meanAbsError", loss.meanAbsError()}};
  out["psnr"] = loss.psnr();  // JSON has no infinity: nothing lost is null
  return out;
}

void writeReport(const Options& options, const Pipeline& pipeline, const Outcome& outcome,
                 const std::vector<std::string>& warnings) {
  nlohmann::ordered_json out;
  out["input"] = options.in;
  out["output"] = options.out;
  out["pipeline"] = toJson(pipeline);
  out["device"] = outcome.device;
  out["ms"] = outcome.stages.ms;
  auto& stages = out["stages"] = nlohmann::ordered_json::array();
  for (const trace::StageTotal& stage : outcome.stages.stages) {
    stages.push_back({{"name", stage.name}, {"ms", stage.ms}, {"bytes", stage.bytes}, {"calls", stage.calls}});
  }
  out["outputBytes"] = outcome.outputBytes;
  out["loss"] = lossJson(outcome.execution.loss);
  auto& steps = out["stepLosses"] = nlohmann::ordered_json::array();
  for (const StepLoss& one : outcome.execution.steps) {
    nlohmann::ordered_json step{{"step", one.step + 1}, {"op", operationKey(pipeline.at(one.step))}};
    step.update(lossJson(one.loss));
    steps.push_back(std::move(step));
  }
  out["verified"] = outcome.verified ? nlohmann::ordered_json(*outcome.verified) : nlohmann::ordered_json(nullptr);
  out["warnings"] = warnings;
  std::ofstream file(options.report);
  file << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  if (!file.flush()) throw fileError(ErrorCode::Io, options.report, "the report cannot be written");
}

/// Leaves a file that is there as it is, and none where there was none.
bool canBeWritten(const std::string& path) {
  std::error_code ignored;
  const bool there = std::filesystem::exists(path, ignored);
  const bool opened = std::ofstream(path, std::ios::app).is_open();
  if (!there && opened) std::filesystem::remove(path, ignored);
  return opened;
}

bool sameFile(const std::string& a, const std::string& b) {
  std::error_code ignored;
  return std::filesystem::equivalent(a, b, ignored) ||
         std::filesystem::weakly_canonical(a, ignored) == std::filesystem::weakly_canonical(b, ignored);
}

/// Refuses what would destroy one file by writing another.
void checkPaths(const Options& options) {
  if (sameFile(options.in, options.out)) {
    throw fileError(ErrorCode::Usage, options.out, "is the file that is read; write to another name");
  }
  if (options.report.empty()) return;
  const bool geometryBeside = std::filesystem::path(options.out).extension() == ".npy";
  for (const std::string& volume : {options.in, options.out, options.out + (geometryBeside ? ".json" : "")}) {
    if (sameFile(options.report, volume)) {
      throw fileError(ErrorCode::Usage, options.report, "the report would replace the volume; give it another name");
    }
  }
}

/// Labels that are mixed are labels of something else.
std::vector<std::string> labelWarnings(const Pipeline& pipeline, const VolumeInfo& info) {
  constexpr int kLabelIntent = 1002;
  const auto header = niftiOrigin(info);
  if (!header || header->intentCode != kLabelIntent) return {};
  const bool mixes = std::any_of(pipeline.begin(), pipeline.end(), [](const Operation& operation) {
    const auto* resample = std::get_if<Resample>(&operation);
    return std::holds_alternative<Smooth>(operation) ||
           (resample != nullptr && resample->interpolation != Interpolation::Nearest);
  });
  if (!mixes) return {};
  return {"the volume holds labels (intent code 1002), which are mixed here; --interp nearest keeps them"};
}

void convert(const Options& options, Pipeline pipeline, const Composition& composition) {
  checkPaths(options);
  const auto backend = options.threads > 0 && (options.device == "cpu" || options.device == "auto")
                           ? makeCpuBackend(options.threads)
                           : composition.backends.get(options.device);
  if (!options.report.empty() && !canBeWritten(options.report)) {
    throw fileError(ErrorCode::Io, options.report, "the report cannot be written");
  }
  Outcome outcome;
  outcome.device = backend->info().id;
  JobContext job;
  const auto source = composition.sources.open(options.in, {options.series});
  for (const std::string& written : WriterRegistry::filesOf(options.out)) {
    for (const std::string& read : source->files()) {
      if (sameFile(written, read)) {
        throw fileError(ErrorCode::Usage, written, "belongs to the volume that is read; write to another name");
      }
    }
  }
  resolveReferences(
      pipeline, *source, [&](const std::string& path) { return composition.sources.open(path); }, job);
  const Plan steps = plan(pipeline, source->info(), parseFrame(options.frame));
  const Region whole = wholeOf(steps.output.geometry.size);
  WriteOptions write = options.write;
  write.threads = options.threads;
  {
    trace::Action action("Convert " + options.in);
    action.setBytes(steps.output.totalBytes());
    const auto sink = composition.writers.create(options.out, write);
    outcome.execution = backend->execute(steps, *source, *sink, whole, job);
    outcome.notes = sink->notes();
    if (options.verify) {
      trace::Scope scope("verify");
      const auto written = composition.sources.open(options.out);
      VerifySink verify(*written);
      (void)backend->execute(steps, *source, verify, whole, job);
      outcome.verified = true;
    }
    outcome.stages = action.report();
  }
  outcome.outputBytes = std::filesystem::file_size(options.out);
  std::vector<std::string> warnings = source->info().warnings;
  warnings.insert(warnings.end(), outcome.execution.warnings.begin(), outcome.execution.warnings.end());
  const auto labels = labelWarnings(pipeline, source->info());
  warnings.insert(warnings.end(), labels.begin(), labels.end());
  warnings.insert(warnings.end(), outcome.notes.begin(), outcome.notes.end());
  for (const std::string& warning : warnings) complain(fmt::format("warning: {}: {}", options.in, warning));
  const Loss& loss = outcome.execution.loss;
  fmt::print("{}: {:.1f} MB, {}{}\n", options.out, static_cast<double>(outcome.outputBytes) / 1e6,
             trace::summary(outcome.stages), outcome.verified ? "; verified" : "");
  if (loss.clipped > 0 || loss.nonfinite > 0) {
    fmt::print("{} values were clipped, {} were not finite\n", loss.clipped, loss.nonfinite);
  }
  if (loss.maxAbsError > 0) {
    fmt::print("{} changed values by up to {:.3g}, by {:.3g} on average\n",
               loss.clipped > 0 ? "clipping and rounding" : "rounding", loss.maxAbsError, loss.meanAbsError());
  }
  if (!options.report.empty()) writeReport(options, pipeline, outcome, warnings);
}

}  // namespace

void addConvertCommand(CLI::App& app, const Composition& composition) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("convert", "Write a volume in another container, with steps applied");
  command->add_option("IN", options->in, "File, or folder of DICOM slices")->required();
  command
      ->add_option("OUT", options->out,
                   "File to write; its name gives the container: " + composition.writers.extensionList())
      ->required();
  auto steps = std::make_shared<ConvertSteps>(*command);
  command->add_option("--frame", options->frame, "Only this frame (default: all)");
  command->add_option("--series", options->series, "DICOM series: its UID, or its number in the list");
  command->add_option("--device", options->device, "auto, cpu or cuda:N");
  command->add_option("--threads", options->threads, "Threads (default: all)")->check(CLI::Range(0, 1024));
  command
      ->add_option("--level", options->write.level,
                   "Compression: 0 fastest to 9 smallest; 3 (the default) is fast, 6 is small")
      ->check(CLI::Range(0, 9));
  command->add_flag("--overwrite", options->write.overwrite, "Replace OUT where it exists");
  command->add_flag("--verify", options->verify, "Read OUT back and compare every voxel");
  command->add_option("--report", options->report, "Write what was done, its times and its loss as JSON");
  command->callback([options, steps, &composition] { convert(*options, steps->pipeline(), composition); });
}

}  // namespace voxmark::app
