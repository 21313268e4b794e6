#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/volume/storage.h"

namespace voxmark {

/// Large host buffers that are used again instead of being returned to the system: the first touch of fresh pages
/// costs more than the copy that fills them. Buffers of 2 MiB and more are aligned for, and ask for, huge pages.
/// Thread-safe.
class BufferPool {
 public:
  /// Keeps up to `keepBytes` of released buffers.
  explicit BufferPool(std::uint64_t keepBytes = std::uint64_t{1} << 30);
  ~BufferPool();
  BufferPool(const BufferPool&) = delete;
  BufferPool& operator=(const BufferPool&) = delete;

  /// A writable Host buffer of at least `bytes`, contents undefined. It goes back to the pool when destroyed, and may
  /// outlive the pool. Throws Error(Memory) with the numbers when it would not fit into available memory.
  [[nodiscard]] std::unique_ptr<Storage> acquire(std::uint64_t bytes);
  /// Returns everything that is not in use to the system.
  void trim();

  struct Usage {
    std::uint64_t inUse = 0;
    std::uint64_t kept = 0;
    std::uint64_t highWater = 0;  ///< largest inUse since resetHighWater
  };
  [[nodiscard]] Usage usage() const;
  void resetHighWater();

  static BufferPool& global();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace voxmark
