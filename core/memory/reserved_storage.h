#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/volume/storage.h"

namespace voxmark {

/// Host memory of which only the addresses are taken: a page costs memory once something is written to it, and none
/// again after discard(). What was never written reads as zero.
class ReservedStorage final : public Storage {
 public:
  /// Asks for huge pages where what is written lies in stretches much longer than one (2 MiB). Throws Error(Memory)
  /// where the system has no such stretch of addresses.
  ReservedStorage(std::uint64_t bytes, bool hugePages);
  ~ReservedStorage() override;
  ReservedStorage(const ReservedStorage&) = delete;
  ReservedStorage& operator=(const ReservedStorage&) = delete;
  [[nodiscard]] StorageKind kind() const override { return StorageKind::Host; }
  [[nodiscard]] std::size_t bytes() const override { return bytes_; }
  [[nodiscard]] const std::byte* data() const override { return data_; }
  [[nodiscard]] std::byte* mutableData() override { return data_; }
  [[nodiscard]] std::string description() const override { return "host, frame by frame"; }
  /// Gives the memory of the pages that lie wholly inside the stretch back to the system; they read as zero afterwards.
  void discard(std::uint64_t offset, std::uint64_t bytes);

 private:
  std::byte* data_ = nullptr;
  std::uint64_t bytes_;
};

}  // namespace voxmark
