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
  auto* title = new QLabel(name, bar);
  title->setStyleSheet(QString("color: %1; font-weight: 600;").arg(colour.name()));
  slider_ = new QSlider(Qt::Horizontal, bar);
  slider_->setFocusPolicy(Qt::TabFocus);
  slider_->setAccessibleName(name + tr(" slice"));
  slider_->setVisible(false);
  note_ = new QLabel(bar);
  note_->setObjectName("viewNote");
  auto* maximise = new QToolButton(bar);
  maximise->setIcon(QIcon(":/icons/maximise.svg"));
  maximise->setIconSize({14, 14});
  maximise->setAutoRaise(true);
  maximise->setToolTip(tr("Show only this view, or all again (double-click)"));
  maximise->setAccessibleName(tr("Maximise ") + name);
  row->addWidget(title);
  row->addWidget(slider_, 1);
  row->addStretch(0);
  row->addWidget(note_);
  row->addWidget(maximise);
  auto* stripe = new QWidget(this);
  stripe->setFixedHeight(2);
  stripe->setStyleSheet(QString("background: %1;").arg(colour.name()));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar);
  column->addWidget(stripe);
  column->addWidget(view, 1);
  connect(slider_, &QSlider::valueChanged, this, &ViewFrame::sliceRequested);
  connect(maximise, &QToolButton::clicked, this, &ViewFrame::maximiseRequested);
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
