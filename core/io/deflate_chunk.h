#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace voxmark {

/// Bytes that are deflated by themselves at a level: little enough to be done in some 20 ms, and so much that what is
/// lost at their borders does not count.
[[nodiscard]] std::size_t deflateChunkBytes(int level);

/// Deflates `data` to blocks that end at a byte and of which none is the last one, so that chunks made one by one, on
/// any thread, can be joined to one stream. `level`: 0 fastest to 9 smallest; 4 and more need zlib, and act as 3 in a
/// build without it. Throws Error(Io).
[[nodiscard]] std::vector<std::byte> deflateChunk(std::span<const std::byte> data, int level);

/// The part of deflateChunk that zlib does; false in a build without it.
[[nodiscard]] bool deflateWithZlib(std::span<const std::byte> data, int level, std::vector<std::byte>& out);

}  // namespace voxmark
