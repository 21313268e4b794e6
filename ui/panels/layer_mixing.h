#pragma once

#include <QWidget>

#include "ui/models/session.h"

class QComboBox;
class QLabel;
class QSlider;

namespace voxmark::ui {

/// How the active layer is laid on those below it: opacity and blend.
class LayerMixing : public QWidget {
  Q_OBJECT
 public:
  LayerMixing(Session& session, QWidget* parent);

 private:
  void refresh();

  Session& session_;
  QSlider* opacity_;
  QLabel* percent_;
  QComboBox* blend_;
};

}  // namespace voxmark::ui
