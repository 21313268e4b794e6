#pragma once

#include <QKeySequence>
#include <QString>
#include <memory>
#include <vector>

#include "ui/widgets/tools/view_tool.h"

namespace voxmark::ui {

/// A value of ViewsState::tool.
struct ToolEntry {
  const char* name;
  QString text;
  QString summary;  ///< how it is used
  QKeySequence key;
};

/// In the order of the menu, which a separator parts before the first that draws marks and before the crop.
[[nodiscard]] std::vector<ToolEntry> toolList();
/// The crosshair tool where there is none of that name.
[[nodiscard]] std::unique_ptr<ViewTool> makeTool(const std::string& name, const ToolContext& context);

}  // namespace voxmark::ui
