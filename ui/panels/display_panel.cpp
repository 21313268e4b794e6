#include "ui/panels/display_panel.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/ops/statistics.h"
#include "ui/render/color_map.h"
#include "ui/render/volume_renderer.h"

namespace voxmark::ui {
namespace {

struct WindowPreset {
  const char* name;
  double width;
  double level;
};

// CT presets in Hounsfield units, as radiology uses them.
constexpr WindowPreset kPresets[] = {{"Brain", 80, 40},    {"Soft tissue", 400, 40}, {"Abdomen", 350, 40},
                                     {"Lung", 1500, -600}, {"Bone", 1500, 300},      {"Liver", 150, 90},
                                     {"Angio", 600, 300},  {"Air", 1000, -426}};

QDoubleSpinBox* makeNumber(QWidget* parent, double low, const QString& name) {
  auto* box = new QDoubleSpinBox(parent);
  box->setRange(low, 1e12);
  box->setDecimals(3);
  box->setKeyboardTracking(false);
  box->setAccessibleName(name);
  return box;
}

}  // namespace

DisplayPanel::DisplayPanel(Session& session, QWidget* parent) : QWidget(parent), session_(session) {
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(makeSliceBox());
  layout->addWidget(makeVolumeBox());
  layout->addStretch(1);
  connect(&session_, &Session::changed, this, &DisplayPanel::refresh);
  refresh();
}

QGroupBox* DisplayPanel::makeSliceBox() {
  auto* box = new QGroupBox(tr("Active layer"), this);
  auto* form = new QFormLayout(box);
  width_ = makeNumber(box, 1e-9, tr("Window width"));
  level_ = makeNumber(box, -1e12, tr("Window level"));
  preset_ = new QComboBox(box);
  preset_->setAccessibleName(tr("Window preset"));
  preset_->addItem(tr("Choose a CT window…"));
  for (const WindowPreset& preset : kPresets) {
    preset_->addItem(QString("%1   %2 / %3").arg(preset.name).arg(preset.width).arg(preset.level));
  }
  map_ = new QComboBox(box);
  map_->setAccessibleName(tr("Colour map"));
  for (const std::string& name : render::colorMapNames()) map_->addItem(QString::fromStdString(name));
  opacity_ = new QSlider(Qt::Horizontal, box);
  opacity_->setRange(0, 100);
  opacity_->setAccessibleName(tr("Opacity"));
  interpolate_ = new QCheckBox(tr("Smooth between voxels"), box);
  invert_ = new QCheckBox(tr("Invert"), box);
  auto* automatic = new QPushButton(tr("Automatic"), box);
  automatic->setToolTip(tr("The range without the lowest and highest 0.1 % of the values"));
  form->addRow(tr("Window"), width_);
  form->addRow(tr("Level"), level_);
  form->addRow(tr("Preset"), preset_);
  form->addRow(QString(), automatic);
  form->addRow(tr("Colours"), map_);
  form->addRow(tr("Opacity"), opacity_);
  form->addRow(QString(), interpolate_);
  form->addRow(QString(), invert_);
  connect(width_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change(tr("Window width"), "window-number", [value](LayerDisplay& d) { d.window.width = value; });
  });
  connect(level_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    change(tr("Window level"), "window-number", [value](LayerDisplay& d) { d.window.level = value; });
  });
  connect(preset_, &QComboBox::activated, this, [this](int index) {
    if (index < 1) return;
    const WindowPreset& preset = kPresets[index - 1];
    change(tr("Window preset"), {}, [&](LayerDisplay& d) { d.window = {preset.width, preset.level}; });
    preset_->setCurrentIndex(0);
  });
  connect(automatic, &QPushButton::clicked, this, &DisplayPanel::autoWindow);
  connect(map_, &QComboBox::textActivated, this, [this](const QString& name) {
    change(tr("Colour map"), {}, [&](LayerDisplay& d) { d.colorMap = name.toStdString(); });
  });
  connect(opacity_, &QSlider::valueChanged, this, [this](int value) {
    change(tr("Opacity"), "opacity", [value](LayerDisplay& d) { d.opacity = value / 100.0; });
  });
  connect(interpolate_, &QCheckBox::clicked, this,
          [this](bool on) { change(tr("Smoothing"), {}, [on](LayerDisplay& d) { d.interpolate = on; }); });
  connect(invert_, &QCheckBox::clicked, this,
          [this](bool on) { change(tr("Invert"), {}, [on](LayerDisplay& d) { d.invert = on; }); });
  return box;
}

QGroupBox* DisplayPanel::makeVolumeBox() {
  auto* box = new QGroupBox(tr("3D view"), this);
  auto* form = new QFormLayout(box);
  volumePreset_ = new QComboBox(box);
  volumePreset_->setAccessibleName(tr("Preset of the 3D view"));
  for (const std::string& name : render::volumePresets()) volumePreset_->addItem(QString::fromStdString(name));
  form->addRow(tr("Preset"), volumePreset_);
  connect(volumePreset_, &QComboBox::textActivated, this, [this](const QString& name) {
    change(tr("3D preset"), {}, [&](LayerDisplay& d) { d.volumePreset = name.toStdString(); });
  });
  return box;
}

void DisplayPanel::change(const QString& label, const std::string& key,
                          const std::function<void(LayerDisplay&)>& apply) {
  const auto id = session_.document().activeLayer;
  if (!id) return;
  session_.edit(
      label,
      [&](Document& d) {
        for (Layer& layer : d.layers) {
          if (layer.id == *id) apply(layer.display);
        }
      },
      key);
}

void DisplayPanel::autoWindow() {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume) return;
  const std::int64_t last = active->volume->info().frames - 1;
  const auto frame = std::clamp<std::int64_t>(session_.document().views.frame, 0, last);
  const auto [low, high] = robustRange(*active->volume, frame);
  change(tr("Automatic window"), {}, [&](LayerDisplay& d) { d.window = {high - low, (high + low) / 2}; });
}

void DisplayPanel::resetWindow() {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume) return;
  const DisplayWindow window = active->automatic;
  change(tr("Reset window"), {}, [&](LayerDisplay& d) { d.window = window; });
}

void DisplayPanel::refresh() {
  const Layer* active = session_.document().active();
  setEnabled(active != nullptr);
  if (active == nullptr) return;
  const LayerDisplay& d = active->display;
  const QSignalBlocker blockers[] = {QSignalBlocker(width_), QSignalBlocker(level_), QSignalBlocker(opacity_)};
  // Steps and digits that suit the range: a hundredth of the width, four significant digits.
  const int digits = std::clamp(3 - static_cast<int>(std::floor(std::log10(std::max(d.window.width, 1e-9)))), 0, 9);
  for (QDoubleSpinBox* box : {width_, level_}) {
    box->setDecimals(digits);
    box->setSingleStep(d.window.width / 100);
  }
  width_->setValue(d.window.width);
  level_->setValue(d.window.level);
  map_->setCurrentText(QString::fromStdString(d.colorMap));
  opacity_->setValue(static_cast<int>(std::lround(d.opacity * 100)));
  interpolate_->setChecked(d.interpolate);
  invert_->setChecked(d.invert);
  volumePreset_->setCurrentText(QString::fromStdString(d.volumePreset));
}

}  // namespace voxmark::ui
