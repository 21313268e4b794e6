#include "ui/panels/layout_button.h"

#include <QMenu>

namespace voxmark::ui {

LayoutButton::LayoutButton(Session& session, const QList<QAction*>& layouts, QWidget* parent) : QToolButton(parent) {
  setObjectName("layoutButton");
  setAccessibleName(tr("Layout of the views"));
  setToolTip(tr("How the views are laid out"));
  setPopupMode(QToolButton::InstantPopup);
  setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  setText(tr("Layout"));
  auto* menu = new QMenu(this);
  for (QAction* layout : layouts) {
    if (layout->objectName() == "view.axial") menu->addSeparator();
    menu->addAction(layout);
  }
  setMenu(menu);
  const auto follow = [this, layouts] {
    for (const QAction* layout : layouts) {
      if (layout->isChecked()) setIcon(layout->icon());
    }
  };
  connect(&session, &Session::changed, this, follow);
  follow();
}

}  // namespace voxmark::ui
