#pragma once

#include <QWidget>

#include "ui/models/session.h"

class QToolButton;

namespace voxmark::ui {

class ElidedLabel;

/// Says which layer the steps apply to. On a result of theirs it offers to apply them to the result instead.
class StepsTarget : public QWidget {
  Q_OBJECT
 public:
  StepsTarget(Session& session, QWidget* parent);
  void refresh();

 private:
  Session& session_;
  ElidedLabel* text_;
  QToolButton* instead_;
};

}  // namespace voxmark::ui
