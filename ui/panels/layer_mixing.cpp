#include "ui/panels/layer_mixing.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <cmath>

#include "ui/models/layer_edits.h"

namespace voxmark::ui {

LayerMixing::LayerMixing(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      opacity_(new QSlider(Qt::Horizontal, this)),
      percent_(new QLabel(this)),
      blend_(new QComboBox(this)) {
  opacity_->setObjectName("opacity");
  opacity_->setRange(0, 100);
  opacity_->setAccessibleName(tr("Opacity"));
  opacity_->setToolTip(tr("Opacity of the active layer (Q: less, E: more, W: show or hide)"));
  percent_->setMinimumWidth(fontMetrics().horizontalAdvance("100 %"));
  percent_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  blend_->setObjectName("blend");
  blend_->setAccessibleName(tr("Blend"));
  blend_->setToolTip(tr("How the active layer is laid on those below it"));
  blend_->addItem(tr("Over what lies below"), static_cast<int>(Blend::Over));
  blend_->addItem(tr("Add"), static_cast<int>(Blend::Add));
  blend_->addItem(tr("Maximum"), static_cast<int>(Blend::Maximum));
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(2, 4, 2, 4);
  grid->setColumnStretch(1, 1);
  grid->addWidget(new QLabel(tr("Opacity"), this), 0, 0);
  grid->addWidget(opacity_, 0, 1);
  grid->addWidget(percent_, 0, 2);
  grid->addWidget(new QLabel(tr("Blend"), this), 1, 0);
  grid->addWidget(blend_, 1, 1, 1, 2);
  connect(opacity_, &QSlider::valueChanged, this, [this](int value) {
    editActiveDisplay(
        session_, tr("Opacity"), [value](LayerDisplay& d) { d.opacity = value / 100.0; }, "opacity");
  });
  connect(opacity_, &QSlider::sliderReleased, this, [this] { session_.endMerge(); });
  connect(blend_, &QComboBox::activated, this, [this](int index) {
    const auto mode = static_cast<Blend>(blend_->itemData(index).toInt());
    editActiveDisplay(session_, tr("Blend"), [mode](LayerDisplay& d) { d.blend = mode; });
  });
  connect(&session_, &Session::changed, this, &LayerMixing::refresh);
  refresh();
}

void LayerMixing::refresh() {
  const Layer* active = session_.document().active();
  setEnabled(active != nullptr);
  if (active == nullptr) return;
  const QSignalBlocker blocker(opacity_);
  const auto percent = static_cast<int>(std::lround(active->display.opacity * 100));
  opacity_->setValue(percent);
  percent_->setText(QString("%1 %").arg(percent));
  blend_->setCurrentIndex(blend_->findData(static_cast<int>(active->display.blend)));
}

}  // namespace voxmark::ui
