#pragma once

#include <QPointF>
#include <QWidget>
#include <optional>

#include "ui/models/session.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::ui {

/// The view that a tool is used in.
struct ToolContext {
  Session& session;
  const render::SliceRenderer& slices;
  QWidget& view;
};

/// Where the pointer is.
struct PointerPlace {
  QPointF position;           ///< in the widget
  QPointF pixel;              ///< in the renderer: device pixels from the lower left
  std::optional<Vec3> world;  ///< on the shown slice, LPS mm
};

/// One kind of gesture in a slice view. A press is followed by drags and one release; hovering is moving without a
/// button. What a gesture does to the document becomes one undoable step.
class ViewTool {
 public:
  explicit ViewTool(const ToolContext& context) : context_(context) {}
  virtual ~ViewTool() = default;
  ViewTool(const ViewTool&) = delete;
  ViewTool& operator=(const ViewTool&) = delete;

  virtual void press(const PointerPlace&) {}
  virtual void drag(const PointerPlace&) {}
  virtual void release(const PointerPlace&) {}
  virtual void hover(const PointerPlace&) {}
  /// The wheel is turned while the button is held; false where that means nothing to the tool.
  virtual bool wheel(double) { return false; }
  /// The view shows something else while the button is held.
  virtual void viewChanged() {}
  /// Gives up what is half done; false where nothing is.
  virtual bool cancel() { return false; }
  [[nodiscard]] virtual bool halfDone() const { return false; }
  /// A mark that is being drawn.
  [[nodiscard]] virtual std::optional<Mark> preview() const { return std::nullopt; }
  [[nodiscard]] virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }
  /// Whether a press on a mark takes hold of that instead.
  [[nodiscard]] virtual bool leavesMarks() const { return false; }
  /// Whether each click counts, so that two of them are no double-click.
  [[nodiscard]] virtual bool countsClicks() const { return false; }

 protected:
  [[nodiscard]] double ratio() const { return context_.view.devicePixelRatio(); }
  ToolContext context_;
};

}  // namespace voxmark::ui
