#include "ui/widgets/recovery_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace voxmark::ui {

RecoveryBar::RecoveryBar(QWidget* parent) : QFrame(parent), label_(new QLabel(this)) {
  setObjectName("recoveryBar");
  setFrameShape(QFrame::StyledPanel);
  label_->setObjectName("recoveryText");
  label_->setWordWrap(true);
  label_->setTextFormat(Qt::PlainText);
  restore_ = new QPushButton(tr("&Restore"), this);
  restore_->setObjectName("restoreSession");
  restore_->setToolTip(tr("Open the layers, views and measurements as they were"));
  auto* discard = new QPushButton(tr("&Discard"), this);
  discard->setObjectName("discardSession");
  discard->setToolTip(tr("Forget them for good"));
  auto* later = new QToolButton(this);
  later->setText("✕");
  later->setAutoRaise(true);
  later->setToolTip(tr("Ask again at the next start"));
  later->setAccessibleName(tr("Ask again at the next start"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 6, 6);
  row->addWidget(label_, 1);
  row->addWidget(restore_);
  row->addWidget(discard);
  row->addWidget(later);
  connect(restore_, &QPushButton::clicked, this, &RecoveryBar::restoreRequested);
  connect(discard, &QPushButton::clicked, this, &RecoveryBar::discardRequested);
  connect(later, &QToolButton::clicked, this, &QWidget::hide);
  hide();
}

void RecoveryBar::offer(const QString& text) {
  label_->setText(text);
  show();
  restore_->setFocus();
}

}  // namespace voxmark::ui
