#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <atomic>
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
  /// Changes every snapshot, for what turns out about a layer after it was opened: see History::revise.
  void revise(const std::function<bool(Document&)>& change);
  /// As revise, to take back all that has been done since `before`, whose redoable steps come back too.
  void withdraw(const std::function<bool(Document&)>& change, const History& before);
  /// Voxels of a layer have come in. From any thread; filled() follows on the GUI's, a dozen times a second at most.
  void noteFilled();
  /// As noteFilled, of the last voxels of a read: filled() is emitted now. On the GUI's thread.
  void announceFilled();
  void endMerge() { history_.endMerge(); }
  void undo();
  void redo();

 Q_SIGNALS:
  void changed();
  /// The layers hold more voxels than before.
  void filled();

 private:
  /// Back or forth; the same place is looked at as before, unless another volume is at the bottom.
  void step(void (History::*way)());

  History history_;
  std::atomic<bool> noted_{false};  ///< filled() is on its way
  QElapsedTimer sinceFilled_;
};

}  // namespace voxmark::ui
