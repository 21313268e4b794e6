#pragma once

#include <QListView>

#include "ui/models/layer_list_model.h"

class QMenu;

namespace voxmark::ui {

/// The layers, top first: a click makes one active, its eye shows or hides it, its colours offer others; rows are
/// dragged into another order, a double click asks for its header, F2 renames, Delete removes, the right button offers
/// all of it.
class LayerList : public QListView {
  Q_OBJECT
 public:
  LayerList(Session& session, QWidget* parent);

 Q_SIGNALS:
  /// The user wants to see the header of a layer.
  void headerRequested(int layer);

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;
  void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
  void follow();
  void fillMenu(QMenu* menu, int id);
  void fillColours(QMenu* menu, int id);

  Session& session_;
  LayerListModel* layers_;
};

}  // namespace voxmark::ui
