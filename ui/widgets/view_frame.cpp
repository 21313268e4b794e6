#include "ui/widgets/view_frame.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"
#include "ui/widgets/themed_icon.h"

namespace voxmark::ui {
namespace {

constexpr int kRing = 2;  ///< around the view that has the keyboard, in pixels

QToolButton* makeButton(QWidget* bar, const char* name) {
  auto* button = new QToolButton(bar);
  button->setObjectName(name);
  button->setIconSize({14, 14});
  button->setAutoRaise(true);
  return button;
}

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
  title_ = new QLabel(bar);
  title_->setObjectName("viewTitle");
  slider_ = new QSlider(Qt::Horizontal, bar);
  slider_->setFocusPolicy(Qt::TabFocus);
  slider_->setVisible(false);
  note_ = new QLabel(bar);
  note_->setObjectName("viewNote");
  large_ = makeButton(bar, "makeLarge");
  large_->setIcon(themedIcon("layout_1_3"));
  large_->setToolTip(tr("Make this the large view"));
  large_->setVisible(false);
  maximise_ = makeButton(bar, "maximise");
  row->addWidget(title_);
  row->addWidget(slider_, 1);
  row->addStretch(0);
  row->addWidget(note_);
  row->addWidget(large_);
  row->addWidget(maximise_);
  stripe_ = new QWidget(this);
  stripe_->setFixedHeight(2);
  stripe_->setObjectName("viewStripe");
  stripe_->setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kRing, kRing, kRing, kRing);
  column->setSpacing(0);
  column->addWidget(bar);
  column->addWidget(stripe_);
  column->addWidget(view, 1);
  view->installEventFilter(this);
  connect(slider_, &QSlider::valueChanged, this, &ViewFrame::sliceRequested);
  connect(maximise_, &QToolButton::clicked, this, &ViewFrame::maximiseRequested);
  connect(large_, &QToolButton::clicked, this, &ViewFrame::largeRequested);
  setName(name, kind);
  setMaximised(false);
}

void ViewFrame::setName(const QString& name, const QString& kind) {
  if (title_->text() == name) return;
  title_->setText(name);
  for (QWidget* coloured : {static_cast<QWidget*>(title_), stripe_}) {
    coloured->setProperty("view", kind);
    restyle(coloured);
  }
  slider_->setAccessibleName(tr("Slice of the view %1").arg(name));
  maximise_->setAccessibleName(tr("Maximise %1").arg(name));
  large_->setAccessibleName(tr("Make %1 the large view").arg(name));
}

void ViewFrame::setMaximised(bool on) {
  maximise_->setIcon(themedIcon(on ? "restore" : "maximise"));
  maximise_->setToolTip(on ? tr("Show the other views again (double-click)")
                           : tr("Show only this view (double-click)"));
}

void ViewFrame::setSmall(bool on) {
  large_->setVisible(on);
}

void ViewFrame::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  fit();
}

void ViewFrame::fit() {
  constexpr int kWithSlider = 250;  // pixels, below which the slider would be no more than its knob
  slider_->setVisible(slices_ > 1 && width() >= kWithSlider);
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
  slices_ = count;
  fit();
  slider_->setRange(0, std::max(0, count - 1));
  slider_->setValue(index);
  note_->setText(count > 0 ? QString("%1 / %2").arg(index + 1).arg(count) : QString());
}

void ViewFrame::setNote(const QString& text) {
  note_->setText(text);
}

}  // namespace voxmark::ui
