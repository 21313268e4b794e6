#pragma once

#include <QString>
#include <Qt>
#include <string>
#include <vector>

namespace voxmark::ui {

/// The binding's tool is the one that the user has chosen.
inline constexpr const char* kChosenTool = "chosen";

/// What dragging with a button does, by the name of a tool (see tools/tool_list.h); without a button: moving.
struct MouseBinding {
  Qt::MouseButton button;
  Qt::KeyboardModifiers modifiers;
  const char* tool;
};

/// What turning the wheel does.
struct WheelBinding {
  Qt::KeyboardModifiers modifiers;
  bool zooms;  ///< else it turns slices
};

/// A whole set of habits.
struct MousePreset {
  const char* id;
  QString name;
  QString summary;      ///< one line for the menu
  const char* pointer;  ///< what stands in for the crosshair tool on the chosen tool's button
  std::vector<MouseBinding> drags;
  std::vector<WheelBinding> wheel;
};

/// "voxmark" (the default), "slicer", "radiology".
[[nodiscard]] std::vector<MousePreset> mousePresets();
/// The one kept in the settings as "mouse/preset", or the default where that names none.
[[nodiscard]] MousePreset currentMousePreset();
void setMousePreset(const QString& id);
/// Whether dragging down raises the level ("mouse/invertLevel" of the settings).
[[nodiscard]] bool levelInverted();

/// The tool for a button; modifiers that nothing is bound to count as none. `chosen` is the user's tool. Empty where
/// the button does nothing.
[[nodiscard]] std::string toolFor(const MousePreset& preset, Qt::MouseButton button, Qt::KeyboardModifiers modifiers,
                                  const std::string& chosen);
/// Whether the button is that of the chosen tool.
[[nodiscard]] bool isChosenTool(const MousePreset& preset, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
[[nodiscard]] bool wheelZooms(const MousePreset& preset, Qt::KeyboardModifiers modifiers);

}  // namespace voxmark::ui
