#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/document/document.h"

namespace voxmark {

/// The snapshots of a document and where we are among them. Used by one thread (the GUI's).
class History {
 public:
  explicit History(DocumentPtr initial);
  [[nodiscard]] const DocumentPtr& current() const { return entries_[position_].document; }

  /// Makes `document` current under the name `label` ("Window/level"); what could be redone is dropped. Consecutive
  /// pushes with the same non-empty `mergeKey` become one step: a drag is undone at once.
  void push(DocumentPtr document, std::string label, const std::string& mergeKey = {});
  /// Replaces the current snapshot without making a step, for what nobody would undo (the crosshair).
  void replace(DocumentPtr document);
  /// Ends merging: the next push with the same key is a step of its own.
  void endMerge() { mergeKey_.clear(); }
  /// Changes the past: `change` is applied to every snapshot, those that can be redone included, and says whether it
  /// did anything. A step that changes nothing any more is no step: the one before takes its place.
  void revise(const std::function<bool(Document&)>& change);
  /// Gives back what could be redone in `earlier`, where nothing has been done since.
  void restoreRedo(const History& earlier);
  /// Forgets all steps, for a new session.
  void reset(DocumentPtr document);

  [[nodiscard]] bool canUndo() const { return position_ > 0; }
  [[nodiscard]] bool canRedo() const { return position_ + 1 < entries_.size(); }
  [[nodiscard]] std::string undoLabel() const { return canUndo() ? entries_[position_].label : std::string{}; }
  [[nodiscard]] std::string redoLabel() const { return canRedo() ? entries_[position_ + 1].label : std::string{}; }
  void undo();
  void redo();

 private:
  struct Entry {
    DocumentPtr document;
    std::string label;
  };
  static constexpr std::size_t kLimit = 200;
  std::vector<Entry> entries_;
  std::size_t position_ = 0;
  std::string mergeKey_;
};

}  // namespace voxmark
