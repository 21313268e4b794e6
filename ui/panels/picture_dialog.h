#pragma once

#include <QDialog>
#include <QPointer>

#include "ui/panels/picture_maker.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace voxmark::ui {

/// Asks what a picture is to show, how large, and where it goes.
class PictureDialog : public QDialog {
  Q_OBJECT
 public:
  struct Choice {
    QString name;
    QPointer<QWidget> what;
  };
  PictureDialog(const QList<Choice>& choices, QWidget* parent);
  [[nodiscard]] PictureMaker::Request request() const;

 Q_SIGNALS:
  void saveRequested();
  void copyRequested();

 private:
  void update();

  QList<Choice> choices_;
  QComboBox* what_;
  QSpinBox* scale_;
  QCheckBox* annotations_;
  QLabel* size_;
  QPushButton* save_ = nullptr;
};

}  // namespace voxmark::ui
