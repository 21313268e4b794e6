#include "ui/panels/window_box.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/layer_edits.h"
#include "ui/panels/window_preset_bar.h"
#include "ui/widgets/histogram_view.h"
#include "ui/widgets/value_box.h"

namespace voxmark::ui {
namespace {

const QString kLogarithmic = "display/histogramLog";

/// Colours of 8 bits are shown as they are stored: no window applies.
bool isWindowed(const Layer& layer) {
  if (!layer.volume) return true;
  const VolumeInfo& info = layer.volume->info();
  return info.meaning != ComponentMeaning::Colour || info.pixelType != PixelType::U8;
}

}  // namespace

WindowBox::WindowBox(Session& session, LayerHistogram& histogram, QWidget* parent)
    : QGroupBox(tr("Window and level"), parent), session_(session), histogram_(histogram) {
  auto* column = new QVBoxLayout(this);
  column->setSpacing(6);
  view_ = new HistogramView(this);
  view_->setObjectName("histogram");
  numbers_ = new QWidget(this);
  makeNumbers();
  auto* presets = new WindowPresetBar(session_, this);
  column->addWidget(presets);
  column->addWidget(view_);
  column->addWidget(makeHistogramBar());
  column->addWidget(numbers_);
  connect(&histogram_, &LayerHistogram::changed, this,
          [this] { view_->setDistribution(histogram_.whole(), histogram_.detail()); });
  connect(view_, &HistogramView::looked, &histogram_, &LayerHistogram::lookAt);
  connect(view_, &HistogramView::hovered, hovered_, &QLabel::setText);
  connect(view_, &HistogramView::dragEnded, this, [this] { session_.endMerge(); });
  connect(view_, &HistogramView::windowDragged, this,
          [this](const DisplayWindow& window) { setWindow(tr("Window and level"), window, "histogram-window"); });
  connect(view_, &HistogramView::thresholdsDragged, this, [this](auto below, auto above) {
    editActiveDisplay(
        session_, tr("Thresholds"),
        [&](LayerDisplay& d) {
          d.hideBelow = below;
          d.hideAbove = above;
        },
        "threshold-drag");
  });
  connect(&session_, &Session::changed, this, &WindowBox::refresh);
  refresh();
}

QWidget* WindowBox::makeHistogramBar() {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  hovered_ = new QLabel(bar);
  hovered_->setObjectName("histogramValue");
  hovered_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(hovered_, 1);
  const auto button = [&](const char* name, const QString& text, const QString& tip) {
    auto* made = new QToolButton(bar);
    made->setObjectName(name);
    made->setText(text);
    made->setToolTip(tip);
    row->addWidget(made);
    return made;
  };
  auto* all = button("histogramAll", tr("All"), tr("Show all values, from the lowest to the highest"));
  auto* fit = button("histogramFit", tr("Fit"), tr("Show the window's surroundings"));
  auto* logarithmic = button("histogramLog", tr("Log"), tr("Logarithmic heights, in which rare values show"));
  logarithmic->setCheckable(true);
  connect(all, &QToolButton::clicked, view_, &HistogramView::showAll);
  connect(fit, &QToolButton::clicked, view_, &HistogramView::showWindow);
  connect(logarithmic, &QToolButton::toggled, this, [this](bool on) {
    view_->setLogarithmic(on);
    QSettings().setValue(kLogarithmic, on);
  });
  logarithmic->setChecked(QSettings().value(kLogarithmic, false).toBool());
  return bar;
}

void WindowBox::makeNumbers() {
  auto* grid = new QGridLayout(numbers_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(3, 1);
  const auto number = [&](const char* name, const QString& label, const QString& accessible, int row, int column) {
    auto* box = new ValueBox(accessible, numbers_);
    box->setObjectName(name);
    auto* caption = new QLabel(label, numbers_);
    caption->setBuddy(box);
    grid->addWidget(caption, row, column);
    grid->addWidget(box, row, column + 1);
    return box;
  };
  width_ = number("windowWidth", tr("Window"), tr("Window: how many values lie between black and white"), 0, 0);
  level_ = number("windowLevel", tr("Level"), tr("Level: the middle of the window"), 0, 2);
  low_ = number("windowLow", tr("From"), tr("Lowest value of the window"), 1, 0);
  high_ = number("windowHigh", tr("To"), tr("Highest value of the window"), 1, 2);
  width_->setMinimum(1e-9);
  auto* automatic = new QPushButton(tr("Automatic"), numbers_);
  automatic->setObjectName("windowAutomatic");
  automatic->setToolTip(tr("The range without the lowest and highest 0.1 % of the values"));
  auto* reset = new QPushButton(tr("Reset"), numbers_);
  reset->setObjectName("windowReset");
  reset->setToolTip(tr("The window that the layer was first shown with (Esc)"));
  grid->addWidget(automatic, 2, 0, 1, 2);
  grid->addWidget(reset, 2, 2, 1, 2);
  connect(width_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    const Layer* active = session_.document().active();
    if (active != nullptr) setWindow(tr("Window width"), {value, active->display.window.level}, "window-number");
  });
  connect(level_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    const Layer* active = session_.document().active();
    if (active != nullptr) setWindow(tr("Window level"), {active->display.window.width, value}, "window-number");
  });
  connect(low_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    const Layer* active = session_.document().active();
    if (active == nullptr) return;
    const DisplayWindow& now = active->display.window;
    const double high = std::max(now.level + now.width / 2, value + now.width * 1e-3);
    setWindow(tr("Window range"), {high - value, (high + value) / 2}, "window-number");
  });
  connect(high_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    const Layer* active = session_.document().active();
    if (active == nullptr) return;
    const DisplayWindow& now = active->display.window;
    const double low = std::min(now.level - now.width / 2, value - now.width * 1e-3);
    setWindow(tr("Window range"), {value - low, (value + low) / 2}, "window-number");
  });
  connect(automatic, &QPushButton::clicked, this, [this] { automaticWindow(session_); });
  connect(reset, &QPushButton::clicked, this, [this] { resetWindow(session_); });
}

void WindowBox::setWindow(const QString& label, const DisplayWindow& window, const std::string& key) {
  editActiveDisplay(
      session_, label, [&](LayerDisplay& d) { d.window = window; }, key);
}

void WindowBox::refresh() {
  const Layer* active = session_.document().active();
  if (active == nullptr) {
    view_->showNothing();
    return;
  }
  const bool windowed = isWindowed(*active);
  numbers_->setEnabled(windowed);
  const DisplayWindow& window = active->display.window;
  width_->showValue(window.width, window.width);
  level_->showValue(window.level, window.width);
  low_->showValue(window.level - window.width / 2, window.width);
  high_->showValue(window.level + window.width / 2, window.width);
  view_->show(active->display, windowed, active->id);
}

}  // namespace voxmark::ui
