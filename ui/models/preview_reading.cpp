#include "ui/models/preview_reading.h"

namespace voxmark::ui {

std::optional<PreviewedReading> previewedReading(const Document& document, const ProcessPreview* preview,
                                                 const Vec3& world) {
  const Layer* layer = document.stepsLayer();
  if (preview == nullptr || layer == nullptr || !preview->replaces()) return std::nullopt;
  PreviewedReading out{readingAt(*layer, document.views.frame, world), {}};
  if (!preview->shows()) return out;
  Reading after = out.before;
  after.values = preview->valuesAt(world);
  after.label.clear();
  after.state = Reading::State::Value;
  if (!after.values.empty()) out.after = QString::fromStdString(valueText(after));
  return out;
}

}  // namespace voxmark::ui
