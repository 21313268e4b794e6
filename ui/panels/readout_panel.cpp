#include "ui/panels/readout_panel.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include "core/document/readout.h"
#include "ui/models/preview_reading.h"

namespace voxmark::ui {

ReadoutPanel::ReadoutPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), place_(new QLabel(this)), values_(new QTreeWidget(this)) {
  place_->setObjectName("readoutPlace");
  place_->setAccessibleName(tr("Place in the patient, mm"));
  place_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  values_->setObjectName("readoutValues");
  values_->setAccessibleName(tr("Values of the layers under the pointer"));
  values_->setHeaderLabels({tr("Layer"), tr("Voxel"), tr("Value")});
  values_->setRootIsDecorated(false);
  values_->setSelectionMode(QAbstractItemView::NoSelection);
  values_->setFocusPolicy(Qt::TabFocus);
  values_->setUniformRowHeights(true);
  values_->setTextElideMode(Qt::ElideMiddle);
  values_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  QHeaderView* header = values_->header();
  header->setStretchLastSection(true);
  header->setMinimumSectionSize(40);
  header->resizeSection(0, 104);
  header->resizeSection(1, 84);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 4, 4, 4);
  layout->setSpacing(4);
  layout->addWidget(place_);
  layout->addWidget(values_, 1);
  connect(&session_, &Session::changed, this, [this] { showPlace(std::nullopt); });
  connect(&session_, &Session::filled, this, [this] { showPlace(std::nullopt); });
}

void ReadoutPanel::showPlace(std::optional<Vec3> world) {
  shown_ = world;
  if (!isVisible()) return;
  const Document& document = session_.document();
  const Vec3 at = world.value_or(document.views.crosshair);
  const std::vector<Reading> readings = readingsAt(document, at);
  place_->setText(readings.empty()
                      ? QString()
                      : QString::fromStdString(placeText(at)) + tr(" mm") + (world ? QString() : tr("  (crosshair)")));
  QList<QStringList> rows;
  for (const Reading& reading : readings) {
    const QStringList own{QString::fromStdString(reading.name), QString::fromStdString(voxelText(reading)),
                          QString::fromStdString(valueText(reading))};
    const auto previewed =
        reading.layer == document.activeLayer ? previewedReading(document, preview_, at) : std::nullopt;
    if (!previewed) {
      rows << own;
      continue;
    }
    // What the pictures show is the value after the steps.
    const Reading& before = previewed->before;
    rows << QStringList{own[0], QString::fromStdString(voxelText(before)), QString()};
    rows << QStringList{tr("   before steps"), QString(), QString::fromStdString(valueText(before))};
    if (!previewed->after.isEmpty()) rows << QStringList{tr("   after steps"), QString(), previewed->after};
  }
  showRows(rows);
}

void ReadoutPanel::showRows(const QList<QStringList>& rows) {
  while (values_->topLevelItemCount() > rows.size()) delete values_->takeTopLevelItem(0);
  for (int row = 0; row < rows.size(); ++row) {
    QTreeWidgetItem* item = values_->topLevelItem(row);
    if (item == nullptr) item = new QTreeWidgetItem(values_);
    for (int column = 0; column < 3; ++column) {
      item->setText(column, rows[row][column]);
      item->setToolTip(column, rows[row][column].trimmed());
    }
  }
}

void ReadoutPanel::setPreview(const ProcessPreview* preview) {
  preview_ = preview;
  connect(
      preview, &ProcessPreview::pictureChanged, this, [this] { showPlace(shown_); }, Qt::QueuedConnection);
}

void ReadoutPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  showPlace(std::nullopt);
}

}  // namespace voxmark::ui
