#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace voxmark {

/// Deflates `data` to blocks that end at a byte, refer to nothing before them and of which none is the last one, so
/// that chunks made one by one, on any thread, can be joined to one stream. `level`: 0 fastest to 9 smallest. Up to 3
/// it is ISA-L that compresses, above libdeflate. Throws Error(Io).
[[nodiscard]] std::vector<std::byte> deflateChunk(std::span<const std::byte> data, int level);

}  // namespace voxmark
