#pragma once

#include <QColor>
#include <QString>
#include <string>
#include <vector>

namespace voxmark::ui {

/// A line of a plot. Where `y` is NaN it has a gap.
struct Curve {
  QString name;
  QColor colour;
  std::vector<double> x;
  std::vector<double> y;
  friend bool operator==(const Curve&, const Curve&) = default;
};

/// As CSV: a column a curve where all share their x, else a line a sample (curve, x, y).
[[nodiscard]] std::string curvesCsv(const std::vector<Curve>& curves, const QString& xTitle, const QString& yTitle);

/// Colours that are told apart on dark and on light ground, whatever kind of colour vision one has (after Okabe and Ito
/// 2008); the n-th, over again behind the last.
[[nodiscard]] QColor curveColour(int n);

}  // namespace voxmark::ui
