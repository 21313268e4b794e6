#include "ui/widgets/charts/chart.h"

#include <QContextMenuEvent>
#include <QMenu>

#include "ui/widgets/charts/chart_file.h"
#include "ui/widgets/charts/chart_theme.h"

namespace voxmark::ui {
namespace {

constexpr int kReplotMs = 100;
constexpr double kKeyZoom = 0.8;
constexpr double kKeyPan = 0.1;  ///< of what is in sight

}  // namespace

Chart::Chart(const QString& name, QWidget* parent) : QCustomPlot(parent), note_(new QCPItemText(this)) {
  setAccessibleName(name);
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(160, 90);
  setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  axisRect()->setMinimumMargins({8, 8, 12, 4});
  axisRect()->setRangeZoomFactor(0.8);
  setMovable(Qt::Horizontal);
  for (QCPAxis* axis : {xAxis, yAxis, yAxis2}) axis->setNumberFormat("gb");
  note_->position->setType(QCPItemPosition::ptAxisRectRatio);
  note_->position->setCoords(0.5, 0.5);
  note_->setClipToAxisRect(false);
  note_->setVisible(false);
  replot_.setSingleShot(true);
  replot_.setInterval(kReplotMs);
  connect(&replot_, &QTimer::timeout, this, [this] {
    if (isVisible()) replot(QCustomPlot::rpQueuedReplot);
  });
  applyTheme();
}

QColor Chart::ink(double part) const {
  return mixedColour(palette().color(QPalette::Base), palette().color(QPalette::Text), part);
}

void Chart::applyTheme() {
  themeChart(*this);
  note_->setColor(ink(0.65));
  note_->setFont(font());
  scheduleReplot();
}

void Chart::setMovable(Qt::Orientations axes) {
  movable_ = axes;
  axisRect()->setRangeDrag(axes);
  axisRect()->setRangeZoom(axes);
}

void Chart::putLegendOnTop() {
  plotLayout()->insertRow(0);
  auto* line = new QCPLayoutGrid;
  plotLayout()->addElement(0, 0, line);
  plotLayout()->setRowStretchFactor(0, 0.001);
  line->addElement(0, 0, legend);
  line->addElement(0, 1, new QCPLayoutElement(this));  // takes the rest of the width
  line->setColumnStretchFactor(0, 0.001);
  legend->setFillOrder(QCPLegend::foColumnsFirst);
  legend->setMargins({8, 2, 8, 0});
  legend->setIconSize(16, 8);
  legend->setVisible(true);
}

void Chart::setNote(const QString& note) {
  if (note == note_->text() && note_->visible() == !note.isEmpty()) return;
  note_->setText(note);
  note_->setVisible(!note.isEmpty());
  for (QCPAxis* axis : {xAxis, yAxis}) axis->setTickLabels(note.isEmpty());
  scheduleReplot();
}

void Chart::dataChanged() {
  if (!zoomed_) fit();
  scheduleReplot();
}

void Chart::showAll() {
  zoomed_ = false;
  fit();
  scheduleReplot();
}

void Chart::scheduleReplot() {
  if (isVisible() && !replot_.isActive()) replot_.start();
}

void Chart::movedByHand() {
  zoomed_ = true;
  scheduleReplot();
  Q_EMIT moved();
}

void Chart::pan(double x, double y) {
  if (x != 0 && movable_.testFlag(Qt::Horizontal)) xAxis->moveRange(x * xAxis->range().size());
  if (y != 0 && movable_.testFlag(Qt::Vertical)) {
    yAxis->moveRange((yAxis->rangeReversed() ? -y : y) * yAxis->range().size());
  }
  movedByHand();
}

void Chart::zoom(double factor) {
  if (movable_.testFlag(Qt::Horizontal)) xAxis->scaleRange(factor);
  if (movable_.testFlag(Qt::Vertical)) yAxis->scaleRange(factor);
  movedByHand();
}

bool Chart::handles(int key) const {
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right:
      return movable_.testFlag(Qt::Horizontal);
    case Qt::Key_Up:
    case Qt::Key_Down:
      return movable_.testFlag(Qt::Vertical);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
    case Qt::Key_Home:
    case Qt::Key_0:
      return true;
    default:
      return false;
  }
}

bool Chart::event(QEvent* event) {
  // The window has shortcuts on some of these keys.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) == 0 && handles(key->key())) {
      event->accept();
      return true;
    }
  }
  return QCustomPlot::event(event);
}

void Chart::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
      return pan(-kKeyPan, 0);
    case Qt::Key_Right:
      return pan(kKeyPan, 0);
    case Qt::Key_Up:
      return pan(0, kKeyPan);
    case Qt::Key_Down:
      return pan(0, -kKeyPan);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoom(kKeyZoom);
    case Qt::Key_Minus:
      return zoom(1 / kKeyZoom);
    case Qt::Key_Home:
    case Qt::Key_0:
      return showAll();
    default:
      QCustomPlot::keyPressEvent(event);
  }
}

void Chart::mouseMoveEvent(QMouseEvent* event) {
  QCustomPlot::mouseMoveEvent(event);
  if ((event->buttons() & Qt::LeftButton) != 0) zoomed_ = true;
  setReadout(axisRect()->outerRect().contains(event->pos()) ? readoutAt(event->position()) : QString());
}

void Chart::mouseReleaseEvent(QMouseEvent* event) {
  const bool dragged = zoomed_ && event->button() == Qt::LeftButton;
  QCustomPlot::mouseReleaseEvent(event);
  if (dragged) Q_EMIT moved();
}

void Chart::mouseDoubleClickEvent(QMouseEvent*) {
  showAll();
}

void Chart::wheelEvent(QWheelEvent* event) {
  QCustomPlot::wheelEvent(event);
  event->accept();
  movedByHand();
}

void Chart::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  menu.addAction(tr("Show all"), this, &Chart::showAll);
  menu.addAction(tr("Save the chart…"), this, &Chart::chooseFile);
  menu.exec(event->globalPos());
}

void Chart::leaveEvent(QEvent* event) {
  QCustomPlot::leaveEvent(event);
  setReadout({});
}

void Chart::setReadout(const QString& text) {
  if (text == readout_) return;
  readout_ = text;
  Q_EMIT readoutChanged(text);
}

void Chart::changeEvent(QEvent* event) {
  QCustomPlot::changeEvent(event);
  if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange) return;
  applyTheme();
  recolour();
}

void Chart::showEvent(QShowEvent* event) {
  QCustomPlot::showEvent(event);
  scheduleReplot();
}

void Chart::resizeEvent(QResizeEvent* event) {
  if (isVisible()) {
    QCustomPlot::resizeEvent(event);
  } else {
    setViewport(rect());  // what nobody sees is drawn once it is shown
  }
}

void Chart::paintEvent(QPaintEvent* event) {
  QCustomPlot::paintEvent(event);
  if (!hasFocus()) return;
  QPainter painter(this);
  painter.setPen(palette().color(QPalette::Highlight));
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void Chart::save(const QString& path) {
  saveChart(*this, path);
}

void Chart::chooseFile() {
  auto* dialog = chartDialog(*this);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    try {
      save(path);
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromStdString(error.what()));
    }
  });
  dialog->open();
}

}  // namespace voxmark::ui
