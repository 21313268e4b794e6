#pragma once

class QTableView;
class QWidget;

namespace voxmark::ui {

/// A table of rows to choose from, without a grid, as the panels have them. Tab leaves it.
[[nodiscard]] QTableView* plainTable(QWidget* parent);

}  // namespace voxmark::ui
