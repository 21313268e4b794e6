#include "ui/widgets/mouse_bindings.h"

#include <QCoreApplication>
#include <QSettings>

namespace voxmark::ui {
namespace {

constexpr Qt::KeyboardModifiers kCounted = Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier;

QString text(const char* source) {
  return QCoreApplication::translate("MousePreset", source);
}

const MouseBinding* find(const MousePreset& preset, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
  const MouseBinding* plain = nullptr;
  for (const MouseBinding& binding : preset.drags) {
    if (binding.button != button) continue;
    if (binding.modifiers == (modifiers & kCounted)) return &binding;
    if (binding.modifiers == Qt::NoModifier) plain = &binding;
  }
  return plain;
}

}  // namespace

std::vector<MousePreset> mousePresets() {
  const std::vector<WheelBinding> wheel{{Qt::NoModifier, false}, {Qt::ControlModifier, true}};
  return {{"voxmark",
           text("Voxmark"),
           text("Left: crosshair or the chosen tool. Shift and left: window and level. Middle: move. Right: zoom."),
           "crosshair",
           {{Qt::LeftButton, Qt::NoModifier, kChosenTool},
            {Qt::LeftButton, Qt::ShiftModifier, "window"},
            {Qt::MiddleButton, Qt::NoModifier, "pan"},
            {Qt::RightButton, Qt::NoModifier, "zoom"}},
           wheel},
          {"slicer",
           text("Slicer"),
           text("Left: window and level, or the chosen tool. Shift and moving: crosshair. Middle: move. Right: zoom."),
           "window",
           {{Qt::LeftButton, Qt::NoModifier, kChosenTool},
            {Qt::LeftButton, Qt::ShiftModifier, "pan"},
            {Qt::MiddleButton, Qt::NoModifier, "pan"},
            {Qt::RightButton, Qt::NoModifier, "zoom"},
            {Qt::NoButton, Qt::ShiftModifier, "crosshair"}},
           wheel},
          {"radiology",
           text("Radiology"),
           text("Left: window and level, or the chosen tool. Shift and left: crosshair. Middle: move. Right: zoom."),
           "window",
           {{Qt::LeftButton, Qt::NoModifier, kChosenTool},
            {Qt::LeftButton, Qt::ShiftModifier, "crosshair"},
            {Qt::MiddleButton, Qt::NoModifier, "pan"},
            {Qt::RightButton, Qt::NoModifier, "zoom"}},
           wheel}};
}

MousePreset currentMousePreset() {
  const QString id = QSettings().value("mouse/preset").toString();
  const std::vector<MousePreset> presets = mousePresets();
  for (const MousePreset& preset : presets) {
    if (id == preset.id) return preset;
  }
  return presets.front();
}

void setMousePreset(const QString& id) {
  QSettings().setValue("mouse/preset", id);
}

bool levelInverted() {
  return QSettings().value("mouse/invertLevel", false).toBool();
}

std::string toolFor(const MousePreset& preset, Qt::MouseButton button, Qt::KeyboardModifiers modifiers,
                    const std::string& chosen) {
  const MouseBinding* binding = find(preset, button, modifiers);
  if (binding == nullptr) return {};
  if (std::string(kChosenTool) != binding->tool) return binding->tool;
  return chosen == "crosshair" ? preset.pointer : chosen;
}

bool isChosenTool(const MousePreset& preset, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
  const MouseBinding* binding = find(preset, button, modifiers);
  return binding != nullptr && std::string(kChosenTool) == binding->tool;
}

bool wheelZooms(const MousePreset& preset, Qt::KeyboardModifiers modifiers) {
  for (const WheelBinding& binding : preset.wheel) {
    if (binding.modifiers == (modifiers & kCounted)) return binding.zooms;
  }
  return false;
}

}  // namespace voxmark::ui
