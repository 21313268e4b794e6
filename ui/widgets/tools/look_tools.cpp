#include "ui/widgets/tools/look_tools.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/widgets/mouse_bindings.h"

namespace voxmark::ui {
namespace {

QString text(const char* source) {
  return QCoreApplication::translate("ViewTool", source);
}

SliceViewState stateOf(const ToolContext& context) {
  const auto& states = context.session.document().views.slices;
  const auto found = states.find(render::planeKey(context.slices.plane()));
  return found == states.end() ? SliceViewState{} : found->second;
}

void setState(const ToolContext& context, const SliceViewState& state) {
  const std::string plane = render::planeKey(context.slices.plane());
  context.session.look([&](Document& d) { d.views.setSlice(plane, state); });
}

}  // namespace

void CrosshairTool::press(const PointerPlace& at) {
  if (context_.session.document().selectedMark) {
    context_.session.look([](Document& d) { d.selectedMark.reset(); });
  }
  drag(at);
}

void CrosshairTool::drag(const PointerPlace& at) {
  if (!at.world) return;
  context_.session.look([&](Document& d) { d.views.crosshair = *at.world; });
}

void WindowTool::drag(const PointerPlace& at) {
  const QPointF delta = at.position - last_;
  last_ = at.position;
  const Layer* active = context_.session.document().active();
  if (active == nullptr) return;
  const DisplayWindow now = active->display.window;
  const double step = std::max(now.width, 1e-12) / 250.0;
  const double down = levelInverted() ? -delta.y() : delta.y();
  const DisplayWindow next{std::max(now.width + delta.x() * step, now.width * 1e-3), now.level - down * step};
  context_.session.edit(
      text("Window and level"),
      [&, id = active->id](Document& d) {
        for (Layer& layer : d.layers) {
          if (layer.id == id) layer.display.window = next;
        }
      },
      "window-drag");
}

void PanTool::drag(const PointerPlace& at) {
  const QPointF delta = at.position - last_;
  last_ = at.position;
  const double mm = context_.slices.mmPerPixel() * ratio();
  SliceViewState state = stateOf(context_);
  state.pan[0] += delta.x() * mm;
  state.pan[1] -= delta.y() * mm;
  setState(context_, state);
}

void ZoomTool::press(const PointerPlace& at) {
  last_ = at.position;
  anchor_ = at.pixel;
}

void ZoomTool::drag(const PointerPlace& at) {
  const double up = last_.y() - at.position.y();
  last_ = at.position;
  setState(context_, context_.slices.zoomedAt(anchor_.x(), anchor_.y(), std::pow(1.01, up)));
}

double RotateTool::angleAt(const PointerPlace& at) const {
  return std::atan2(at.pixel.y() - centre_.y(), at.pixel.x() - centre_.x());
}

void RotateTool::press(const PointerPlace& at) {
  const ViewsState& views = context_.session.document().views;
  before_ = views.rotation;
  const auto centre = context_.slices.pixelOf(views.crosshair);
  if (centre) centre_ = {(*centre)[0], (*centre)[1]};
  const auto axes = context_.slices.axes();
  axis_ = {axes[0][1] * axes[1][2] - axes[0][2] * axes[1][1], axes[0][2] * axes[1][0] - axes[0][0] * axes[1][2],
           axes[0][0] * axes[1][1] - axes[0][1] * axes[1][0]};
  from_ = angleAt(at);
}

void RotateTool::drag(const PointerPlace& at) {
  if (!at.world) return;
  const double degrees = std::remainder(angleAt(at) - from_, 2 * std::numbers::pi) * 180 / std::numbers::pi;
  // The picture turns with the pointer where the planes turn against it.
  const Rotation next = compose(rotationAbout(axis_, -degrees), before_);
  context_.session.edit(
      text("Rotate planes"), [&](Document& d) { d.views.rotation = next; }, "rotate-drag");
}

}  // namespace voxmark::ui
