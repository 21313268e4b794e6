#pragma once

#include <QListWidget>
#include <QWidget>

#include "ui/models/session.h"

class QTreeWidget;

namespace voxmark::ui {

/// The layers, top first: check to show, click to make active, Delete to remove. Below: what the active one's header
/// says, warnings first.
class LayersPanel : public QWidget {
  Q_OBJECT
 public:
  LayersPanel(Session& session, QWidget* parent);

 private:
  void refresh();
  void showDetails();
  void removeActive();

  Session& session_;
  QListWidget* list_;
  QTreeWidget* details_;
  const Volume* detailed_ = nullptr;
};

}  // namespace voxmark::ui
