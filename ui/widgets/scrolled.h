#pragma once

class QWidget;

namespace voxmark::ui {

/// `content` in an area that scrolls where the window is too small for it. Its width counts up to `width` pixels as
/// that of the area; more does not widen the window.
[[nodiscard]] QWidget* scrolled(QWidget* content, int width);

}  // namespace voxmark::ui
