#include "core/document/mark_size.h"
#include "core/document/readout.h"
#include "ui/models/measurement_model.h"

namespace voxmark::ui {
namespace {

QString fixed(double value, int decimals = 1) {
  return QString::number(value, 'f', decimals);
}

}  // namespace

QString markKindText(MarkKind kind) {
  switch (kind) {
    case MarkKind::Point:
      return MeasurementModel::tr("Point");
    case MarkKind::Distance:
      return MeasurementModel::tr("Distance");
    case MarkKind::Profile:
      return MeasurementModel::tr("Profile");
    case MarkKind::Angle:
      return MeasurementModel::tr("Angle");
    case MarkKind::Rectangle:
      return MeasurementModel::tr("Rectangle");
    case MarkKind::Ellipse:
      return MeasurementModel::tr("Ellipse");
    case MarkKind::Box:
      return MeasurementModel::tr("Box");
  }
  return {};
}

QString markTitle(const Mark& mark) {
  if (!mark.name.empty()) return QString::fromStdString(mark.name);
  return QString("%1 %2").arg(markKindText(mark.kind)).arg(mark.id);
}

QString markSizeText(const Mark& mark) {
  const MarkSize size = sizeOf(mark);
  if (mark.kind == MarkKind::Point && !mark.points.empty()) return QString::fromStdString(placeText(mark.points[0]));
  if (size.length) return fixed(*size.length) + " mm";
  if (size.angle) return fixed(*size.angle) + "°";
  if (!size.width) return "–";
  QString text = fixed(*size.width) + " × " + fixed(*size.height);
  if (size.depth) text += " × " + fixed(*size.depth);
  text += " mm";
  if (size.area) text += ", " + fixed(*size.area) + " mm²";
  return text;
}

}  // namespace voxmark::ui
