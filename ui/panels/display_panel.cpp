#include "ui/panels/display_panel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/models/layer_edits.h"
#include "ui/models/layer_histogram.h"
#include "ui/panels/labels_box.h"
#include "ui/panels/look_box.h"
#include "ui/panels/window_box.h"
#include "ui/render/volume_renderer.h"

namespace voxmark::ui {

DisplayPanel::DisplayPanel(Session& session, JobController& jobs, QWidget* parent)
    : QWidget(parent), session_(session), histogram_(new LayerHistogram(session, jobs, this)) {
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(8, 2, 8, 8);
  labels_ = new LabelsBox(session_, jobs, *histogram_, content);
  column->addWidget(new WindowBox(session_, *histogram_, content));
  column->addWidget(new LookBox(session_, content));
  column->addWidget(labels_);
  column->addWidget(makeVolumeBox());
  column->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setFocusPolicy(Qt::NoFocus);  // its contents take the keyboard
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(scroll);
  connect(labels_, &LabelsBox::failed, this, &DisplayPanel::failed);
  connect(&session_, &Session::changed, this, &DisplayPanel::refresh);
  refresh();
}

QGroupBox* DisplayPanel::makeVolumeBox() {
  auto* box = new QGroupBox(tr("3D view"), this);
  auto* form = new QFormLayout(box);
  volumePreset_ = new QComboBox(box);
  volumePreset_->setAccessibleName(tr("Preset of the 3D view"));
  for (const std::string& name : render::volumePresets()) volumePreset_->addItem(QString::fromStdString(name));
  form->addRow(tr("Preset"), volumePreset_);
  connect(volumePreset_, &QComboBox::textActivated, this, [this](const QString& name) {
    editActiveDisplay(session_, tr("3D preset"), [&](LayerDisplay& d) { d.volumePreset = name.toStdString(); });
  });
  return box;
}

void DisplayPanel::setShown(bool shown) {
  shown_ = shown;
  labels_->setWatched(shown);
  watch();
}

void DisplayPanel::watch() {
  histogram_->setWatched(shown_ || labels_->mayOffer());
}

void DisplayPanel::refresh() {
  if (!shown_) watch();
  const Layer* active = session_.document().active();
  setEnabled(active != nullptr);
  if (active != nullptr) volumePreset_->setCurrentText(QString::fromStdString(active->display.volumePreset));
}

}  // namespace voxmark::ui
