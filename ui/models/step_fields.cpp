#include "ui/models/step_fields.h"

#include <algorithm>

#include "core/document/mark_geometry.h"

namespace voxmark::ui {
namespace {

Geometry gridOf(const StepContext& context) {
  return context.before ? context.before->geometry : Geometry{{64, 64, 64}, {1, 1, 1}, {}, {}};
}

Operation crop(const StepContext& context) {
  return Crop{context.cropBox.value_or(wholeOf(gridOf(context).size))};
}

Operation resample(const StepContext& context, int to) {
  Operation out = Resample{};
  if (context.labels) std::get<Resample>(out).interpolation = Interpolation::Nearest;
  fieldsOf(out).front().set(out, to, context);
  return out;
}

Operation mask(const StepContext& context) {
  return CropToMask{context.volumes.empty() ? std::string() : context.volumes.front().second.toStdString(), {}, {}};
}

Operation match(const StepContext& context) {
  return HistogramMatch{
      context.volumes.empty() ? std::string() : context.volumes.front().second.toStdString(), {}, false};
}

/// The present orientation with its first axis turned round.
Operation flip(const StepContext& context) {
  static constexpr std::string_view kLetters = "LRAPSI";
  static constexpr std::string_view kOpposite = "RLPAIS";
  std::string letters = orientationOf(gridOf(context));
  letters[0] = kOpposite[kLetters.find(letters[0])];
  return Reorient{letters};
}

Operation normalize(const StepContext& context, NormalizeMethod method) {
  Operation out = Normalize{method};
  fieldsOf(out).front().set(out, int(method), context);
  return out;
}

Operation clamp(const StepContext& context) {
  return Clamp{context.low, context.high};
}

Operation smooth(const StepContext& context) {
  const Vec3 spacing = gridOf(context).spacing;
  return Smooth{*std::min_element(spacing.begin(), spacing.end())};
}

/// What a step makes of the values between `low` and `high`.
void follow(const Operation& operation, double& low, double& high) {
  if (const auto* normalize = std::get_if<Normalize>(&operation)) {
    const bool deviations =
        normalize->method == NormalizeMethod::ZScore || normalize->method == NormalizeMethod::Robust;
    low = deviations ? -3 : 0;
    high = deviations ? 3 : 1;
  } else if (const auto* limits = std::get_if<Clamp>(&operation)) {
    low = limits->low;
    high = limits->high;
  } else if (const auto* scale = std::get_if<ScaleShift>(&operation)) {
    low = low * scale->scale + scale->shift;
    high = high * scale->scale + scale->shift;
  }
}

}  // namespace

StepContext contextOf(const Document& document, const std::vector<std::optional<VolumeInfo>>& outputs, int after) {
  StepContext out;
  const Layer* input = document.stepsLayer();
  const Layer* cropped = document.crop ? document.find(document.crop->layer) : nullptr;
  if (input != nullptr && input->volume) {
    out.before = input->volume->info();
    const DisplayWindow& window = input->display.window;
    out.low = window.level - window.width / 2;
    out.high = window.level + window.width / 2;
    const bool same = cropped != nullptr && cropped->volume && document.stepsInput(cropped) == input;
    if (same) out.cropBox = document.crop->region;
  }
  for (int n = 0; n <= after && n < static_cast<int>(outputs.size()); ++n) {
    const auto at = static_cast<std::size_t>(n);
    if (outputs[at]) out.before = outputs[at];
    if (at < document.steps.size() && document.steps[at].enabled) {
      follow(document.steps[at].operation, out.low, out.high);
    }
  }
  if (out.cropBox) {
    const Region box = regionIn(out.before->geometry, cropped->volume->geometry(), *out.cropBox);
    out.cropBox = box.empty() ? std::nullopt : std::optional(box);
  }
  for (const Layer& layer : document.layers) {
    if (layer.path.empty() || &layer == input || !layer.volume) continue;
    out.volumes.emplace_back(QString::fromStdString(layer.name), QString::fromStdString(layer.path));
  }
  return out;
}

std::vector<StepField> fieldsOf(const Operation& operation) {
  std::vector<StepField> out = spaceFields(operation);
  for (StepField& field : valueFields(operation)) out.push_back(std::move(field));
  return out;
}

std::vector<StepKind> stepKinds() {
  const QString space = Steps::tr("Space");
  const QString values = Steps::tr("Values");
  const QString type = Steps::tr("Type");
  const auto by = [](NormalizeMethod method) {
    return [method](const StepContext& c) { return normalize(c, method); };
  };
  return {
      {"crop", space, Steps::tr("Crop to a box"), Steps::tr("cut region roi bounding box"), crop},
      {"cropNonzero", space, Steps::tr("Crop to the non-zero voxels"),
       Steps::tr("what is not zero background foreground bounding box trim"),
       [](const StepContext&) { return CropToMask{}; }},
      {"cropMask", space, Steps::tr("Crop to a mask"), Steps::tr("segmentation label bounding box roi"), mask},
      {"fit", space, Steps::tr("Crop or pad to a size"), Steps::tr("cut shape fit center centre size patch"),
       [](const StepContext& c) {
         return FitShape{gridOf(c).size, 0};
       }},
      {"resampleSpacing", space, Steps::tr("Resample to a spacing"),
       Steps::tr("isotropic voxel size mm resize interpolate"), [](const StepContext& c) { return resample(c, 0); }},
      {"resampleShape", space, Steps::tr("Resample to a number of voxels"), Steps::tr("resize shape zoom interpolate"),
       [](const StepContext& c) { return resample(c, 1); }},
      {"resampleLike", space, Steps::tr("Resample to another volume's grid"),
       Steps::tr("like reference match register"), [](const StepContext& c) { return resample(c, 2); }},
      {"reorient", space, Steps::tr("Reorient"), Steps::tr("orientation ras lps axes permute transpose canonical"),
       [](const StepContext&) { return Reorient{"RAS"}; }},
      {"flip", space, Steps::tr("Reorient: flip an axis"), Steps::tr("mirror reverse turn round"), flip},
      {"window", values, Steps::tr("Window to 0…1"), Steps::tr("hounsfield level width ct rescale normalise normalize"),
       by(NormalizeMethod::Window)},
      {"zscore", values, Steps::tr("Z-score"), Steps::tr("normalise normalize standardise mean deviation"),
       by(NormalizeMethod::ZScore)},
      {"robust", values, Steps::tr("Robust z-score"), Steps::tr("normalise normalize median mad"),
       by(NormalizeMethod::Robust)},
      {"minmax", values, Steps::tr("Min-max to 0…1"),
       Steps::tr("smallest largest normalise normalize minmax min-max rescale"), by(NormalizeMethod::MinMax)},
      {"percentile", values, Steps::tr("Percentiles to 0…1"), Steps::tr("normalise normalize clip quantile outliers"),
       by(NormalizeMethod::Percentile)},
      {"clamp", values, Steps::tr("Clamp to limits"), Steps::tr("limit the values clip range threshold"), clamp},
      {"scale", values, Steps::tr("Scale and shift"), Steps::tr("multiply add slope intercept factor offset"),
       [](const StepContext&) { return ScaleShift{}; }},
      {"smooth", values, Steps::tr("Gaussian smoothing"), Steps::tr("smooth blur filter denoise"), smooth},
      {"match", values, Steps::tr("Match the histogram"), Steps::tr("nyul reference standardise harmonise quantile"),
       match},
      {"cast", type, Steps::tr("Cast to another voxel type"),
       Steps::tr("convert float int16 bfloat16 half f32 f16 bf16 i16 u8 dtype"),
       [](const StepContext&) { return Cast{PixelType::F32}; }},
  };
}

}  // namespace voxmark::ui
