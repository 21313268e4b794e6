#include "ui/widgets/tools/crop_tool.h"

#include <QCoreApplication>

#include "ui/render/mark_shapes.h"

namespace voxmark::ui {
namespace {

constexpr double kReach = 9;

const Volume* croppedVolume(const Document& document) {
  const Layer* layer = document.crop ? document.find(document.crop->layer) : nullptr;
  return layer != nullptr ? layer->volume.get() : nullptr;
}

}  // namespace

void beginCrop(Document& document) {
  if (croppedVolume(document) != nullptr) return;
  const Layer* active = document.active();
  if (active == nullptr || !active->volume) return;
  document.crop = CropBox{active->id, wholeOf(active->volume->geometry().size)};
}

void CropTool::press(const PointerPlace& at) {
  from_.reset();
  if (!at.world) return;
  const Document& document = context_.session.document();
  if (croppedVolume(document) == nullptr) {
    context_.session.edit(QCoreApplication::translate("ViewTool", "Crop box"), beginCrop);
    return;
  }
  before_ = *document.crop;
  const Geometry& geometry = croppedVolume(document)->geometry();
  const auto shape = render::shapeOf(before_, geometry, context_.slices);
  const render::Pixel pixel{at.pixel.x(), at.pixel.y()};
  if (const auto* grip = shape ? render::gripAt(*shape, pixel, kReach * ratio()) : nullptr) {
    grip_ = grip->grip;
    from_ = at.world;
  } else if (shape && render::encloses(*shape, pixel) && before_.region != wholeOf(geometry.size)) {
    grip_ = {};
    from_ = at.world;
  } else {
    drag(at);
  }
}

void CropTool::drag(const PointerPlace& at) {
  if (!at.world) return;
  if (!from_) {
    context_.session.look([&](Document& d) { d.views.crosshair = *at.world; });
    return;
  }
  const Volume* volume = croppedVolume(context_.session.document());
  if (volume == nullptr) return;
  const Vec3 by{(*at.world)[0] - (*from_)[0], (*at.world)[1] - (*from_)[1], (*at.world)[2] - (*from_)[2]};
  const Region next = dragged(before_.region, volume->geometry(), grip_, by);
  if (next == context_.session.document().crop->region) return;
  context_.session.edit(
      QCoreApplication::translate("ViewTool", "Crop box"),
      [&](Document& d) {
        d.crop = CropBox{before_.layer, next};
      },
      "crop-drag");
}

}  // namespace voxmark::ui
