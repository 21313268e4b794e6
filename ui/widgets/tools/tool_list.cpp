#include "ui/widgets/tools/tool_list.h"

#include <QCoreApplication>

#include "ui/widgets/tools/crop_tool.h"
#include "ui/widgets/tools/look_tools.h"
#include "ui/widgets/tools/magnifier_tool.h"
#include "ui/widgets/tools/mark_tools.h"

namespace voxmark::ui {
namespace {

QString text(const char* source) {
  return QCoreApplication::translate("ViewTool", source);
}

}  // namespace

std::vector<ToolEntry> toolList() {
  const QString drag = text("Drag from one corner to the other, or click both. Esc gives up.");
  return {{"crosshair", text("Place crosshair"), text("Click or drag to move the crosshair; click a mark to select it"),
           QKeySequence("1")},
          {"window", text("Window and level"), text("Drag: right widens the window, down lowers the level"),
           QKeySequence("2")},
          {"pan", text("Move"), text("Drag the picture"), QKeySequence("H")},
          {"zoom", text("Zoom"), text("Drag up to come nearer"), QKeySequence("Z")},
          {"rotate", text("Rotate planes"), text("Drag about the crosshair to cut at an angle"), QKeySequence("T")},
          {"magnifier", text("Magnifier"),
           text("Hold the button to look through a lens; the wheel makes it stronger or weaker"), QKeySequence("M")},
          {"point", text("Point"), text("Click to place a point"), QKeySequence("Shift+P")},
          {"distance", text("Distance"), text("Drag from one end to the other, or click both. Esc gives up."),
           QKeySequence("D")},
          {"profile", text("Line profile"), text("Draw the line along which values are plotted"), QKeySequence("L")},
          {"angle", text("Angle"), text("Click an end, the vertex and the other end"), QKeySequence("N")},
          {"rectangle", text("Rectangle"), drag, QKeySequence("U")},
          {"ellipse", text("Ellipse"), drag, QKeySequence("O")},
          {"box", text("Box"), text("Drag a rectangle; the box is as deep as its shorter side"), QKeySequence("B")},
          {"crop", text("Crop"), text("Drag the sides of the box in any view, then apply it"), QKeySequence("K")}};
}

std::unique_ptr<ViewTool> makeTool(const std::string& name, const ToolContext& context) {
  const std::pair<const char*, MarkKind> marks[] = {
      {"point", MarkKind::Point}, {"distance", MarkKind::Distance},   {"profile", MarkKind::Profile},
      {"angle", MarkKind::Angle}, {"rectangle", MarkKind::Rectangle}, {"ellipse", MarkKind::Ellipse},
      {"box", MarkKind::Box}};
  for (const auto& [id, kind] : marks) {
    if (name == id) return std::make_unique<MarkTool>(context, kind);
  }
  if (name == "window") return std::make_unique<WindowTool>(context);
  if (name == "pan") return std::make_unique<PanTool>(context);
  if (name == "zoom") return std::make_unique<ZoomTool>(context);
  if (name == "rotate") return std::make_unique<RotateTool>(context);
  if (name == "magnifier") return std::make_unique<MagnifierTool>(context);
  if (name == "crop") return std::make_unique<CropTool>(context);
  return std::make_unique<CrosshairTool>(context);
}

}  // namespace voxmark::ui
