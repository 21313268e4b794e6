#include "ui/widgets/elided_label.h"

#include <QEvent>

namespace voxmark::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::say(const QString& text) {
  whole_ = text;
  setAccessibleName(text);
  fit();
}

void ElidedLabel::fit() {
  const QString shown = fontMetrics().elidedText(whole_, Qt::ElideMiddle, width());
  if (shown != text()) setText(shown);
  setToolTip(shown == whole_ ? QString() : whole_);
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
