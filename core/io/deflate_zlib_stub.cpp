#include "core/io/deflate_chunk.h"

namespace voxmark {

bool deflateWithZlib(std::span<const std::byte>, int, std::vector<std::byte>&) {
  return false;
}

}  // namespace voxmark
