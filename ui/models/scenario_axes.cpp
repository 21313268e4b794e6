#include "ui/models/scenario_axes.h"

#include <algorithm>

namespace voxmark::ui {
namespace {

QStringList choicesOf(const std::string& axis, const BackendRegistry& backends) {
  if (axis == "device") return usableDevices(backends);
  if (axis == "type" || axis == "to") return {"u8", "i16", "u16", "i32", "f16", "bf16", "f32", "f64"};
  if (axis == "container") return {"nii", "nii_gz", "nrrd", "mha", "npy", "npz", "safetensors"};
  if (axis == "cache") return {"warm", "cold"};
  if (axis == "plane") return {"axial", "coronal", "sagittal"};
  if (axis == "way") return {"full", "first"};
  if (axis == "memory") return {"pageable", "pinned"};
  if (axis == "interpolation") return {"nearest", "linear", "cubic"};
  if (axis == "content") return {"mr", "ct", "labels"};
  return {};
}

}  // namespace

QStringList usableDevices(const BackendRegistry& backends) {
  QStringList out;
  for (const BackendInfo& info : backends.list()) {
    if (info.available) out << QString::fromStdString(info.id);
  }
  return out;
}

bool runsOnDevices(const std::string& name) {
  const auto* kind = profiling::findKind(name.substr(0, name.find('/')));
  if (kind == nullptr) return false;
  return std::find(kind->parts.begin(), kind->parts.end(), "device") != kind->parts.end();
}

std::vector<ScenarioParameter> axesOf(const profiling::ScenarioSpec& spec, const BackendRegistry& backends) {
  std::vector<ScenarioParameter> out;
  const auto* kind = profiling::findKind(spec.kind);
  if (kind == nullptr || spec.kind == "startup" || spec.kind == "command" || spec.kind == "pipeline") return out;
  const auto add = [&](std::string_view axis) {
    const std::string name(axis);
    const QString value = QString::fromStdString(spec.value(axis));
    QStringList choices = choicesOf(name, backends);
    // "to" is a type of casts and a size of resampling; a device that is not here stays what it is.
    if (!choices.isEmpty() && !choices.contains(value)) choices = name == "device" ? choices << value : QStringList{};
    ScenarioParameter parameter{QString::fromStdString(name), value, choices};
    if (name == "threads" || name == "level") parameter.least = 0;
    parameter.text = choices.isEmpty() && name != "threads" && name != "level";
    out.push_back(std::move(parameter));
  };
  for (const std::string_view axis : kind->parts) add(axis);
  for (const std::string_view axis : kind->optionalParts) {
    if (spec.axes.count(std::string(axis)) > 0) add(axis);
  }
  return out;
}

}  // namespace voxmark::ui
