#include "ui/panels/layer_list.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QShortcut>
#include <algorithm>

#include "ui/models/layer_edits.h"
#include "ui/render/color_map.h"
#include "ui/widgets/color_map_swatch.h"
#include "ui/widgets/layer_delegate.h"

namespace voxmark::ui {
namespace {

QMenu* makeMenu(QWidget* parent) {
  auto* menu = new QMenu(parent);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  return menu;
}

}  // namespace

LayerList::LayerList(Session& session, QWidget* parent)
    : QListView(parent), session_(session), layers_(new LayerListModel(session, this)) {
  auto* delegate = new LayerDelegate(this);
  setItemDelegate(delegate);
  setModel(layers_);
  setAccessibleName(tr("Layers"));
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::EditKeyPressed);
  setDragDropMode(QAbstractItemView::InternalMove);
  setDefaultDropAction(Qt::MoveAction);
  setDropIndicatorShown(true);
  connect(&session_, &Session::changed, this, &LayerList::follow);
  connect(delegate, &LayerDelegate::swatchClicked, this, [this](const QModelIndex& index, const QPoint& at) {
    auto* menu = makeMenu(this);
    fillColours(menu, index.data(LayerListModel::IdRole).toInt());
    menu->popup(at);
  });
  connect(this, &QListView::doubleClicked, this, [this](const QModelIndex& index) {
    const QPoint at = viewport()->mapFromGlobal(QCursor::pos());
    const QRect row = visualRect(index);
    if (LayerDelegate::eyeIn(row).contains(at) || LayerDelegate::swatchIn(row).contains(at)) return;
    Q_EMIT headerRequested(index.data(LayerListModel::IdRole).toInt());
  });
  auto* remove = new QShortcut(QKeySequence::Delete, this);
  remove->setContext(Qt::WidgetShortcut);
  connect(remove, &QShortcut::activated, this, [this] {
    if (const auto id = session_.document().activeLayer) removeLayer(session_, *id);
  });
  follow();
}

void LayerList::follow() {
  const auto id = session_.document().activeLayer;
  const int row = id ? layers_->rowOf(*id) : -1;
  const QModelIndex wanted = row < 0 ? QModelIndex() : layers_->index(row);
  if (wanted != currentIndex()) setCurrentIndex(wanted);
}

void LayerList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  if (!current.isValid()) return;
  const int id = current.data(LayerListModel::IdRole).toInt();
  // While rows come and go the view chooses others by itself; the document's choice stands.
  if (session_.document().find(id) == nullptr || layers_->rowCount() != std::ssize(session_.document().layers)) return;
  if (session_.document().activeLayer != id) session_.look([id](Document& d) { d.activeLayer = id; });
}

void LayerList::fillColours(QMenu* menu, int id) {
  const Layer* layer = session_.document().find(id);
  if (layer == nullptr) return;
  for (const std::string& name : render::colorMapNames()) {
    QAction* action = menu->addAction(
        QIcon(colorMapSwatch(name, {56, 14}, devicePixelRatioF())), QString::fromStdString(name), this,
        [this, id, name] { editDisplay(session_, id, tr("Colour map"), [&](LayerDisplay& d) { d.colorMap = name; }); });
    action->setCheckable(true);
    action->setChecked(layer->display.colorMap == name);
  }
}

void LayerList::fillMenu(QMenu* menu, int id) {
  const Layer& layer = *session_.document().find(id);
  const auto& layers = session_.document().layers;
  const auto place = static_cast<std::size_t>(&layer - layers.data());
  menu->addAction(layer.display.visible ? tr("Hide") : tr("Show"), this, [this, id] { toggleLayer(session_, id); });
  fillColours(menu->addMenu(tr("Colour map")), id);
  QMenu* blend = menu->addMenu(tr("Lay over"));
  const std::pair<Blend, QString> blends[] = {
      {Blend::Over, tr("Over what lies below")}, {Blend::Add, tr("Add")}, {Blend::Maximum, tr("Maximum")}};
  for (const auto& [mode, text] : blends) {
    QAction* action = blend->addAction(text, this, [this, id, mode = mode] {
      editDisplay(session_, id, tr("Blend"), [mode](LayerDisplay& d) { d.blend = mode; });
    });
    action->setCheckable(true);
    action->setChecked(layer.display.blend == mode);
  }
  QAction* hide = menu->addAction(tr("Hide values below the window"), this, [this, id] {
    editDisplay(session_, id, tr("Thresholds"), [](LayerDisplay& d) {
      d.hideBelow = d.hideBelow ? std::nullopt : std::optional<double>(d.window.level - d.window.width / 2);
    });
  });
  hide->setCheckable(true);
  hide->setChecked(layer.display.hideBelow.has_value());
  menu->addSeparator();
  menu->addAction(tr("Raise"), this, [this, id, place] { moveLayer(session_, id, place + 1); })
      ->setEnabled(place + 1 < layers.size());
  menu->addAction(tr("Lower"), this, [this, id, place] { moveLayer(session_, id, place - 1); })->setEnabled(place > 0);
  menu->addAction(tr("Header…"), this, [this, id] { Q_EMIT headerRequested(id); });
  menu->addAction(tr("Rename"), this, [this, id] { edit(layers_->index(layers_->rowOf(id))); });
  QAction* copy = menu->addAction(tr("Duplicate"), this, [this, id] { duplicateLayer(session_, id); });
  copy->setToolTip(tr("The same voxels, drawn in another way"));
  copy->setEnabled(!layer.opening);
  menu->addSeparator();
  menu->addAction(tr("Remove"), this, [this, id] { removeLayer(session_, id); });
}

void LayerList::contextMenuEvent(QContextMenuEvent* event) {
  const QModelIndex index = event->reason() == QContextMenuEvent::Keyboard ? currentIndex() : indexAt(event->pos());
  if (!index.isValid()) return;
  auto* menu = makeMenu(this);
  menu->setObjectName("layerMenu");
  menu->setToolTipsVisible(true);
  fillMenu(menu, index.data(LayerListModel::IdRole).toInt());
  menu->popup(event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(visualRect(index).bottomLeft())
                                                             : event->globalPos());
}

}  // namespace voxmark::ui
