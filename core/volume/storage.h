#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace voxmark {

enum class StorageKind { Host, Mapped, Device };

/// Where the bytes of a volume live: the one opaque handle. Host memory (usually from the buffer pool), a read-only
/// file mapping, or memory of a compute device, which only that device's backend can read.
class Storage {
 public:
  virtual ~Storage() = default;
  [[nodiscard]] virtual StorageKind kind() const = 0;
  [[nodiscard]] virtual std::size_t bytes() const = 0;
  /// Host address of the first byte; null for Device storage.
  [[nodiscard]] virtual const std::byte* data() const = 0;
  /// As data(), for writing; null where the memory is read-only or on a device.
  [[nodiscard]] virtual std::byte* mutableData() = 0;
  /// "host", "mapped file", "cuda:0", …
  [[nodiscard]] virtual std::string description() const = 0;
};

}  // namespace voxmark
