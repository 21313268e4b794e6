#pragma once

#include <cstdint>
#include <ctime>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/cpu_info.h"
#include "core/io/volume_source.h"
#include "core/memory/reserved_storage.h"
#include "core/volume/filled_slices.h"

namespace voxmark {

/// A volume whose frames are read from their source when they are wanted, and kept while memory allows. All frames have
/// their place in volume() from the start; volume()->filled() says what of them is there. The frames of one store take
/// at most half of the memory that would be available without them, one frame aside, which only has to fit: the others
/// give way, the one shown longest ago first.
///
/// As a VolumeSource it serves all frames, wherever they are: those in place from memory, the others from the source,
/// without keeping them. Thread-safe.
class FrameStore final : public VolumeSource {
 public:
  using Available = std::function<std::uint64_t()>;
  /// Takes the room for a volume of one frame, and only the addresses where there are several. Throws Error(Memory)
  /// with the numbers where a frame does not fit into what `available` says.
  explicit FrameStore(std::shared_ptr<VolumeSource> source, Available available = availableMemory);

  [[nodiscard]] const VolumePtr& volume() const { return shared_; }
  /// Puts a frame in place, unless it is there. One at a time: a second call waits for the first. Throws what the
  /// source throws, Error(Memory), Error(Io) where the file is no longer the one that was opened, or Cancelled; nothing
  /// of the frame is in place then.
  void load(std::int64_t frame, JobContext& job, const FilledCallback& onFilled = {});
  /// Whether a frame could be put in place and no other had to give way for it.
  [[nodiscard]] bool hasRoom() const;
  /// The frame is looked at: it will be among the last to give way.
  void touch(std::int64_t frame);
  /// Bytes of the frames that are in place.
  [[nodiscard]] std::uint64_t bytesHeld() const;

  [[nodiscard]] const VolumeInfo& info() const override { return shared_->info(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  [[nodiscard]] std::vector<std::string> readWarnings() const override { return source_->readWarnings(); }
  [[nodiscard]] std::vector<std::string> files() const override { return source_->files(); }
  [[nodiscard]] std::int64_t preferredSlab() const override { return source_->preferredSlab(); }

 private:
  class Pin;
  /// What tells a file that was changed from the one that was opened.
  struct Stamp {
    std::int64_t bytes = -1;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  [[nodiscard]] static Stamp stampOf(const std::string& path);
  void makeVolume();
  /// Throws Error(Memory) where a frame does not fit, whatever else is given up.
  void requireRoom() const;
  void makeRoom(std::int64_t frame);
  void dropLocked(std::int64_t frame);
  /// Whether `bytes` more would keep to the store's share; to be called with the mutex held.
  [[nodiscard]] bool withinShare(std::uint64_t bytes) const;

  std::shared_ptr<VolumeSource> source_;
  Available available_;
  Stamp stamp_;
  std::shared_ptr<Volume> volume_;
  VolumePtr shared_;
  std::shared_ptr<FilledSlices> filled_;
  ReservedStorage* reserved_ = nullptr;  ///< the volume's, where there are several frames
  std::mutex loading_;                   ///< held while a frame is read
  mutable std::mutex mutex_;             ///< of what follows
  std::list<std::int64_t> kept_;         ///< frames in place, the one shown longest ago first
  std::map<std::int64_t, int> pinned_;   ///< frames that somebody copies from just now
};

}  // namespace voxmark
