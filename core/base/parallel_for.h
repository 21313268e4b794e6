#pragma once

#include <cstddef>
#include <functional>

namespace voxmark {

/// Threads used where a caller passes 0: the hardware's, or what setDefaultThreads said.
[[nodiscard]] int defaultThreads();
void setDefaultThreads(int threads);

/// Calls body(begin, end, chunk) for consecutive chunks of `chunkSize` items of [0, count), on up to `threads`
/// threads (0: defaultThreads()). The chunks do not depend on the number of threads, so a reduction that keeps one
/// partial result a chunk and combines them in order gives the same bits for any thread count.
/// The first exception thrown by a body is rethrown here; remaining chunks are then skipped.
void parallelFor(std::size_t count, std::size_t chunkSize, int threads,
                 const std::function<void(std::size_t begin, std::size_t end, std::size_t chunk)>& body);

/// Calls body(n) for every n of [0, count), on up to `threads` threads (0: defaultThreads()), each taking the lowest
/// number that is left: what comes first is begun first. The first exception thrown is rethrown here; numbers that were
/// not begun are then skipped.
void parallelInOrder(std::size_t count, int threads, const std::function<void(std::size_t n)>& body);

/// Chunks that parallelFor makes for this count and size.
[[nodiscard]] inline std::size_t chunkCount(std::size_t count, std::size_t chunkSize) {
  return chunkSize == 0 ? 0 : count / chunkSize + (count % chunkSize != 0 ? 1 : 0);
}

}  // namespace voxmark
