#pragma once

#include <QPoint>

#include "ui/models/session.h"

class QWidget;

namespace voxmark::ui {

/// One undoable step each.
void deleteMark(Session& session, int id);
void renameMark(Session& session, int id, const QString& name);
void showMark(Session& session, int id, bool visible);

/// The menu of a mark under the pointer: rename, hide, delete. Returns at once.
void popUpMarkMenu(Session& session, int id, const QPoint& global, QWidget* parent);

}  // namespace voxmark::ui
