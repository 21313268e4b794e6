#include "ui/widgets/tools/mark_menu.h"

#include <QCoreApplication>
#include <QInputDialog>
#include <QMenu>

namespace voxmark::ui {
namespace {

QString text(const char* source) {
  return QCoreApplication::translate("MarkMenu", source);
}

void change(Session& session, const QString& label, int id, const std::function<void(Mark&)>& change) {
  session.edit(label, [&](Document& d) {
    for (Mark& mark : d.marks) {
      if (mark.id == id) change(mark);
    }
  });
}

void askForName(Session& session, int id, QWidget* parent) {
  const Mark* mark = session.document().findMark(id);
  if (mark == nullptr) return;
  auto* dialog = new QInputDialog(parent);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(text("Rename mark"));
  dialog->setLabelText(text("Name"));
  dialog->setTextValue(QString::fromStdString(mark->name));
  QObject::connect(dialog, &QInputDialog::textValueSelected, dialog,
                   [&session, id](const QString& name) { renameMark(session, id, name.trimmed()); });
  dialog->open();
}

}  // namespace

void deleteMark(Session& session, int id) {
  if (session.document().findMark(id) == nullptr) return;
  session.edit(text("Delete mark"), [id](Document& d) {
    std::erase_if(d.marks, [id](const Mark& mark) { return mark.id == id; });
    if (d.selectedMark == id) d.selectedMark.reset();
  });
}

void renameMark(Session& session, int id, const QString& name) {
  const Mark* mark = session.document().findMark(id);
  if (mark == nullptr || name.isEmpty() || mark->name == name.toStdString()) return;
  change(session, text("Rename mark"), id, [&](Mark& it) { it.name = name.toStdString(); });
}

void showMark(Session& session, int id, bool visible) {
  change(session, visible ? text("Show mark") : text("Hide mark"), id, [&](Mark& it) { it.visible = visible; });
}

void popUpMarkMenu(Session& session, int id, const QPoint& global, QWidget* parent) {
  auto* menu = new QMenu(parent);
  menu->setObjectName("markMenu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(text("&Rename…"), menu, [&session, id, parent] { askForName(session, id, parent); });
  menu->addAction(text("&Hide"), menu, [&session, id] { showMark(session, id, false); });
  menu->addSeparator();
  menu->addAction(text("&Delete"), menu, [&session, id] { deleteMark(session, id); });
  menu->popup(global);
}

}  // namespace voxmark::ui
