#include "ui/widgets/tools/mark_hit.h"

#include "ui/render/mark_scene.h"
#include "ui/render/mark_shapes.h"

namespace voxmark::ui {
namespace {

constexpr double kGripReach = 8;
constexpr double kLineReach = 5;

}  // namespace

std::optional<MarkHit> markAt(const Document& document, const render::SliceRenderer& slices, const QPointF& pixel,
                              double ratio) {
  const render::Pixel at{pixel.x(), pixel.y()};
  std::optional<MarkHit> found;
  double nearest = kLineReach * ratio;
  for (const Mark& mark : render::markSceneOf(document).marks) {
    const auto shape = render::shapeOf(mark, slices, ratio);
    if (!shape) continue;
    const bool selected = document.selectedMark == mark.id;
    if (const render::GripPlace* grip = render::gripAt(*shape, at, (selected ? kGripReach : kLineReach) * ratio)) {
      found = {mark.id, grip->grip};
      if (selected) return found;
      nearest = 0;
      continue;
    }
    const double distance = render::distanceTo(*shape, at);
    if (distance >= nearest) continue;
    nearest = distance;
    found = {mark.id, {}};
  }
  return found;
}

}  // namespace voxmark::ui
