#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "core/io/atomic_file.h"

namespace voxmark {

/// Compresses a stream into one gzip member at the end of a file.
class GzipWriter {
 public:
  /// `level`: 0 fastest to 3 smallest; more counts as 3, below 0 is the default (1).
  GzipWriter(AtomicFile& file, int level);
  ~GzipWriter();
  GzipWriter(const GzipWriter&) = delete;
  GzipWriter& operator=(const GzipWriter&) = delete;
  void append(std::span<const std::byte> data);
  /// Writes the trailer. Nothing may be appended afterwards.
  void finish();

 private:
  void run(std::span<const std::byte> data, bool last);

  struct State;
  AtomicFile& file_;
  std::unique_ptr<State> state_;
};

}  // namespace voxmark
