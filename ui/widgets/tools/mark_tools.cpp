#include "ui/widgets/tools/mark_tools.h"

#include <QCoreApplication>
#include <QLineF>
#include <cmath>

#include <fmt/format.h>

#include "core/document/mark_size.h"
#include "ui/models/measurement_model.h"

namespace voxmark::ui {
namespace {

constexpr double kApart = 3;  ///< pixels

QString text(const char* source) {
  return QCoreApplication::translate("ViewTool", source);
}

}  // namespace

bool MarkTool::apart(const PointerPlace& at) const {
  const QPointF away = at.position - last_;
  if (enclosesVoxels(kind_)) return std::abs(away.x()) >= kApart && std::abs(away.y()) >= kApart;
  return std::hypot(away.x(), away.y()) >= kApart;
}

void MarkTool::press(const PointerPlace& at) {
  if (!at.world) return;
  current_ = at.world;
  if (!fixed_.empty()) return;
  fixed_.push_back(*at.world);
  last_ = at.position;
}

void MarkTool::hover(const PointerPlace& at) {
  if (halfDone() && at.world) current_ = at.world;
}

void MarkTool::release(const PointerPlace& at) {
  if (!halfDone() || !at.world) return;
  if (fixed_.size() < pointCount(kind_)) {
    if (!apart(at)) return;
    fixed_.push_back(*at.world);
    last_ = at.position;
  }
  if (fixed_.size() == pointCount(kind_)) finish();
}

void MarkTool::finish() {
  Mark mark = placedMark(kind_, fixed_, context_.slices.axes());
  (void)cancel();
  context_.session.edit(text("Draw ") + markKindText(kind_).toLower(), [&](Document& d) {
    mark.id = d.nextMarkId++;
    mark.name = fmt::format("{} {}", markKindText(kind_).toStdString(), mark.id);
    d.selectedMark = mark.id;
    d.marks.push_back(mark);
  });
}

bool MarkTool::cancel() {
  if (!halfDone()) return false;
  fixed_.clear();
  current_.reset();
  return true;
}

std::optional<Mark> MarkTool::preview() const {
  if (!halfDone() || !current_) return std::nullopt;
  std::vector<Vec3> points = fixed_;
  if (points.size() < pointCount(kind_)) points.push_back(*current_);
  if (points.size() == pointCount(kind_)) return placedMark(kind_, points, context_.slices.axes());
  Mark out;
  out.kind = kind_;
  out.points = std::move(points);
  return out;
}

void MarkEditTool::press(const PointerPlace& at) {
  const Mark* mark = context_.session.document().findMark(hit_.id);
  if (mark == nullptr) return;
  before_ = *mark;
  pressed_ = at.position;
  from_ = at.world;
  if (context_.session.document().selectedMark == hit_.id) return;
  context_.session.look([&](Document& d) { d.selectedMark = hit_.id; });
}

void MarkEditTool::drag(const PointerPlace& at) {
  if (!from_ || !at.world) return;
  if (!moved_ && QLineF(pressed_, at.position).length() < kApart) return;  // a click alone selects
  moved_ = true;
  const Mark next = dragged(before_, hit_.grip, minus(*at.world, *from_));
  context_.session.edit(
      text("Move ") + QString::fromStdString(before_.name),
      [&](Document& d) {
        for (Mark& mark : d.marks) {
          if (mark.id == hit_.id) mark = next;
        }
      },
      fmt::format("mark-drag {}", hit_.id));
}

bool MarkEditTool::cancel() {
  if (!moved_) return false;
  moved_ = false;
  from_.reset();
  context_.session.endMerge();
  context_.session.undo();
  return true;
}

}  // namespace voxmark::ui
