#include "ui/models/verdict_look.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPolygonF>
#include <map>

#include "ui/models/curves.h"

namespace voxmark::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("VerdictLook", text);
}

}  // namespace

VerdictMark markOf(const profiling::ComparisonRow& row) {
  switch (row.state) {
    case profiling::VerdictState::Pass:
      return row.time && row.time->improved ? VerdictMark::Improved : VerdictMark::Pass;
    case profiling::VerdictState::Regressed:
      return VerdictMark::Regressed;
    case profiling::VerdictState::Inconclusive:
      return VerdictMark::Inconclusive;
    default:
      return VerdictMark::None;
  }
}

QColor colourOf(VerdictMark mark) {
  switch (mark) {
    case VerdictMark::Pass:
      return curveColour(0);  // blue
    case VerdictMark::Improved:
      return curveColour(2);  // green, with a shape of its own
    case VerdictMark::Regressed:
      return curveColour(3);  // vermilion
    case VerdictMark::Inconclusive:
      return {0xa0, 0xa2, 0xa8};  // grey: neither way
    default:
      return {0x90, 0x92, 0x98};
  }
}

QString wordFor(const profiling::ComparisonRow& row) {
  switch (row.state) {
    case profiling::VerdictState::Pass:
      return row.time && row.time->improved ? tr("faster") : tr("no slower");
    case profiling::VerdictState::Regressed:
      return row.time && row.time->state == profiling::VerdictState::Regressed ? tr("slower") : tr("uses more");
    case profiling::VerdictState::Inconclusive:
      return tr("cannot be told yet");
    case profiling::VerdictState::Missing:
      return tr("not measured");
    case profiling::VerdictState::Errored:
      return tr("failed");
    case profiling::VerdictState::Skipped:
      return tr("skipped");
    case profiling::VerdictState::New:
      break;
  }
  return tr("new");
}

void paintMark(QPainter& painter, VerdictMark mark, const QPointF& at, double size) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colourOf(mark));
  const double r = size / 2;
  switch (mark) {
    case VerdictMark::Pass:
      painter.drawEllipse(at, r * 0.9, r * 0.9);
      break;
    case VerdictMark::Improved:
      painter.drawPolygon(QPolygonF{at + QPointF(-r, -r * 0.8), at + QPointF(r, -r * 0.8), at + QPointF(0, r)});
      break;
    case VerdictMark::Regressed:
      painter.drawPolygon(QPolygonF{at + QPointF(-r, r * 0.8), at + QPointF(r, r * 0.8), at + QPointF(0, -r)});
      break;
    case VerdictMark::Inconclusive:
      painter.drawPolygon(QPolygonF{at + QPointF(-r, 0), at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r)});
      break;
    case VerdictMark::None:
      painter.setPen(QPen(colourOf(mark), 2));
      painter.drawLine(at + QPointF(-r * 0.7, -r * 0.7), at + QPointF(r * 0.7, r * 0.7));
      painter.drawLine(at + QPointF(-r * 0.7, r * 0.7), at + QPointF(r * 0.7, -r * 0.7));
  }
  painter.restore();
}

QIcon iconOf(VerdictMark mark) {
  static std::map<VerdictMark, QIcon> made;
  QIcon& icon = made[mark];
  if (!icon.isNull()) return icon;
  QPixmap picture(32, 32);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  paintMark(painter, mark, {16, 16}, 24);
  painter.end();
  return icon = QIcon(picture);
}

}  // namespace voxmark::ui
