#include "ui/widgets/value_box.h"

#include <QLineEdit>
#include <QSignalBlocker>
#include <QStyleOptionSpinBox>
#include <algorithm>
#include <cmath>

namespace voxmark::ui {
namespace {

/// Four significant digits of the width.
int decimalsFor(double width) {
  if (!(width > 1e-9)) return 9;
  return std::clamp(3 - static_cast<int>(std::floor(std::log10(width))), 0, 9);
}

QString trimmed(QString text, const QString& point) {
  if (!text.contains(point)) return text;
  while (text.endsWith('0')) text.chop(1);
  if (text.endsWith(point)) text.chop(point.size());
  return text == "-0" ? QString("0") : text;
}

}  // namespace

ValueBox::ValueBox(const QString& name, QWidget* parent) : QDoubleSpinBox(parent) {
  setRange(-1e15, 1e15);
  setKeyboardTracking(false);
  setAccessibleName(name);
  setToolTip(name);
}

void ValueBox::showValue(double value, double width) {
  const QSignalBlocker blocker(this);
  setDecimals(decimalsFor(width));
  setSingleStep(width / 100);
  setValue(value);
}

QString ValueBox::textFromValue(double value) const {
  QLocale plain = locale();
  plain.setNumberOptions(QLocale::OmitGroupSeparator);
  return trimmed(plain.toString(value, 'f', decimals()), plain.decimalPoint());
}

QSize ValueBox::sizeHint() const {
  QStyleOptionSpinBox option;
  initStyleOption(&option);
  const QSize text(fontMetrics().horizontalAdvance("-00000.000 "), lineEdit()->sizeHint().height());
  return style()->sizeFromContents(QStyle::CT_SpinBox, &option, text, this);
}

QString valueText(double value, double width) {
  if (std::abs(value) >= 1e7) return QString::number(value, 'g', 6);
  return trimmed(QString::number(value, 'f', decimalsFor(width)), ".");
}

}  // namespace voxmark::ui
