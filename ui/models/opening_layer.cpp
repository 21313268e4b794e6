#include "ui/models/opening_layer.h"

#include <algorithm>
#include <cstdlib>

#include "core/document/load_layer.h"
#include "ui/models/restored_layer.h"

namespace voxmark::ui {

OpeningLayer::OpeningLayer(Session& session, std::shared_ptr<FrameStore> frames, std::int64_t frame, Origin origin)
    : session_(session), frames_(std::move(frames)), frame_(frame), origin_(std::move(origin)) {}

void OpeningLayer::appear(const DisplayWindow& window) {
  if (before_) return;
  before_ = session_.history();
  if (origin_.restored != 0) {
    fillRestored();
    return;
  }
  Layer layer = layerOf(volume(), 0, origin_.name, window);
  layer.series = origin_.series;
  layer.reduction = origin_.reduction;
  layer.frames = frames_;
  layer.opening = true;
  windowSlices_ = volume()->filled()->count(frame_);
  session_.edit(
      Session::tr("Open %1").arg(QString::fromStdString(origin_.name)),
      [&](Document& d) {
        if (origin_.replace) {
          d.layers.clear();
          d.activeLayer.reset();
          d.steps.clear();  // they were made for another volume; undo brings them back
        }
        layer.id = id_ = d.nextLayerId;
        d = withLayer(d, layer);
      },
      origin_.mergeKey);
  if (session_.document().layers.size() == 1) crosshair_ = session_.document().views.crosshair;
  moveCrosshair();
}

void OpeningLayer::fillRestored() {
  id_ = origin_.restored;
  reviseLayer(session_, id_, [&](Layer& layer) {
    layer.volume = volume();
    layer.frames = frames_;
    layer.reduction = origin_.reduction;
    layer.opening = true;
    layer.missing.clear();
  });
}

void OpeningLayer::follow() {
  if (before_ && !removed() && origin_.restored == 0) moveCrosshair();
}

bool OpeningLayer::wantsWindow() {
  if (!before_ || removed() || origin_.restored != 0) return false;
  const std::int64_t slices = volume()->filled()->count(frame_);
  if (slices < 2 * windowSlices_ || volume()->complete(frame_)) return false;
  windowSlices_ = slices;
  return true;
}

void OpeningLayer::finish(const DisplayWindow& automatic) {
  appear(automatic);
  setAutomatic(automatic, true);
  moveCrosshair();
}

void OpeningLayer::withdraw() {
  if (!before_) return;
  const Document before = *before_->current();
  session_.withdraw([&](Document& d) { return withdrawLayer(d, id_, before, origin_.replace); }, *before_);
}

bool OpeningLayer::removed() const {
  return before_ && session_.document().find(id_) == nullptr;
}

void OpeningLayer::setAutomatic(const DisplayWindow& window, bool finished) {
  const bool chosen = origin_.restored != 0;  // whatever the window of a restored layer is, the user had it so
  reviseLayer(session_, id_, [&](Layer& layer) {
    if (!chosen && layer.display.window == layer.automatic) layer.display.window = window;
    layer.automatic = window;
    if (finished) layer.opening = false;
    if (finished && volume()->info().frames == 1) layer.frames.reset();  // nothing is left to be read
  });
}

void OpeningLayer::moveCrosshair() {
  if (!crosshair_ || removed()) return;
  if (session_.document().views.crosshair != *crosshair_) {
    crosshair_.reset();
    return;
  }
  const Geometry& geometry = volume()->geometry();
  const std::vector<std::int64_t> there = volume()->filled()->slices(frame_);
  if (there.empty()) return;
  const std::int64_t middle = geometry.size[2] / 2;
  const std::int64_t nearest = *std::min_element(there.begin(), there.end(), [&](std::int64_t a, std::int64_t b) {
    return std::abs(a - middle) < std::abs(b - middle);
  });
  Vec3 place = centreOf(geometry);
  if (nearest != middle) {
    Vec3 voxel = worldToVoxel(geometry, place);
    voxel[2] = static_cast<double>(nearest);
    place = voxelToWorld(geometry, voxel);
  }
  if (place == *crosshair_) return;
  crosshair_ = place;
  session_.look([&](Document& d) { d.views.crosshair = place; });
}

}  // namespace voxmark::ui
