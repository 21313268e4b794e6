#pragma once

#include <QWidget>

#include "ui/models/session.h"

class QTreeWidget;

namespace voxmark::ui {

/// The layers and how the active one is laid on the others. Below: what its header says, warnings first.
class LayersPanel : public QWidget {
  Q_OBJECT
 public:
  LayersPanel(Session& session, QWidget* parent);

 private:
  void showDetails();

  Session& session_;
  QTreeWidget* details_;
  const Volume* detailed_ = nullptr;
};

}  // namespace voxmark::ui
