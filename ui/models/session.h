#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <string>

#include "core/document/history.h"

namespace voxmark::ui {

/// The document that the window shows, and the way to change it. Widgets read document(), call edit(), and follow
/// changed(); none keeps state of its own that undo would miss.
class Session : public QObject {
  Q_OBJECT
 public:
  explicit Session(QObject* parent = nullptr);
  [[nodiscard]] const Document& document() const { return *history_.current(); }
  [[nodiscard]] const History& history() const { return history_; }

  /// One undoable step. Consecutive edits with the same `mergeKey` are undone together (a drag).
  void edit(const QString& label, const std::function<void(Document&)>& change, const std::string& mergeKey = {});
  /// A change that nobody would undo: crosshair, zoom, pan.
  void look(const std::function<void(Document&)>& change);
  void endMerge() { history_.endMerge(); }
  void undo();
  void redo();

 Q_SIGNALS:
  void changed();

 private:
  History history_;
};

}  // namespace voxmark::ui
