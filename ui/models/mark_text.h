#pragma once

#include <QString>

#include "core/document/mark.h"

namespace voxmark::ui {

/// What a mark is called: its name, or its kind with its number.
[[nodiscard]] QString markTitle(const Mark& mark);
/// "Distance", as people read it.
[[nodiscard]] QString markKindText(MarkKind kind);
/// "12.3 mm", "45.0°", "4.0 × 3.0 mm, 12.0 mm²", or where a point lies.
[[nodiscard]] QString markSizeText(const Mark& mark);

}  // namespace voxmark::ui
