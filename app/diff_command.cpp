#include <cmath>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/commands.h"
#include "core/backend/grid_stage.h"
#include "core/ops/difference.h"
#include "core/ops/plan.h"

namespace voxmark::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string a;
  std::string b;
  std::string output;
  bool resample = false;
  bool overwrite = false;
  bool json = false;
};

Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json toJson(const Difference& found, const VolumeInfo& info) {
  Json out;
  out["mae"] = numberOrNull(found.mae);
  out["rmse"] = numberOrNull(found.rmse);
  out["maxAbs"] = numberOrNull(found.maxAbs);
  out["psnr"] = numberOrNull(found.psnr);
  out["ssim"] = found.ssim ? numberOrNull(*found.ssim) : Json(nullptr);
  out["worst"] = nullptr;
  if (found.worst) {
    Json& worst = out["worst"];
    worst["index"] = found.worst->index;
    worst["a"] = found.worst->a;
    worst["b"] = found.worst->b;
    if (info.frames > 1) worst["frame"] = found.worst->frame;
    if (info.components > 1) worst["component"] = found.worst->component;
  }
  out["count"] = found.count;
  out["nonfinite"] = found.nonfinite;
  return out;
}

void print(const Difference& found) {
  const auto row = [](const char* name, const std::string& value) { fmt::print("{:<24} {}\n", name, value); };
  row("mean absolute error", fmt::format("{:.6g}", found.mae));
  row("root mean square error", fmt::format("{:.6g}", found.rmse));
  row("largest difference", fmt::format("{:.6g}", found.maxAbs));
  row("PSNR", std::isfinite(found.psnr) ? fmt::format("{:.2f} dB", found.psnr) : "nothing differs");
  row("SSIM", found.ssim ? fmt::format("{:.6f}", *found.ssim) : "not defined");
  if (found.worst && found.maxAbs > 0) {
    const Index3& at = found.worst->index;
    row("worst voxel", fmt::format("{} {} {} (frame {}): {:g} and {:g}", at[0], at[1], at[2], found.worst->frame,
                                   found.worst->a, found.worst->b));
  }
  if (found.nonfinite > 0) row("left out (no number)", std::to_string(found.nonfinite));
}

/// Writes A - B as the plan without steps writes a volume.
void writeDifference(const Options& options, VolumeSource& a, VolumeSource& b, const Composition& composition) {
  JobContext job;
  const auto source = differenceSource(a, b);
  const Plan steps = plan({}, source->info());
  WriteOptions write;
  write.overwrite = options.overwrite;
  const auto sink = composition.writers.create(options.output, write);
  (void)composition.backends.get("cpu")->execute(steps, *source, *sink, wholeOf(source->info().geometry.size), job);
}

void compare(const Options& options, const Composition& composition) {
  JobContext job;
  const auto a = composition.sources.open(options.a);
  const auto b = composition.sources.open(options.b);
  std::unique_ptr<VolumeSource> onGrid;
  if (options.resample && !sameGrid(a->info().geometry, b->info().geometry)) {
    Resample step;
    step.grid = a->info().geometry;
    step.like = options.a;
    step.fill = std::numeric_limits<double>::quiet_NaN();  // what B does not cover is left out
    onGrid = makeGridStage(step, *b, outputInfo(step, b->info()), 0, 0);
  }
  VolumeSource& other = onGrid ? *onGrid : *b;
  const Difference found = difference(*a, other, job);
  if (!options.output.empty()) writeDifference(options, *a, other, composition);
  if (options.json) {
    fmt::print("{}\n", toJson(found, a->info()).dump(2));
  } else {
    print(found);
  }
}

}  // namespace

void addDiffCommand(CLI::App& app, const Composition& composition) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("diff", "How far two volumes on the same grid are apart");
  command->add_option("A", options->a, "File, or folder of DICOM slices")->required();
  command->add_option("B", options->b, "Another one")->required();
  command->add_flag("--json", options->json, "Machine-readable");
  command->add_flag("--resample", options->resample,
                    "Sample B on the grid of A (linear) where it lies on another; what B does not cover is left out");
  command->add_option("--output", options->output, "Write A - B");
  command->add_flag("--overwrite", options->overwrite, "Replace the output where it exists");
  command->callback([options, &composition] { compare(*options, composition); });
}

}  // namespace voxmark::app
