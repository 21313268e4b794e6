#pragma once

#include <vector>

#include "core/document/mark_geometry.h"
#include "ui/models/mark_text.h"
#include "ui/widgets/tools/mark_hit.h"
#include "ui/widgets/tools/view_tool.h"

namespace voxmark::ui {

/// Places a mark point by point: by dragging from one to the next, or click by click.
class MarkTool : public ViewTool {
 public:
  MarkTool(const ToolContext& context, MarkKind kind) : ViewTool(context), kind_(kind) {}
  void press(const PointerPlace& at) override;
  void drag(const PointerPlace& at) override { hover(at); }
  void hover(const PointerPlace& at) override;
  void release(const PointerPlace& at) override;
  bool cancel() override;
  [[nodiscard]] bool halfDone() const override { return !fixed_.empty(); }
  [[nodiscard]] std::optional<Mark> preview() const override;
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
  [[nodiscard]] bool leavesMarks() const override { return true; }
  [[nodiscard]] bool countsClicks() const override { return true; }

 private:
  /// Whether the pointer is far enough from the last point to be another one.
  [[nodiscard]] bool apart(const PointerPlace& at) const;
  void finish();

  MarkKind kind_;
  std::vector<Vec3> fixed_;
  std::optional<Vec3> current_;
  QPointF last_;  ///< where the last point was fixed
};

/// Drags a mark that is there, by one of its grips or as a whole.
class MarkEditTool : public ViewTool {
 public:
  MarkEditTool(const ToolContext& context, const MarkHit& hit) : ViewTool(context), hit_(hit) {}
  void press(const PointerPlace& at) override;
  void drag(const PointerPlace& at) override;
  /// Puts the mark back where it was.
  bool cancel() override;
  [[nodiscard]] bool halfDone() const override { return moved_; }
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::SizeAllCursor; }

 private:
  MarkHit hit_;
  Mark before_;
  QPointF pressed_;
  std::optional<Vec3> from_;
  bool moved_ = false;
};

}  // namespace voxmark::ui
