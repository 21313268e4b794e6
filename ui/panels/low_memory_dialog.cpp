#include "ui/panels/low_memory_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "core/document/load_layer.h"

namespace voxmark::ui {
namespace {

QString bytesText(quint64 bytes) {
  return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeIecFormat);
}

QString sizeText(const Index3& size) {
  return QString("%1 × %2 × %3").arg(size[0]).arg(size[1]).arg(size[2]);
}

}  // namespace

LowMemoryDialog::LowMemoryDialog(OpenRequest request, VolumeInfo info, quint64 available, QWidget* parent)
    : QDialog(parent),
      request_(std::move(request)),
      info_(std::move(info)),
      available_(available),
      average_(new QCheckBox(tr("Take the &mean of those left out (not for label maps)"), this)),
      result_(new QLabel(this)) {
  setObjectName("lowMemoryDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Memory is short"));
  const bool fits = info_.frameBytes() <= available_;
  auto* text = new QLabel(
      tr("%1 has %2 voxels%3 and takes %4. %5 are available%6.")
          .arg(QString::fromStdString(displayName(request_.path.toStdString())), sizeText(info_.geometry.size),
               info_.frames > 1 ? tr(" a frame") : QString(), bytesText(info_.frameBytes()), bytesText(available_),
               fits ? tr(": it may fit, but everything will be slow if it does not") : tr(": it does not fit")),
      this);
  text->setObjectName("lowMemoryText");
  text->setWordWrap(true);
  average_->setObjectName("reduceMean");
  result_->setObjectName("reducedSize");
  auto* buttons = new QDialogButtonBox(this);
  reduced_ = buttons->addButton(tr("&Load this much"), QDialogButtonBox::AcceptRole);
  reduced_->setObjectName("loadReduced");
  reduced_->setDefault(true);
  auto* all = buttons->addButton(tr("Load &all of it"), QDialogButtonBox::ActionRole);
  all->setObjectName("loadAll");
  all->setEnabled(fits);
  buttons->addButton(QDialogButtonBox::Cancel);
  auto* layout = new QVBoxLayout(this);
  layout->setSpacing(12);
  layout->addWidget(text);
  layout->addWidget(makeGrid());
  layout->addWidget(average_);
  layout->addWidget(result_);
  layout->addWidget(buttons);
  connect(average_, &QCheckBox::toggled, this, &LowMemoryDialog::update);
  connect(reduced_, &QPushButton::clicked, this, [this] { choose(reduction()); });
  connect(all, &QPushButton::clicked, this, [this] { choose({}); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  update();
}

QSpinBox* LowMemoryDialog::makeNumber(int low, int high, const QString& name, const char* object, std::size_t axis) {
  auto* box = new QSpinBox(this);
  box->setRange(low, high);
  box->setAccessibleName(name);
  box->setObjectName(QString("%1%2").arg(object).arg(axis));
  connect(box, &QSpinBox::valueChanged, this, &LowMemoryDialog::update);
  return box;
}

QWidget* LowMemoryDialog::makeGrid() {
  auto* grid = new QWidget(this);
  auto* layout = new QGridLayout(grid);
  layout->setContentsMargins(0, 0, 0, 0);
  const std::array<QString, 3> columns{tr("First voxel"), tr("Voxels"), tr("Keep one of")};
  for (int n = 0; n < 3; ++n) layout->addWidget(new QLabel(columns[static_cast<std::size_t>(n)], grid), 0, n + 1);
  const Reduction given = request_.reduction;
  const int step = fittingStep();
  for (std::size_t a = 0; a < 3; ++a) {
    const QString axis = QString("ijk").mid(static_cast<int>(a), 1);
    const int count = static_cast<int>(std::min<std::int64_t>(info_.geometry.size[a], 1 << 30));
    start_[a] = makeNumber(0, count - 1, tr("First voxel along %1").arg(axis), "cropStart", a);
    size_[a] = makeNumber(1, count, tr("Voxels along %1").arg(axis), "cropSize", a);
    step_[a] = makeNumber(1, count, tr("Keep one of so many along %1").arg(axis), "reduceStep", a);
    const QSignalBlocker first(start_[a]), second(size_[a]), third(step_[a]);
    size_[a]->setValue(count);
    step_[a]->setValue(std::min(step, count));
    if (!given.none()) {
      start_[a]->setValue(static_cast<int>(given.region.start[a]));
      if (given.region.size[a] > 0) size_[a]->setValue(static_cast<int>(given.region.size[a]));
    }
    const int row = static_cast<int>(a) + 1;
    layout->addWidget(new QLabel(axis, grid), row, 0);
    layout->addWidget(start_[a], row, 1);
    layout->addWidget(size_[a], row, 2);
    layout->addWidget(step_[a], row, 3);
  }
  return grid;
}

int LowMemoryDialog::fittingStep() const {
  for (int step = 1;; ++step) {
    const VolumeInfo out = reducedInfo({{}, {step, step, step}, false}, info_);
    if (out.frameBytes() <= available_ / 2 || out.voxelsPerFrame() == 1) return step;
  }
}

Reduction LowMemoryDialog::reduction() const {
  Reduction out;
  for (std::size_t a = 0; a < 3; ++a) {
    out.region.start[a] = start_[a]->value();
    out.region.size[a] = size_[a]->value();
    out.step[a] = step_[a]->value();
  }
  out.average = average_->isChecked();
  if (out.region == wholeOf(info_.geometry.size)) out.region = {};
  return out;
}

void LowMemoryDialog::update() {
  if (reduced_ == nullptr || step_[2] == nullptr) return;
  for (std::size_t a = 0; a < 3; ++a) {  // a box that begins later is smaller, rather than sticking out
    const QSignalBlocker quiet(size_[a]);
    size_[a]->setMaximum(static_cast<int>(info_.geometry.size[a]) - start_[a]->value());
  }
  bool usable = false;
  try {
    const VolumeInfo out = reducedInfo(reduction(), info_);
    usable = out.frameBytes() <= available_;
    result_->setText(tr("Loaded: %1 voxels%2, %3%4")
                         .arg(sizeText(out.geometry.size), out.frames > 1 ? tr(" a frame") : QString(),
                              bytesText(out.frameBytes()), usable ? QString() : tr(": still too much")));
  } catch (const Error& error) {
    result_->setText(QString::fromStdString(error.what()));
  }
  reduced_->setEnabled(usable);
}

void LowMemoryDialog::choose(const Reduction& reduction) {
  OpenRequest request = request_;
  request.reduction = reduction;
  request.sure = true;
  accept();
  Q_EMIT chosen(request);
}

}  // namespace voxmark::ui
