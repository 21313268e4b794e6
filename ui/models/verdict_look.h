#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

#include "core/profiling/comparison.h"

class QPainter;

namespace voxmark::ui {

/// How a verdict looks: told apart by shape and colour, both by people with any kind of colour vision.
enum class VerdictMark { Pass, Improved, Regressed, Inconclusive, None };

[[nodiscard]] VerdictMark markOf(const profiling::ComparisonRow& row);
[[nodiscard]] QColor colourOf(VerdictMark mark);
/// "no change that matters", "slower", …
[[nodiscard]] QString wordFor(const profiling::ComparisonRow& row);
/// A disc, a triangle down (faster) or up (slower), a diamond (cannot be told), or a cross, of `size` pixels about a
/// place.
void paintMark(QPainter& painter, VerdictMark mark, const QPointF& place, double size);
[[nodiscard]] QIcon iconOf(VerdictMark mark);

}  // namespace voxmark::ui
