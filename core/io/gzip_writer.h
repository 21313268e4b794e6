#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/io/atomic_file.h"
#include "core/io/decoder.h"
#include "core/jobs/job_context.h"

namespace voxmark {

/// Compresses a stream to one gzip member, or one zlib stream, at the end of a file. Chunks are deflated in parallel
/// and joined; the bytes do not depend on the number of threads.
class GzipWriter {
 public:
  /// `level`: 0 fastest to 9 smallest (see deflateChunk), below 0 the default (1). `threads`: 0 for the default.
  GzipWriter(AtomicFile& file, Wrapper wrapper, int level, int threads);
  /// Throws Error(Io), Cancelled.
  void append(std::span<const std::byte> data, const JobContext& job);
  /// Writes what is left and the trailer. Nothing may be appended afterwards.
  void finish(const JobContext& job);

 private:
  void run(std::span<const std::byte> data, const JobContext& job);
  void putNumber(std::uint32_t value, bool bigEndian);

  AtomicFile& file_;
  Wrapper wrapper_;
  int level_;
  int threads_;
  std::size_t chunk_;  ///< bytes deflated by themselves
  std::size_t group_;  ///< bytes deflated together: some chunks a thread
  std::vector<std::byte> pending_;
  std::uint32_t checksum_;
  std::uint64_t size_ = 0;
};

/// CRC-32 (that of gzip and zip) of bytes that follow others whose CRC is `before` (0: of none).
[[nodiscard]] std::uint32_t continuedCrc(std::uint32_t before, std::span<const std::byte> data);
/// CRC-32 (that of gzip) of two stretches of bytes together, from their own and the length of the second.
[[nodiscard]] std::uint32_t joinedCrc(std::uint32_t first, std::uint32_t second, std::uint64_t secondBytes);

}  // namespace voxmark
