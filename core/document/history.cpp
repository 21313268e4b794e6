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

void History::revise(const std::function<bool(Document&)>& change) {
  std::vector<Entry> kept;
  std::size_t position = 0;
  for (std::size_t n = 0; n < entries_.size(); ++n) {
    Document document = *entries_[n].document;
    if (change(document)) entries_[n].document = std::make_shared<const Document>(std::move(document));
    if (!kept.empty() && kept.back().document->sameContent(*entries_[n].document)) {
      if (n <= position_) kept.back().document = entries_[n].document;  // looked at as it is now
      mergeKey_.clear();
    } else {
      kept.push_back(entries_[n]);
    }
    if (n == position_) position = kept.size() - 1;
  }
  entries_ = std::move(kept);
  position_ = position;
}

void History::restoreRedo(const History& earlier) {
  if (canRedo() || position_ != earlier.position_) return;
  const auto from = earlier.entries_.begin() + static_cast<std::ptrdiff_t>(position_) + 1;
  entries_.insert(entries_.end(), from, earlier.entries_.end());
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
