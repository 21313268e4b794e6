#include "ui/widgets/elided_label.h"

#include <QEvent>

namespace voxmark::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::say(const QString& lead, const QString& name) {
  lead_ = lead;
  name_ = name;
  setAccessibleName(lead + name);
  fit();
}

void ElidedLabel::fit() {
  const int room = width() - fontMetrics().horizontalAdvance(lead_);
  const QString shown = lead_ + fontMetrics().elidedText(name_, Qt::ElideMiddle, room);
  if (shown != text()) setText(shown);
  setToolTip(shown == lead_ + name_ ? QString() : lead_ + name_);
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  fit();
}

void ElidedLabel::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

}  // namespace voxmark::ui
