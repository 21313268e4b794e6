#pragma once

#include <QImage>
#include <QPointer>
#include <QWidget>

#include "ui/widgets/tools/view_tool.h"

namespace voxmark::ui {

/// A round glass over a view that shows what lies under its middle, larger.
class Lens : public QWidget {
 public:
  static constexpr int kDiameter = 220;
  explicit Lens(const ToolContext& context);
  /// Shows the slice about a place of the view at `factor` times the view's scale, cut anew out of the voxels.
  void showAt(const PointerPlace& place, double factor);
  [[nodiscard]] const QImage& picture() const { return picture_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  ToolContext context_;
  QImage picture_;
};

/// Holds a lens under the pointer while the button is down: 3 times, or 2 to 4 times by the wheel.
class MagnifierTool : public ViewTool {
 public:
  using ViewTool::ViewTool;
  ~MagnifierTool() override { delete lens_.data(); }
  void press(const PointerPlace& at) override;
  void drag(const PointerPlace& at) override;
  void release(const PointerPlace& at) override;
  bool wheel(double notches) override;
  void viewChanged() override;
  bool cancel() override;
  [[nodiscard]] bool halfDone() const override { return !lens_.isNull(); }
  [[nodiscard]] Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

 private:
  QPointer<Lens> lens_;
  PointerPlace at_;
  double factor_ = 3;
};

}  // namespace voxmark::ui
