#pragma once

#include "ui/widgets/tools/view_tool.h"

namespace voxmark::ui {

/// Puts the crosshair under the pointer.
class CrosshairTool : public ViewTool {
 public:
  using ViewTool::ViewTool;
  void press(const PointerPlace& at) override;
  void drag(const PointerPlace& at) override;
  [[nodiscard]] bool leavesMarks() const override { return true; }
};

/// Horizontal: window; vertical: level, down lowers it unless the settings say otherwise.
class WindowTool : public ViewTool {
 public:
  using ViewTool::ViewTool;
  void press(const PointerPlace& at) override { last_ = at.position; }
  void drag(const PointerPlace& at) override;
  [[nodiscard]] bool leavesMarks() const override { return true; }

 private:
  QPointF last_;
};

class PanTool : public ViewTool {
 public:
  using ViewTool::ViewTool;
  void press(const PointerPlace& at) override { last_ = at.position; }
  void drag(const PointerPlace& at) override;
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::OpenHandCursor; }

 private:
  QPointF last_;
};

/// Up zooms in, about the place that was pressed.
class ZoomTool : public ViewTool {
 public:
  using ViewTool::ViewTool;
  void press(const PointerPlace& at) override;
  void drag(const PointerPlace& at) override;
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::SizeVerCursor; }

 private:
  QPointF last_;
  QPointF anchor_;
};

/// Turns the planes about the crosshair, within the plane of this view: the picture follows the pointer.
class RotateTool : public ViewTool {
 public:
  using ViewTool::ViewTool;
  void press(const PointerPlace& at) override;
  void drag(const PointerPlace& at) override;
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

 private:
  /// Direction from the crosshair to the pointer, radians, against the clock.
  [[nodiscard]] double angleAt(const PointerPlace& at) const;
  Rotation before_;
  Vec3 axis_{0, 0, 1};  ///< towards the viewer
  QPointF centre_;
  double from_ = 0;
};

}  // namespace voxmark::ui
