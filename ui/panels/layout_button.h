#pragma once

#include <QAction>
#include <QToolButton>

#include "ui/models/session.h"

namespace voxmark::ui {

/// A button that shows the layout of the views and opens the list of them.
class LayoutButton : public QToolButton {
  Q_OBJECT
 public:
  LayoutButton(Session& session, const QList<QAction*>& layouts, QWidget* parent);
};

}  // namespace voxmark::ui
