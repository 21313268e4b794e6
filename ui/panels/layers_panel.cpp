#include "ui/panels/layers_panel.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include <fmt/format.h>

#include "ui/panels/layer_list.h"
#include "ui/panels/layer_mixing.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

void addRow(QTreeWidget* tree, const QString& key, const std::string& value) {
  auto* item = new QTreeWidgetItem(tree, {key, QString::fromStdString(value)});
  item->setToolTip(0, key);
  item->setToolTip(1, QString::fromStdString(value));
}

void addSummary(QTreeWidget* tree, const VolumeInfo& info) {
  const Geometry& g = info.geometry;
  addRow(tree, "Format", info.format);
  addRow(tree, "Size", fmt::format("{} × {} × {}", g.size[0], g.size[1], g.size[2]));
  if (info.frames > 1) addRow(tree, "Frames", std::to_string(info.frames));
  if (info.components > 1) addRow(tree, "Components", std::to_string(info.components));
  addRow(tree, "Voxel type", std::string(pixelTypeName(info.pixelType)));
  addRow(tree, "Spacing", fmt::format("{:.4g} × {:.4g} × {:.4g} mm", g.spacing[0], g.spacing[1], g.spacing[2]));
  addRow(tree, "Orientation", orientationOf(g));
  if (obliqueAngle(g) > 0.05) addRow(tree, "Oblique by", fmt::format("{:.1f}°", obliqueAngle(g)));
  if (!info.scale.identity()) {
    addRow(tree, "Scale", fmt::format("× {:g} + {:g}", info.scale.common().slope, info.scale.common().intercept));
  }
  addRow(tree, "Memory", fmt::format("{:.1f} MB", static_cast<double>(info.totalBytes()) / 1e6));
}

}  // namespace

LayersPanel::LayersPanel(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), details_(new QTreeWidget(this)) {
  auto* list = new LayerList(session_, this);
  list->setObjectName("layerList");
  details_->setColumnCount(2);
  details_->setHeaderHidden(true);
  details_->setRootIsDecorated(false);
  details_->setAlternatingRowColors(true);
  details_->setTextElideMode(Qt::ElideRight);
  details_->setAccessibleName(tr("Header of the active layer"));
  auto* upper = new QWidget(this);
  auto* column = new QVBoxLayout(upper);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(list, 1);
  column->addWidget(new LayerMixing(session_, upper));
  auto* splitter = new QSplitter(Qt::Vertical, this);
  splitter->addWidget(upper);
  splitter->addWidget(details_);
  splitter->setSizes({220, 400});
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 4, 4, 4);
  layout->addWidget(splitter);
  connect(&session_, &Session::changed, this, &LayersPanel::showDetails);
  showDetails();
}

void LayersPanel::showDetails() {
  const Layer* active = session_.document().active();
  const Volume* volume = active != nullptr ? active->volume.get() : nullptr;
  if (volume == detailed_) return;
  detailed_ = volume;
  details_->clear();
  if (volume == nullptr) return;
  const VolumeInfo& info = volume->info();
  for (const std::string& warning : info.warnings) {
    addRow(details_, tr("Warning"), warning);
    details_->topLevelItem(details_->topLevelItemCount() - 1)->setForeground(0, themeColours().warning);
  }
  addSummary(details_, info);
  if (active->derivedFrom) {  // the header is that of the file it was made from
    const Layer* from = session_.document().find(*active->derivedFrom);
    addRow(details_, tr("Made from"), from != nullptr ? from->name : "a layer that was removed");
    for (const Operation& step : active->history) addRow(details_, tr("Step"), describe(step));
  } else {
    for (const auto& [key, value] : info.metadata) addRow(details_, QString::fromStdString(key), value);
  }
  details_->resizeColumnToContents(0);
  details_->setColumnWidth(0, std::min(details_->columnWidth(0), details_->viewport()->width() * 2 / 5));
}

}  // namespace voxmark::ui
