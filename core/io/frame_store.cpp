#include "core/io/frame_store.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "core/memory/buffer_pool.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kLargeFrame = std::uint64_t{16} << 20;

double gibibytes(std::uint64_t bytes) {
  return static_cast<double>(bytes) / 1073741824.0;
}

}  // namespace

/// Keeps a frame from giving way while it is copied from.
class FrameStore::Pin {
 public:
  /// Null where the frame is not in place.
  static std::unique_ptr<Pin> of(FrameStore& store, std::int64_t frame) {
    const std::lock_guard lock(store.mutex_);
    if (!store.filled_->complete(frame)) return nullptr;
    ++store.pinned_[frame];
    return std::unique_ptr<Pin>(new Pin(store, frame));
  }
  ~Pin() {
    const std::lock_guard lock(store_.mutex_);
    if (--store_.pinned_[frame_] == 0) store_.pinned_.erase(frame_);
  }
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;

 private:
  Pin(FrameStore& store, std::int64_t frame) : store_(store), frame_(frame) {}
  FrameStore& store_;
  std::int64_t frame_;
};

FrameStore::FrameStore(std::shared_ptr<VolumeSource> source, Available available)
    : source_(std::move(source)), available_(std::move(available)), stamp_(stampOf(source_->info().path)) {
  makeVolume();
}

void FrameStore::makeVolume() {
  VolumeInfo info = source_->info();
  info.byteOrder = ByteOrder::Little;
  validate(info);
  filled_ = std::make_shared<FilledSlices>(info.geometry.size, info.frames);
  requireRoom();
  if (info.frames > 1) {
    auto storage = std::make_unique<ReservedStorage>(info.totalBytes(), info.frameBytes() >= kLargeFrame);
    reserved_ = storage.get();
    volume_ = std::make_shared<Volume>(info, std::move(storage));
  } else {
    volume_ = std::make_shared<Volume>(info);
  }
  volume_->setFilled(filled_);
  shared_ = volume_;
}

FrameStore::Stamp FrameStore::stampOf(const std::string& path) {
  struct stat about {};
  if (path.empty() || stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return {};
  return {about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec};
}

void FrameStore::load(std::int64_t frame, JobContext& job, const FilledCallback& onFilled) {
  const std::lock_guard loading(loading_);
  if (filled_->complete(frame)) return;
  const VolumeInfo& about = info();
  try {
    job.throwIfCancelled();
    if (!(stampOf(about.path) == stamp_)) {
      throw fileError(ErrorCode::Io, about.path, "the file has changed since it was opened: open it again");
    }
    makeRoom(frame);
    source_->read(
        {wholeOf(about.geometry.size), frame}, {volume_->mutableFrameData(frame), about.frameBytes()},
        [&](const Region& part) {
          filled_->add(frame, part);
          if (onFilled) onFilled(part);
        },
        job);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    dropLocked(frame);
    filled_->giveUp(frame);
    throw;
  }
  const std::lock_guard lock(mutex_);
  filled_->addWhole(frame);
  kept_.push_back(frame);
}

bool FrameStore::withinShare(std::uint64_t bytes) const {
  const std::uint64_t held = kept_.size() * info().frameBytes();
  return held + bytes <= (available_() + held) / 2;
}

bool FrameStore::hasRoom() const {
  const std::lock_guard lock(mutex_);
  return withinShare(info().frameBytes());
}

void FrameStore::makeRoom(std::int64_t frame) {
  filled_->clear(frame);
  if (reserved_ == nullptr) return;  // it was taken at the start
  const std::uint64_t needed = info().frameBytes();
  const std::lock_guard lock(mutex_);
  while (!withinShare(needed)) {
    const auto oldest =
        std::find_if(kept_.begin(), kept_.end(), [&](std::int64_t kept) { return !pinned_.contains(kept); });
    if (oldest == kept_.end()) break;
    dropLocked(*oldest);
    kept_.erase(oldest);
  }
  requireRoom();
}

void FrameStore::requireRoom() const {
  const VolumeInfo& about = source_->info();
  const std::uint64_t needed = about.frameBytes();
  if (needed <= available_()) return;
  BufferPool::global().trim();
  const std::uint64_t available = available_();
  if (needed <= available) return;
  throw fileError(ErrorCode::Memory, about.path,
                  fmt::format("{} does not fit into memory (needed {:.1f} GiB, available {:.1f} GiB)",
                              about.frames > 1 ? "a frame" : "the volume", gibibytes(needed), gibibytes(available)));
}

void FrameStore::dropLocked(std::int64_t frame) {
  filled_->clear(frame);
  if (reserved_ == nullptr) return;
  const std::uint64_t bytes = info().frameBytes();
  reserved_->discard(static_cast<std::uint64_t>(frame) * bytes, bytes);
}

void FrameStore::touch(std::int64_t frame) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find(kept_.begin(), kept_.end(), frame);
  if (found != kept_.end()) kept_.splice(kept_.end(), kept_, found);
}

std::uint64_t FrameStore::bytesHeld() const {
  const std::lock_guard lock(mutex_);
  return kept_.size() * info().frameBytes();
}

void FrameStore::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                      JobContext& job) {
  checkRequest(request, target);
  if (const auto pin = Pin::of(*this, request.frame)) {
    copyRegion(*shared_, request, target, job);
    if (onFilled) onFilled(request.region);
    return;
  }
  source_->read(request, target, onFilled, job);
}

}  // namespace voxmark
