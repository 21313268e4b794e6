#include "ui/widgets/scrolled.h"

#include <QScrollArea>
#include <QScrollBar>
#include <algorithm>

namespace voxmark::ui {

QWidget* scrolled(QWidget* content, int width) {
  auto* area = new QScrollArea(content->parentWidget());
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content);
  area->setMinimumWidth(
      std::min(width, content->minimumSizeHint().width() + area->verticalScrollBar()->sizeHint().width()));
  return area;
}

}  // namespace voxmark::ui
