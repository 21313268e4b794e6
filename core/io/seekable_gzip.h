#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/io/file_access.h"

namespace voxmark {

/// A gzip member that can be read in parts, and that every other reader takes for an ordinary one: its data were
/// deflated chunk by chunk, each beginning afresh at a byte (a full flush), and the sizes of the deflated chunks are
/// listed in an extra field of the header (RFC 1952, 2.3.1.1; dictzip's idea). The field, identified by "VM":
///
/// | bytes | content, little-endian |
/// |---|---|
/// | 1 | version, 1 |
/// | 1 | n: every chunk but the last one holds 2^n bytes |
/// | 8 | decoded bytes in all |
/// | 4 | number of chunks |
/// | 3 each | deflated bytes of each chunk; 0: this chunk was deflated together with the one before |
///
/// Behind the chunks are an empty last block (2 bytes) and gzip's checksum and size (8 bytes).
struct ChunkTable {
  std::uint64_t chunk = 0;                ///< decoded bytes of every chunk but the last one
  std::uint64_t outBytes = 0;             ///< decoded bytes in all
  std::vector<std::uint32_t> chunkBytes;  ///< deflated; 0: together with the chunk before
  std::uint64_t dataAt = 0;               ///< of the file: the first chunk
  std::uint32_t checksum = 0;             ///< CRC-32 of all that is decoded
};

/// A header has room for so many chunks.
inline constexpr std::uint64_t kMostChunks = 21000;
inline constexpr unsigned kLeastChunkLog = 16;

/// The table of the member that begins at byte `begin`; empty where there is none, or where it contradicts itself or
/// the file: such a file is read like any other one.
[[nodiscard]] std::optional<ChunkTable> readChunkTable(const File& file, std::uint64_t begin);

/// log2 of the chunk for a member of `outBytes`: `wanted`, or as much more as the header needs.
[[nodiscard]] unsigned chunkLogFor(std::uint64_t outBytes, unsigned wanted);

/// The header of a member with room for the table of `chunks` chunks, whose sizes are all zero still.
[[nodiscard]] std::vector<std::byte> seekableHeader(std::uint64_t outBytes, unsigned chunkLog);
/// Where the sizes lie in that header, and how they are written.
inline constexpr std::uint64_t kTableAt = 30;
[[nodiscard]] std::vector<std::byte> tableBytes(const std::vector<std::uint32_t>& chunkBytes);

}  // namespace voxmark
