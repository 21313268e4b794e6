#include "ui/widgets/mouse_summary.h"

#include <QCoreApplication>

#include "ui/widgets/mouse_bindings.h"
#include "ui/widgets/tools/tool_list.h"

namespace voxmark::ui {
namespace {

QString text(const char* source) {
  return QCoreApplication::translate("MouseSummary", source);
}

QString buttonName(Qt::MouseButton button) {
  switch (button) {
    case Qt::LeftButton:
      return text("Left button");
    case Qt::MiddleButton:
      return text("Middle button");
    case Qt::RightButton:
      return text("Right button");
    default:
      return text("Moving");
  }
}

QString withModifiers(Qt::KeyboardModifiers modifiers, const QString& what) {
  QString out = what;
  if (modifiers.testFlag(Qt::ShiftModifier)) out.prepend(text("Shift and "));
  if (modifiers.testFlag(Qt::ControlModifier)) out.prepend(text("Ctrl and "));
  if (modifiers.testFlag(Qt::AltModifier)) out.prepend(text("Alt and "));
  return modifiers == Qt::NoModifier ? out : out.toLower().replace(0, 1, out.left(1));
}

QString toolName(const QString& id, const MousePreset& preset) {
  const QString name = id == kChosenTool ? QString(preset.pointer) : id;
  for (const ToolEntry& tool : toolList()) {
    if (name == tool.name) return id == kChosenTool ? text("%1, or the chosen tool").arg(tool.text) : tool.text;
  }
  return name;
}

}  // namespace

ShortcutGroup mouseSummary() {
  const MousePreset preset = currentMousePreset();
  ShortcutGroup out{text("Mouse as in %1").arg(preset.name), {}};
  for (const MouseBinding& binding : preset.drags) {
    out.rows.append({toolName(binding.tool, preset), withModifiers(binding.modifiers, buttonName(binding.button))});
  }
  for (const WheelBinding& wheel : preset.wheel) {
    out.rows.append({wheel.zooms ? text("Zoom") : text("Slices"), withModifiers(wheel.modifiers, text("Wheel"))});
  }
  out.rows.append({text("One view alone, or all again"), text("Double click")});
  return out;
}

}  // namespace voxmark::ui
