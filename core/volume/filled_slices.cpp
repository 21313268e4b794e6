#include "core/volume/filled_slices.h"

#include <algorithm>

namespace voxmark {

FilledSlices::FilledSlices(const Index3& size, std::int64_t frames) : size_(size), frameCount_(frames) {}

void FilledSlices::add(std::int64_t frame, const Region& part) {
  const std::lock_guard lock(mutex_);
  Frame& record = frames_[frame];
  if (record.slices == size_[2]) return;
  if (record.missing.empty()) record.missing.assign(static_cast<std::size_t>(size_[2]), size_[0] * size_[1]);
  const std::int64_t begin = std::clamp<std::int64_t>(part.start[2], 0, size_[2]);
  const std::int64_t end = std::clamp<std::int64_t>(part.end()[2], begin, size_[2]);
  for (std::int64_t k = begin; k < end; ++k) {
    std::int64_t& missing = record.missing[static_cast<std::size_t>(k)];
    if (missing == 0) continue;
    missing = std::max<std::int64_t>(0, missing - part.size[0] * part.size[1]);
    if (missing == 0) ++record.slices;
  }
  if (record.slices == size_[2]) {
    record.missing = {};
    ++completeFrames_;
  }
}

void FilledSlices::addWhole(std::int64_t frame) {
  const std::lock_guard lock(mutex_);
  Frame& record = frames_[frame];
  if (record.slices == size_[2]) return;
  record = {{}, size_[2]};
  ++completeFrames_;
}

void FilledSlices::clear(std::int64_t frame) {
  const std::lock_guard lock(mutex_);
  clearLocked(frame);
}

void FilledSlices::giveUp(std::int64_t frame) {
  const std::lock_guard lock(mutex_);
  clearLocked(frame);
  givenUp_.insert(frame);
}

bool FilledSlices::givenUp(std::int64_t frame) const {
  const std::lock_guard lock(mutex_);
  return givenUp_.contains(frame);
}

void FilledSlices::clearLocked(std::int64_t frame) {
  givenUp_.erase(frame);
  const auto found = frames_.find(frame);
  if (found == frames_.end()) return;
  if (found->second.slices == size_[2]) --completeFrames_;
  frames_.erase(found);
}

bool FilledSlices::hasLocked(std::int64_t frame, std::int64_t k) const {
  const auto found = frames_.find(frame);
  if (found == frames_.end() || k < 0 || k >= size_[2]) return false;
  return found->second.slices == size_[2] || found->second.missing[static_cast<std::size_t>(k)] == 0;
}

bool FilledSlices::has(std::int64_t frame, std::int64_t k) const {
  const std::lock_guard lock(mutex_);
  return hasLocked(frame, k);
}

bool FilledSlices::complete(std::int64_t frame) const {
  return count(frame) == size_[2];
}

bool FilledSlices::complete() const {
  const std::lock_guard lock(mutex_);
  return completeFrames_ == frameCount_;
}

std::int64_t FilledSlices::count(std::int64_t frame) const {
  const std::lock_guard lock(mutex_);
  const auto found = frames_.find(frame);
  return found == frames_.end() ? 0 : found->second.slices;
}

std::vector<std::int64_t> FilledSlices::slices(std::int64_t frame) const {
  std::vector<std::int64_t> out;
  const std::vector<char> there = mask(frame);
  for (std::int64_t k = 0; k < size_[2]; ++k) {
    if (there[static_cast<std::size_t>(k)] != 0) out.push_back(k);
  }
  return out;
}

std::vector<char> FilledSlices::mask(std::int64_t frame) const {
  const std::lock_guard lock(mutex_);
  std::vector<char> out(static_cast<std::size_t>(size_[2]), 0);
  for (std::int64_t k = 0; k < size_[2]; ++k) out[static_cast<std::size_t>(k)] = hasLocked(frame, k) ? 1 : 0;
  return out;
}

}  // namespace voxmark
