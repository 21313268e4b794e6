#include "ui/widgets/view_frame.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/themed_icon.h"

namespace voxmark::ui {
namespace {

constexpr int kRing = 2;  ///< around the view that has the keyboard, in pixels

}  // namespace

ViewFrame::ViewFrame(const QString& name, const QString& kind, QWidget* view, QWidget* parent)
    : QFrame(parent), view_(view) {
  auto* bar = new QWidget(this);
  bar->setObjectName("viewBar");
  bar->setMinimumHeight(24);
  bar->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);  // higher where texts are large
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(8, 0, 4, 0);
  row->setSpacing(8);
  auto* title = new QLabel(name, bar);
  title->setObjectName("viewTitle");
  title->setProperty("view", kind);
  slider_ = new QSlider(Qt::Horizontal, bar);
  slider_->setFocusPolicy(Qt::TabFocus);
  slider_->setAccessibleName(tr("Slice of %1").arg(name));
  slider_->setVisible(false);
  note_ = new QLabel(bar);
  note_->setObjectName("viewNote");
  auto* maximise = new QToolButton(bar);
  maximise->setIcon(themedIcon("maximise"));
  maximise->setIconSize({14, 14});
  maximise->setAutoRaise(true);
  maximise->setToolTip(tr("Show only this view, or all again (double-click)"));
  maximise->setAccessibleName(tr("Maximise %1").arg(name));
  row->addWidget(title);
  row->addWidget(slider_, 1);
  row->addStretch(0);
  row->addWidget(note_);
  row->addWidget(maximise);
  auto* stripe = new QWidget(this);
  stripe->setFixedHeight(2);
  stripe->setObjectName("viewStripe");
  stripe->setProperty("view", kind);
  stripe->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kRing, kRing, kRing, kRing);
  column->setSpacing(0);
  column->addWidget(bar);
  column->addWidget(stripe);
  column->addWidget(view, 1);
  view->installEventFilter(this);
  connect(slider_, &QSlider::valueChanged, this, &ViewFrame::sliceRequested);
  connect(maximise, &QToolButton::clicked, this, &ViewFrame::maximiseRequested);
}

bool ViewFrame::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QFrame::eventFilter(object, event);
}

void ViewFrame::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  if (!view_->hasFocus()) return;
  QPainter painter(this);
  const double half = kRing / 2.0;
  painter.setPen(QPen(palette().color(QPalette::Highlight), kRing, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
  painter.drawRect(QRectF(rect()).adjusted(half, half, -half, -half));
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
