#include "ui/panels/run_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <cmath>

namespace voxmark::ui {

QString timeLeftText(double seconds) {
  if (seconds < 0) return {};
  if (seconds < 90) return RunBar::tr("%1 s left").arg(std::max(1, static_cast<int>(std::ceil(seconds))));
  return RunBar::tr("%1 min left").arg(static_cast<int>(std::lround(seconds / 60)));
}

RunBar::RunBar(StepRunner& runner, const BackendRegistry& backends, QWidget* parent)
    : QWidget(parent),
      runner_(runner),
      device_(new QComboBox(this)),
      run_(new QPushButton(tr("Run"), this)),
      several_(new QPushButton(tr("On layers…"), this)),
      waiting_(new QWidget(this)),
      progress_(new QProgressBar(waiting_)),
      left_(new QLabel(waiting_)) {
  device_->setObjectName("pipelineDevice");
  device_->setAccessibleName(tr("Device"));
  for (const BackendInfo& info : backends.list()) {
    device_->addItem(QString::fromStdString(info.id));
    const int row = device_->count() - 1;
    device_->setItemData(row, QString::fromStdString(info.available ? info.name : info.reason), Qt::ToolTipRole);
    if (!info.available) device_->setItemData(row, 0, Qt::UserRole - 1);  // shown, but cannot be chosen
  }
  run_->setObjectName("applyPipeline");
  run_->setToolTip(tr("Makes a new layer of the one that the steps apply to"));
  several_->setObjectName("applyToLayers");
  several_->setToolTip(tr("Applies the same steps to other layers, too"));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(6);
  auto* label = new QLabel(tr("Device"), this);
  label->setBuddy(device_);
  buttons->addWidget(label);
  buttons->addWidget(device_);
  buttons->addStretch(1);
  buttons->addWidget(several_);
  buttons->addWidget(run_);
  progress_->setObjectName("pipelineProgress");
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  progress_->setAccessibleName(tr("How far the run is"));
  left_->setObjectName("pipelineLeft");
  auto* cancel = new QPushButton(tr("Cancel"), waiting_);
  cancel->setObjectName("cancelPipeline");
  auto* line = new QHBoxLayout(waiting_);
  line->setContentsMargins(0, 0, 0, 0);
  line->addWidget(progress_, 1);
  line->addWidget(left_);
  line->addWidget(cancel);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(buttons);
  column->addWidget(waiting_);
  connect(run_, &QPushButton::clicked, this, &RunBar::runRequested);
  connect(several_, &QPushButton::clicked, this, &RunBar::severalRequested);
  connect(cancel, &QPushButton::clicked, &runner_, &StepRunner::cancel);
  connect(&runner_, &StepRunner::started, this, [this] {
    follow(0, -1);
    showRunning();
  });
  connect(&runner_, &StepRunner::finished, this, &RunBar::showRunning);
  connect(&runner_, &StepRunner::progressed, this, &RunBar::follow);
  waiting_->hide();
}

std::string RunBar::device() const {
  return device_->currentText().toStdString();
}

void RunBar::setUsable(bool usable) {
  usable_ = usable;
  run_->setEnabled(usable_ && !runner_.running());
}

void RunBar::follow(double fraction, double secondsLeft) {
  progress_->setValue(static_cast<int>(fraction * 1000));
  left_->setText(timeLeftText(secondsLeft));
}

void RunBar::showRunning() {
  waiting_->setVisible(runner_.running());
  run_->setEnabled(usable_ && !runner_.running());
  several_->setEnabled(!runner_.running());
}

}  // namespace voxmark::ui
