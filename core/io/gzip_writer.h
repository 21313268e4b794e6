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
/// and joined; the bytes do not depend on the number of threads. A gzip member whose size is known beforehand is
/// seekable (see ChunkTable).
class GzipWriter {
 public:
  /// Modes people ask for: speed is within a few percent of zlib's default in size, size is smaller than that.
  static constexpr int kSpeedLevel = 3;
  static constexpr int kSizeLevel = 6;

  /// `level`: 0 fastest to 9 smallest (see deflateChunk), below 0 kSpeedLevel. `threads`: 0 for the default.
  /// `bytes`: how many will be appended in all; 0 where that is not known.
  GzipWriter(AtomicFile& file, Wrapper wrapper, int level, int threads, std::uint64_t bytes = 0);
  /// Throws Error(Io), Cancelled.
  void append(std::span<const std::byte> data, const JobContext& job);
  /// Writes what is left, the trailer, and the table of chunks. Nothing may be appended afterwards.
  void finish(const JobContext& job);

 private:
  struct Packed;
  void writeHeader();
  void run(std::span<const std::byte> data, const JobContext& job);
  [[nodiscard]] Packed pack(std::span<const std::byte> block) const;
  void putNumber(std::uint32_t value, bool bigEndian);

  AtomicFile& file_;
  Wrapper wrapper_;
  int level_;
  int threads_;
  std::uint64_t begin_;    ///< of the member in the file
  std::uint64_t bytes_;    ///< announced; 0: no table
  unsigned chunkLog_ = 0;  ///< of the table
  std::size_t block_;      ///< bytes that one thread packs at a time
  std::size_t group_;      ///< bytes packed together: some blocks a thread
  std::vector<std::byte> pending_;
  std::vector<std::uint32_t> chunkBytes_;  ///< deflated, for the table
  std::uint32_t checksum_;
  std::uint64_t size_ = 0;
};

/// CRC-32 (that of gzip and zip) of bytes that follow others whose CRC is `before` (0: of none).
[[nodiscard]] std::uint32_t continuedCrc(std::uint32_t before, std::span<const std::byte> data);
/// CRC-32 (that of gzip) of two stretches of bytes together, from their own and the length of the second.
[[nodiscard]] std::uint32_t joinedCrc(std::uint32_t first, std::uint32_t second, std::uint64_t secondBytes);

}  // namespace voxmark
