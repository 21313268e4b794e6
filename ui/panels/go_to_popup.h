#pragma once

#include <QDialog>

#include "ui/models/session.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace voxmark::ui {

/// Takes the crosshair to a voxel or a place in millimetres. Leaves the window usable, and stays until it is closed.
class GoToPopup : public QDialog {
  Q_OBJECT
 public:
  GoToPopup(Session& session, QWidget* parent);
  /// Opens, or comes to the front, with the text selected.
  void ask();

 private:
  void go();
  void showExample();

  Session& session_;
  QLineEdit* place_;
  QComboBox* kind_;
  QLabel* message_;
};

}  // namespace voxmark::ui
