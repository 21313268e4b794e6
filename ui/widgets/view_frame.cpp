#include "ui/widgets/view_frame.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace voxmark::ui {

ViewFrame::ViewFrame(const QString& name, const QColor& colour, QWidget* view, QWidget* parent) : QFrame(parent) {
  auto* bar = new QWidget(this);
  bar->setObjectName("viewBar");
  bar->setFixedHeight(24);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(8, 0, 4, 0);
  row->setSpacing(8);
  title_ = new QLabel(bar);
  slider_ = new QSlider(Qt::Horizontal, bar);
  slider_->setFocusPolicy(Qt::TabFocus);
  slider_->setVisible(false);
  note_ = new QLabel(bar);
  note_->setObjectName("viewNote");
  maximise_ = new QToolButton(bar);
  maximise_->setObjectName("maximise");
  maximise_->setIconSize({14, 14});
  maximise_->setAutoRaise(true);
  row->addWidget(title_);
  row->addWidget(slider_, 1);
  row->addStretch(0);
  row->addWidget(note_);
  row->addWidget(maximise_);
  stripe_ = new QWidget(this);
  stripe_->setFixedHeight(2);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar);
  column->addWidget(stripe_);
  column->addWidget(view, 1);
  connect(slider_, &QSlider::valueChanged, this, &ViewFrame::sliceRequested);
  connect(maximise_, &QToolButton::clicked, this, &ViewFrame::maximiseRequested);
  setName(name, colour);
  setMaximised(false);
}

void ViewFrame::setName(const QString& name, const QColor& colour) {
  if (title_->text() == name) return;
  title_->setText(name);
  title_->setStyleSheet(QString("color: %1; font-weight: 600;").arg(colour.name()));
  stripe_->setStyleSheet(QString("background: %1;").arg(colour.name()));
  slider_->setAccessibleName(tr("Slice of the view %1").arg(name));
  maximise_->setAccessibleName(tr("Maximise %1").arg(name));
}

void ViewFrame::setMaximised(bool on) {
  maximise_->setIcon(QIcon(on ? ":/icons/restore.svg" : ":/icons/maximise.svg"));
  maximise_->setToolTip(on ? tr("Show the other views again (double-click)")
                           : tr("Show only this view (double-click)"));
}

void ViewFrame::setSlices(int index, int count) {
  const QSignalBlocker blocker(slider_);
  slider_->setVisible(count > 1);
  slider_->setRange(0, std::max(0, count - 1));
  slider_->setValue(index);
  note_->setText(count > 0 ? QString("%1 / %2").arg(index + 1).arg(count) : QString());
}

void ViewFrame::setNote(const QString& text) {
  note_->setText(text);
}

}  // namespace voxmark::ui
