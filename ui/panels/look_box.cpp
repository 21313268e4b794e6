#include "ui/panels/look_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>

#include "ui/models/layer_edits.h"
#include "ui/widgets/color_map_swatch.h"
#include "ui/widgets/value_box.h"

namespace voxmark::ui {

LookBox::LookBox(Session& session, QWidget* parent)
    : QGroupBox(tr("Colours"), parent), session_(session), form_(new QFormLayout(this)) {
  map_ = makeColorMapBox(this);
  map_->setObjectName("colorMap");
  invert_ = new QCheckBox(tr("Invert"), this);
  invert_->setObjectName("invert");
  interpolate_ = new QCheckBox(tr("Smooth between voxels"), this);
  interpolate_->setObjectName("interpolate");
  form_->addRow(tr("Map"), map_);
  form_->addRow(QString(), invert_);
  form_->addRow(QString(), interpolate_);
  makeThreshold("hideBelow", tr("Hide below"), &LayerDisplay::hideBelow, -0.5);
  makeThreshold("hideAbove", tr("Hide above"), &LayerDisplay::hideAbove, 0.5);
  makeVectors();
  connect(map_, &QComboBox::textActivated, this, [this](const QString& name) {
    editActiveDisplay(session_, tr("Colour map"), [&](LayerDisplay& d) { d.colorMap = name.toStdString(); });
  });
  connect(interpolate_, &QCheckBox::clicked, this, [this](bool on) {
    editActiveDisplay(session_, tr("Smoothing"), [on](LayerDisplay& d) { d.interpolate = on; });
  });
  connect(invert_, &QCheckBox::clicked, this,
          [this](bool on) { editActiveDisplay(session_, tr("Invert"), [on](LayerDisplay& d) { d.invert = on; }); });
  connect(&session_, &Session::changed, this, &LookBox::refresh);
  refresh();
}

void LookBox::makeThreshold(const char* name, const QString& text, std::optional<double> LayerDisplay::*which,
                            double side) {
  auto* on = new QCheckBox(text, this);
  on->setObjectName(name);
  on->setToolTip(tr("Values beyond are not drawn; what lies below shows through"));
  auto* value = new ValueBox(text, this);
  value->setObjectName(QString(name) + "Value");
  on->setMinimumHeight(value->sizeHint().height());  // a form stands lower labels at the top of their row
  form_->addRow(on, value);
  thresholds_.push_back({which, on, value});
  connect(on, &QCheckBox::clicked, this, [this, which, side](bool set) {
    editActiveDisplay(session_, tr("Thresholds"), [=](LayerDisplay& d) {
      d.*which = set ? std::optional<double>(d.window.level + side * d.window.width) : std::nullopt;
    });
  });
  connect(value, &QDoubleSpinBox::valueChanged, this, [this, which](double to) {
    editActiveDisplay(
        session_, tr("Thresholds"), [=](LayerDisplay& d) { d.*which = to; }, "threshold-number");
  });
}

void LookBox::makeVectors() {
  vectors_ = new QComboBox(this);
  vectors_->setObjectName("vectorStyle");
  vectors_->setAccessibleName(tr("What is shown of vectors"));
  vectors_->addItem(tr("Length"));
  vectors_->addItem(tr("Direction as colour"));
  vectors_->setItemData(1, tr("Red: left–right, green: front–back, blue: head–feet, brighter with the length"),
                        Qt::ToolTipRole);
  form_->addRow(tr("Vectors"), vectors_);
  vectors_->hide();  // until there is a layer of vectors
  form_->labelForField(vectors_)->hide();
  connect(vectors_, &QComboBox::activated, this, [this](int index) {
    const VectorStyle style = index == 1 ? VectorStyle::Direction : VectorStyle::Magnitude;
    editActiveDisplay(session_, tr("Vectors"), [style](LayerDisplay& d) { d.vectors = style; });
  });
}

void LookBox::refresh() {
  const Layer* active = session_.document().active();
  if (active == nullptr) return;
  const LayerDisplay& d = active->display;
  const VolumeInfo* info = active->volume ? &active->volume->info() : nullptr;
  const bool colours = info != nullptr && info->meaning == ComponentMeaning::Colour;
  const bool vectors = info != nullptr && info->meaning == ComponentMeaning::Vector && info->components > 1;
  const bool mapped = !colours && !d.labels && !(vectors && d.vectors == VectorStyle::Direction);
  map_->setCurrentText(QString::fromStdString(d.colorMap));
  map_->setEnabled(mapped);
  invert_->setChecked(d.invert);
  invert_->setEnabled(!d.labels);
  interpolate_->setChecked(d.interpolate && !d.labels);
  interpolate_->setEnabled(!d.labels);
  interpolate_->setToolTip(d.labels ? tr("Labels are never smoothed: values between them mean nothing") : QString());
  for (const Threshold& threshold : thresholds_) {
    const auto& set = d.*threshold.which;
    threshold.on->setChecked(set.has_value());
    threshold.on->setEnabled(!colours);
    threshold.value->setEnabled(set.has_value() && !colours);
    threshold.value->showValue(set.value_or(0), d.window.width);
  }
  vectors_->setCurrentIndex(d.vectors == VectorStyle::Direction ? 1 : 0);
  vectors_->setVisible(vectors);
  form_->labelForField(vectors_)->setVisible(vectors);
}

}  // namespace voxmark::ui
