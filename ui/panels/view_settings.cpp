#include "ui/panels/view_settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/document/plane_angles.h"
#include "ui/models/layer_edits.h"

namespace voxmark::ui {
namespace {

constexpr bool ViewsState::*kSwitches[] = {&ViewsState::radiological, &ViewsState::linkedZoom, &ViewsState::legend,
                                           &ViewsState::speed};
constexpr int Lightbox::*kCounts[] = {&Lightbox::rows, &Lightbox::columns, &Lightbox::step};

QComboBox* makeChoice(QWidget* parent, const char* name, const QString& text, const QStringList& items) {
  auto* box = new QComboBox(parent);
  box->setObjectName(name);
  box->setAccessibleName(text);
  box->addItems(items);
  return box;
}

}  // namespace

ViewSettings::ViewSettings(Session& session, QWidget* parent) : QFrame(parent, Qt::Popup), session_(session) {
  setObjectName("viewSettings");
  setFrameShape(QFrame::StyledPanel);
  setWindowTitle(tr("View settings"));
  auto* column = new QVBoxLayout(this);
  column->addWidget(makePlanes());
  column->addWidget(makePicture());
  column->addWidget(makeLightbox());
  connect(&session_, &Session::changed, this, &ViewSettings::refresh);
  refresh();
}

QWidget* ViewSettings::makePlanes() {
  auto* box = new QGroupBox(tr("Planes"), this);
  auto* form = new QFormLayout(box);
  alignment_ = makeChoice(box, "alignment", tr("Planes along"), {tr("the image's axes"), tr("the patient's axes")});
  QWidget* angles = makeAngles();  // here, since Tab follows the order in which they are made
  slab_ = makeChoice(box, "slabMode", tr("Slab"),
                     {tr("Single slices"), tr("Maximum (MIP)"), tr("Minimum (MinIP)"), tr("Mean")});
  thickness_ = new QDoubleSpinBox(box);
  thickness_->setObjectName("slabThickness");
  thickness_->setAccessibleName(tr("Thickness of the slab"));
  thickness_->setRange(0.1, 1000);
  thickness_->setDecimals(1);
  thickness_->setSuffix(tr(" mm"));
  thickness_->setKeyboardTracking(false);
  auto* slabRow = new QHBoxLayout;
  slabRow->addWidget(slab_, 1);
  slabRow->addWidget(thickness_);
  form->addRow(tr("Along"), alignment_);
  form->addRow(tr("Turned"), angles);
  form->addRow(tr("Slab"), slabRow);
  connect(alignment_, &QComboBox::activated, this, [this](int index) {
    edit(tr("Alignment"), [index](ViewsState& v) { v.alignment = index == 1 ? Alignment::Patient : Alignment::Image; });
  });
  connect(slab_, &QComboBox::activated, this, [this](int index) {
    edit(tr("Slab"), [index](ViewsState& v) { v.slab.mode = static_cast<SlabMode>(index); });
  });
  connect(thickness_, &QDoubleSpinBox::valueChanged, this, [this](double value) {
    edit(
        tr("Slab thickness"), [value](ViewsState& v) { v.slab.thickness = value; }, "slab-thickness");
  });
  return box;
}

QWidget* ViewSettings::makeAngles() {
  auto* row = new QWidget(this);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  const std::pair<QString, QString> axes[] = {{tr("L–R "), tr("Degrees about the axis from right to left")},
                                              {tr("A–P "), tr("Degrees about the axis from front to back")},
                                              {tr("I–S "), tr("Degrees about the axis from feet to head")}};
  for (std::size_t n = 0; n < 3; ++n) {
    auto* angle = new QDoubleSpinBox(row);
    angle->setObjectName(QString("angle%1").arg(n));
    angle->setPrefix(axes[n].first);
    angle->setSuffix("°");
    angle->setAccessibleName(axes[n].second);
    angle->setToolTip(axes[n].second);
    const double most = n == 1 ? 90 : 180;
    angle->setRange(-most, most);
    angle->setDecimals(1);
    angle->setWrapping(n != 1);
    angle->setKeyboardTracking(false);
    angles_[n] = angle;
    layout->addWidget(angle);
    connect(angle, &QDoubleSpinBox::valueChanged, this, [this, n](double degrees) { turn(n, degrees); });
  }
  straight_ = new QPushButton(tr("Reset"), row);
  straight_->setObjectName("resetRotation");
  straight_->setToolTip(tr("Turn the planes back to the axes"));
  layout->addWidget(straight_);
  connect(straight_, &QPushButton::clicked, this,
          [this] { edit(tr("Turn planes back"), [](ViewsState& v) { v.rotation = {}; }); });
  return row;
}

QCheckBox* ViewSettings::addSwitch(const QString& text, const char* name, bool ViewsState::*setting) {
  auto* box = new QCheckBox(text, this);
  box->setObjectName(name);
  connect(box, &QCheckBox::clicked, this,
          [this, text, setting](bool on) { edit(text, [setting, on](ViewsState& v) { v.*setting = on; }); });
  return box;
}

QWidget* ViewSettings::makePicture() {
  auto* box = new QGroupBox(tr("Slices"), this);
  auto* column = new QVBoxLayout(box);
  smooth_ = new QCheckBox(tr("Smooth between voxels of the active layer"), box);
  smooth_->setObjectName("smoothActive");
  connect(smooth_, &QCheckBox::clicked, this, [this](bool on) {
    editActiveDisplay(session_, tr("Smooth between voxels"), [on](LayerDisplay& d) { d.interpolate = on; });
  });
  switches_ = {addSwitch(tr("Radiological: patient's right on the left"), "radiological", kSwitches[0]),
               addSwitch(tr("Zoom and move slices together"), "linkedZoom", kSwitches[1]),
               addSwitch(tr("Colour legend of the active layer"), "legend", kSwitches[2]),
               addSwitch(tr("Speed of drawing"), "speed", kSwitches[3])};
  column->addWidget(smooth_);
  for (QCheckBox* toggle : switches_) column->addWidget(toggle);
  return box;
}

QSpinBox* ViewSettings::addCount(const QString& text, const char* name, int least, int most, int Lightbox::*setting) {
  auto* box = new QSpinBox(this);
  box->setObjectName(name);
  box->setAccessibleName(text);
  box->setRange(least, most);
  box->setKeyboardTracking(false);
  connect(box, &QSpinBox::valueChanged, this, [this, text, setting](int value) {
    edit(
        text, [setting, value](ViewsState& v) { v.lightbox.*setting = value; }, "lightbox-" + text.toStdString());
  });
  return box;
}

QWidget* ViewSettings::makeLightbox() {
  auto* box = new QGroupBox(tr("Lightbox"), this);
  auto* form = new QFormLayout(box);
  plane_ = makeChoice(box, "lightboxPlane", tr("Plane of the lightbox"), {tr("Axial"), tr("Sagittal"), tr("Coronal")});
  for (int n = 0; n < 3; ++n) plane_->setItemData(n, QStringList{"axial", "sagittal", "coronal"}[n]);
  constexpr int kMostAcross = 12;
  counts_ = {addCount(tr("Rows of the lightbox"), "lightboxRows", 1, kMostAcross, kCounts[0]),
             addCount(tr("Columns of the lightbox"), "lightboxColumns", 1, kMostAcross, kCounts[1]),
             addCount(tr("Slices from one picture to the next"), "lightboxStep", 0, 1000, kCounts[2])};
  counts_[2]->setSpecialValueText(tr("covers the volume"));
  counts_[2]->setToolTip(tr("0: as many as it takes to cover the volume"));
  auto* size = new QHBoxLayout;
  size->addWidget(counts_[0], 1);
  size->addWidget(new QLabel("×", box));
  size->addWidget(counts_[1], 1);
  form->addRow(tr("Plane"), plane_);
  form->addRow(tr("Rows × columns"), size);
  form->addRow(tr("Every … slices"), counts_[2]);
  connect(plane_, &QComboBox::activated, this, [this](int index) {
    edit(tr("Plane of the lightbox"), [name = plane_->itemData(index).toString().toStdString()](ViewsState& v) {
      v.lightbox.plane = name;
      v.lightboxScroll = 0;
    });
  });
  return box;
}

void ViewSettings::open(const QWidget* anchor) {
  adjustSize();
  const QWidget* from = anchor != nullptr ? anchor : parentWidget();
  QPoint at = from->mapToGlobal(anchor != nullptr ? QPoint(0, anchor->height()) : QPoint(40, 80));
  const QRect screen = from->screen()->availableGeometry();
  at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
  at.setY(std::clamp(at.y(), screen.top(), std::max(screen.top(), screen.bottom() - height())));
  move(at);
  show();
  alignment_->setFocus();
}

void ViewSettings::hideEvent(QHideEvent* event) {
  session_.endMerge();
  QFrame::hideEvent(event);
}

void ViewSettings::edit(const QString& label, const Change& change, const std::string& mergeKey) {
  session_.edit(
      label, [&](Document& d) { change(d.views); }, mergeKey);
}

void ViewSettings::turn(std::size_t axis, double degrees) {
  const auto axes = alignedAxes(session_.document());
  auto angles = anglesOf(session_.document().views.rotation, axes);
  angles[axis] = degrees;
  edit(
      tr("Rotate planes"), [&](ViewsState& v) { v.rotation = rotationOf(angles, axes); }, "view-angles");
}

void ViewSettings::refreshPlanes() {
  const Document& document = session_.document();
  const ViewsState& views = document.views;
  alignment_->setCurrentIndex(views.alignment == Alignment::Patient ? 1 : 0);
  const auto angles = anglesOf(views.rotation, alignedAxes(document));
  for (std::size_t n = 0; n < 3; ++n) {
    const QSignalBlocker blocker(angles_[n]);
    angles_[n]->setValue(std::round(angles[n] * 10) / 10 + 0.0);  // no minus zero
  }
  straight_->setEnabled(!views.rotation.none());
  slab_->setCurrentIndex(static_cast<int>(views.slab.mode));
  const QSignalBlocker blocker(thickness_);
  thickness_->setValue(views.slab.thickness);
  thickness_->setEnabled(views.slab.mode != SlabMode::Off);
}

void ViewSettings::refresh() {
  const Document& document = session_.document();
  refreshPlanes();
  smooth_->setEnabled(document.active() != nullptr);
  smooth_->setChecked(document.active() != nullptr && document.active()->display.interpolate);
  for (std::size_t n = 0; n < switches_.size(); ++n) switches_[n]->setChecked(document.views.*kSwitches[n]);
  plane_->setCurrentIndex(plane_->findData(QString::fromStdString(document.views.lightbox.plane)));
  for (std::size_t n = 0; n < counts_.size(); ++n) {
    const QSignalBlocker blocker(counts_[n]);
    counts_[n]->setValue(document.views.lightbox.*kCounts[n]);
  }
}

}  // namespace voxmark::ui
