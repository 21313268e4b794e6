#include "ui/panels/crop_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/document/mark_geometry.h"
#include "core/ops/plan.h"

namespace voxmark::ui {
namespace {

const Layer* croppedLayer(const Document& document) {
  const Layer* layer = document.crop ? document.find(document.crop->layer) : nullptr;
  return layer != nullptr && layer->volume ? layer : nullptr;
}

/// The crop as a step after those that are there, whose result may already be a part of the layer or turned. Throws
/// Error where nothing would be left, or where the steps do not fit the layer.
Crop stepOf(const Document& document, const Layer& layer) {
  const Geometry& geometry = layer.volume->geometry();
  const Layer* input = document.stepsInput(&layer);
  if (input == nullptr || !input->volume) {
    throw Error(ErrorCode::Usage, "the layer that this result was made from is no longer open");
  }
  const Plan before = plan(document.pipeline(), input->volume->info());
  const Region region = regionIn(before.output.geometry, geometry, document.crop->region);
  if (region.empty()) throw Error(ErrorCode::Usage, "the crop box lies outside of what the steps before it leave");
  return {region};
}

}  // namespace

CropBar::CropBar(Session& session, QWidget* parent) : QFrame(parent), session_(session) {
  setObjectName("cropBar");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 8, 4);
  row->setSpacing(6);
  title_ = new QLabel(tr("Crop"), this);
  QFont bold = title_->font();
  bold.setWeight(QFont::DemiBold);
  title_->setFont(bold);
  row->addWidget(title_);
  const QString axes[] = {tr("i"), tr("j"), tr("k")};
  const char* names[] = {"cropStart", "cropSize"};
  for (std::size_t n = 0; n < 6; ++n) {
    if (n % 3 == 0) row->addWidget(new QLabel(n == 0 ? tr("from voxel") : tr("size"), this));
    auto* number = new QSpinBox(this);
    number->setObjectName(QString("%1%2").arg(names[n / 3]).arg(n % 3));
    number->setAccessibleName((n < 3 ? tr("First voxel along ") : tr("Voxels along ")) + axes[n % 3]);
    number->setToolTip(number->accessibleName());
    number->setRange(0, 9999);  // as wide as any volume needs, whatever opens later
    number->setKeyboardTracking(false);
    connect(number, &QSpinBox::valueChanged, this, [this, n](int value) { setNumber(n, value); });
    row->addWidget(number);
    numbers_[n] = number;
  }
  size_ = new QLabel(this);
  size_->setObjectName("cropMillimetres");
  size_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  row->addWidget(size_, 1);
  auto* apply = new QPushButton(tr("Apply"), this);
  apply->setObjectName("applyCrop");
  apply->setToolTip(tr("Adds the crop to the steps of the Process panel"));
  auto* cancel = new QPushButton(tr("Cancel"), this);
  cancel->setObjectName("cancelCrop");
  row->addWidget(apply);
  row->addWidget(cancel);
  connect(apply, &QPushButton::clicked, this, &CropBar::apply);
  connect(cancel, &QPushButton::clicked, this, &CropBar::cancel);
  connect(&session_, &Session::changed, this, &CropBar::refresh);
  refresh();
}

void CropBar::refresh() {
  const Document& document = session_.document();
  const Layer* layer = croppedLayer(document);
  setVisible(layer != nullptr);
  if (layer == nullptr) return;
  title_->setToolTip(QString::fromStdString(layer->name));
  const Region& region = document.crop->region;
  const Geometry& geometry = layer->volume->geometry();
  for (std::size_t a = 0; a < 3; ++a) {
    const QSignalBlocker quietStart(numbers_[a]);
    const QSignalBlocker quietSize(numbers_[a + 3]);
    numbers_[a]->setRange(0, static_cast<int>(geometry.size[a] - 1));
    numbers_[a]->setValue(static_cast<int>(region.start[a]));
    numbers_[a + 3]->setRange(1, static_cast<int>(geometry.size[a] - region.start[a]));
    numbers_[a + 3]->setValue(static_cast<int>(region.size[a]));
  }
  size_->setText(QString::fromStdString(fmt::format("{:.1f} × {:.1f} × {:.1f} mm",
                                                    static_cast<double>(region.size[0]) * geometry.spacing[0],
                                                    static_cast<double>(region.size[1]) * geometry.spacing[1],
                                                    static_cast<double>(region.size[2]) * geometry.spacing[2])));
}

void CropBar::setNumber(std::size_t which, std::int64_t value) {
  const Layer* layer = croppedLayer(session_.document());
  if (layer == nullptr) return;
  const std::size_t axis = which % 3;
  Region region = session_.document().crop->region;
  (which < 3 ? region.start : region.size)[axis] = value;
  region.size[axis] = std::min(region.size[axis], layer->volume->geometry().size[axis] - region.start[axis]);
  session_.edit(
      tr("Crop box"), [&](Document& d) { d.crop->region = region; }, "crop-numbers");
}

void CropBar::apply() {
  const Document& document = session_.document();
  const Layer* layer = croppedLayer(document);
  if (layer == nullptr) return;
  try {
    const Crop crop = stepOf(document, *layer);
    session_.edit(tr("Add crop"), [&](Document& d) {
      d.activeLayer = d.crop->layer;
      d.steps.push_back({crop, true, {}});
      d.crop.reset();
      if (d.views.tool == "crop") d.views.tool = "crosshair";
    });
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromStdString(error.what()));
    return;
  }
  Q_EMIT applied();
}

void CropBar::cancel() {
  session_.edit(tr("Cancel crop"), [](Document& d) {
    d.crop.reset();
    if (d.views.tool == "crop") d.views.tool = "crosshair";
  });
}

}  // namespace voxmark::ui
