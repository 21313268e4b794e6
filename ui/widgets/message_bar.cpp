#include "ui/widgets/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/widgets/theme.h"

namespace voxmark::ui {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), label_(new QLabel(this)) {
  setObjectName("errorBar");
  label_->setWordWrap(true);
  label_->setTextFormat(Qt::PlainText);  // messages quote what files hold
  label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* close = new QToolButton(this);
  close->setText("✕");
  close->setAutoRaise(true);
  close->setToolTip(tr("Close this message (it stays in the log)"));
  close->setAccessibleName(tr("Close the message"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 6, 6);
  row->addWidget(label_, 1);
  row->addWidget(close, 0, Qt::AlignTop);
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  hide();
}

void MessageBar::showError(const QString& message) {
  add(message, "error");
}

void MessageBar::showWarning(const QString& message) {
  if (isVisible()) {  // an error's colour stays
    add(message, property("kind").toString());
  } else {
    add(message, "warning");
  }
}

void MessageBar::add(const QString& message, const QString& kind) {
  const bool more = isVisible() && !label_->text().isEmpty() && label_->text() != message;
  label_->setText(more ? label_->text() + "\n" + message : message);
  setProperty("kind", kind);
  restyle(this);
  show();
}

QString MessageBar::text() const {
  return label_->text();
}

}  // namespace voxmark::ui
