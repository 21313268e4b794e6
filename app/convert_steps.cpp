#include "app/convert_steps.h"

#include <algorithm>
#include <initializer_list>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/arguments.h"
#include "core/base/error.h"
#include "core/document/pipeline_file.h"

namespace voxmark::app {
namespace {

double oneNumber(const std::string& option, const std::string& text) {
  const auto values = parseNumbers(option, text);
  if (values.size() != 1) {
    throw Error(ErrorCode::Usage, fmt::format("{} is wrong (expected one number, found '{}')", option, text));
  }
  return values.front();
}

constexpr std::pair<const char*, const char*> kSteps[] = {
    {"--crop", "Keep a box of voxels: x,y,z,dx,dy,dz"},
    {"--crop-to-mask", "Keep the bounding box of the non-zero voxels of a file on the same grid"},
    {"--crop-to-nonzero", "Keep the bounding box of the volume's own non-zero voxels"},
    {"--fit", "Cut or pad about the middle to nx,ny,nz voxels"},
    {"--spacing", "Resample to voxels of sx,sy,sz mm"},
    {"--shape", "Resample to nx,ny,nz voxels"},
    {"--like", "Resample to the grid of a file"},
    {"--smooth", "Gaussian smoothing with this standard deviation in mm"},
    {"--reorient", "Turn the voxel axes towards three patient directions, such as RAS"},
    {"--normalize", "zscore, robust, minmax, percentile:lo,hi or window:W,L"},
    {"--match", "Match the histogram to that of a file"},
    {"--clamp", "Limit the values to lo,hi"},
    {"--scale", "Multiply the values"},
    {"--shift", "Add to the values"},
    {"--type", "Store as u8 i8 u16 i16 u32 i32 u64 i64 f16 bf16 f32 f64"},
    {"--pipeline", "Steps of a JSON file"},
};

void append(Pipeline& out, const std::string& name, const std::string& value, const StepSettings& settings) {
  if (name == "--crop-to-mask") out.emplace_back(CropToMask{value, {}, {}});
  if (name == "--crop-to-nonzero") out.emplace_back(CropToMask{});
  if (name == "--fit") out.emplace_back(FitShape{parseShape(value), settings.fill});
  if (name == "--smooth") out.emplace_back(Smooth{oneNumber(name, value)});
  if (name == "--spacing" || name == "--shape" || name == "--like") {
    Resample step;
    if (name == "--spacing") step.spacing = parseSpacing(value);
    if (name == "--shape") step.shape = parseShape(value);
    if (name == "--like") step.like = value;
    step.interpolation = parseInterpolation(settings.interpolation);
    step.fill = settings.fill;
    out.emplace_back(std::move(step));
  }
  if (name == "--crop") out.emplace_back(parseCrop(value));
  if (name == "--reorient") out.emplace_back(Reorient{value});
  if (name == "--match") out.emplace_back(HistogramMatch{value, {}, settings.nonzero});
  if (name == "--clamp") out.emplace_back(parseClamp(value));
  if (name == "--scale") out.emplace_back(ScaleShift{oneNumber(name, value), 0});
  if (name == "--shift") out.emplace_back(ScaleShift{1, oneNumber(name, value)});
  if (name == "--type") out.emplace_back(parseCast(value));
  if (name == "--normalize") {
    Normalize step = parseNormalize(value);
    step.nonzero = settings.nonzero;
    step.mask = settings.mask;
    out.emplace_back(step);
  }
  if (name == "--pipeline") {
    for (const PipelineStep& step : readPipeline(value)) {
      if (step.enabled) out.push_back(step.operation);
    }
  }
}

}  // namespace

ConvertSteps::ConvertSteps(CLI::App& command) : command_(command) {
  for (const auto& [name, help] : kSteps) {
    const bool alone = name == std::string("--crop-to-nonzero");
    if (alone) {
      command.add_flag(name, help)->group("Steps, in the order given");
      continue;
    }
    command.add_option(name, help)
        ->group("Steps, in the order given")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
  command
      .add_option("--interp", interpolations_,
                  "Of resampling: nearest, linear (the default) or cubic; once for all, or once for each")
      ->group("Steps, in the order given")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(CLI::IsMember({"nearest", "linear", "cubic"}));
  command.add_option("--fill", settings_.fill, "Value of voxels outside of the volume (default 0)")
      ->group("Steps, in the order given");
  command.add_flag("--nonzero", settings_.nonzero, "Statistics of --normalize and --match over voxels that are not 0")
      ->group("Steps, in the order given");
  command.add_option("--mask", settings_.mask, "Statistics of --normalize over the non-zero voxels of this file")
      ->group("Steps, in the order given");
}

/// Settings that no step takes up are a mistake: somebody relies on them.
void ConvertSteps::checkSettings() const {
  const auto given = [&](std::initializer_list<const char*> names) {
    return std::any_of(names.begin(), names.end(), [&](const char* name) { return command_.count(name) > 0; });
  };
  const auto require = [&](const char* setting, std::initializer_list<const char*> steps) {
    if (command_.count(setting) == 0 || given(steps)) return;
    throw Error(ErrorCode::Usage, fmt::format("{} is given without a step that it is for (expected {})", setting,
                                              fmt::join(steps, " or ")));
  };
  require("--interp", {"--spacing", "--shape", "--like"});
  require("--fill", {"--spacing", "--shape", "--like", "--fit"});
  require("--nonzero", {"--normalize", "--match"});
  require("--mask", {"--normalize"});
  const std::size_t steps = command_.count("--spacing") + command_.count("--shape") + command_.count("--like");
  if (interpolations_.size() > 1 && interpolations_.size() != steps) {
    throw Error(ErrorCode::Usage,
                fmt::format("--interp is given {} times (expected once, or once for each of {} steps)",
                            interpolations_.size(), steps));
  }
}

Pipeline ConvertSteps::pipeline() const {
  checkSettings();
  Pipeline out;
  StepSettings settings = settings_;
  std::size_t resampled = 0;
  std::map<std::string, std::size_t> seen;
  for (const CLI::Option* option : command_.parse_order()) {
    const std::string name = option->get_name();
    bool isStep = false;
    for (const auto& [step, help] : kSteps) isStep = isStep || name == step;
    if (!isStep) continue;
    const bool resamples = name == "--spacing" || name == "--shape" || name == "--like";
    if (resamples && !interpolations_.empty()) {
      settings.interpolation = interpolations_[std::min(resampled++, interpolations_.size() - 1)];
    }
    append(out, name, option->results().at(seen[name]++), settings);
  }
  return out;
}

}  // namespace voxmark::app
