#pragma once

class QApplication;

namespace voxmark::ui {

/// Neutral dark greys around black views, one accent colour.
void applyDarkTheme(QApplication& application);

}  // namespace voxmark::ui
