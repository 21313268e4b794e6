#pragma once

#include <QDoubleSpinBox>

namespace voxmark::ui {

/// A number in the units of a volume: steps and digits follow the width of the window, zeros at the end are left out,
/// and a value counts once it is complete.
class ValueBox : public QDoubleSpinBox {
  Q_OBJECT
 public:
  ValueBox(const QString& name, QWidget* parent);
  /// Shows `value`, silently, with digits that suit a window of that width.
  void showValue(double value, double width);
  [[nodiscard]] QString textFromValue(double value) const override;
  /// Room for what numbers usually need, not for the longest there could be.
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
};

/// As many digits as tell values of a window apart, no more.
[[nodiscard]] QString valueText(double value, double width);

}  // namespace voxmark::ui
