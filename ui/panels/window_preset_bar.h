#pragma once

#include <QWidget>

#include "ui/models/session.h"

class QComboBox;
class QMenu;

namespace voxmark::ui {

/// Windows by name: those of CT and the user's own, which are saved and deleted here.
class WindowPresetBar : public QWidget {
  Q_OBJECT
 public:
  WindowPresetBar(Session& session, QWidget* parent);
  /// Asks for a name and keeps the active layer's window under it.
  void askToKeep();

 private:
  void fill();
  void follow();
  void fillMenu(QMenu* menu);

  Session& session_;
  QComboBox* presets_;
};

}  // namespace voxmark::ui
