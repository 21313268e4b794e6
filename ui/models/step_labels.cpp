#include "ui/models/step_labels.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/document/plane_voxels.h"
#include "core/ops/value_distribution.h"

namespace voxmark::ui {
namespace {

bool saysLabels(const VolumeInfo& info) {
  return std::any_of(info.metadata.begin(), info.metadata.end(), [](const auto& field) {
    return field.first == "intent_code" && field.second == "1002";  // NIFTI_INTENT_LABEL
  });
}

}  // namespace

bool holdsLabels(const Layer& layer) {
  if (!layer.volume) return false;
  const VolumeInfo& info = layer.volume->info();
  if (layer.display.labels || saysLabels(info)) return true;
  const std::int64_t middle = info.geometry.size[2] / 2;
  if (!layer.volume->onHost() || !layer.volume->complete(0)) return false;
  try {
    JobContext job;
    MemorySource source(layer.volume);
    const Region slice{{0, 0, middle}, {info.geometry.size[0], info.geometry.size[1], 1}};
    const ValueDistribution values = distributionOf(*readRegion(source, slice, 0, {}, job), 0, 256, job);
    return values.likeLabels && values.max > values.min;  // of a slice without anything in it nothing is known
  } catch (const Error&) {
    return false;
  }
}

}  // namespace voxmark::ui
