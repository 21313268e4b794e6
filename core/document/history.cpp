#include "core/document/history.h"

#include <memory>

namespace voxmark {

History::History(DocumentPtr initial) {
  entries_.push_back({std::move(initial), {}});
}

void History::push(DocumentPtr document, std::string label, const std::string& mergeKey) {
  entries_.resize(position_ + 1);
  if (!mergeKey.empty() && mergeKey == mergeKey_ && position_ > 0) {
    entries_[position_].document = std::move(document);
    return;
  }
  mergeKey_ = mergeKey;
  entries_.push_back({std::move(document), std::move(label)});
  ++position_;
  if (entries_.size() > kLimit) {
    entries_.erase(entries_.begin());
    --position_;
  }
}

void History::replace(DocumentPtr document) {
  entries_[position_].document = std::move(document);
}

void History::reset(DocumentPtr document) {
  entries_.clear();
  entries_.push_back({std::move(document), {}});
  position_ = 0;
  mergeKey_.clear();
}

void History::undo() {
  if (canUndo()) --position_;
  mergeKey_.clear();
}

void History::redo() {
  if (canRedo()) ++position_;
  mergeKey_.clear();
}

}  // namespace voxmark
