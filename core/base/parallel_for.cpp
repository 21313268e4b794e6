#include "core/base/parallel_for.h"

#include <algorithm>
#include <atomic>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "core/base/cpu_info.h"

namespace voxmark {
namespace {

std::atomic<int>& threadSetting() {
  static std::atomic<int> value{0};
  return value;
}

}  // namespace

int defaultThreads() {
  const int set = threadSetting().load();
  if (set > 0) return set;
  return std::max(1, cpuInfo().logicalCores);  // those that this process may use
}

void setDefaultThreads(int threads) {
  threadSetting().store(threads > 0 ? threads : 0);
}

void parallelFor(std::size_t count, std::size_t chunkSize, int threads,
                 const std::function<void(std::size_t, std::size_t, std::size_t)>& body) {
  if (count == 0 || chunkSize == 0) return;
  const std::size_t chunks = chunkCount(count, chunkSize);
  const int used = threads > 0 ? threads : defaultThreads();
  auto runChunk = [&](std::size_t chunk) {
    const std::size_t begin = chunk * chunkSize;
    body(begin, begin + std::min(count - begin, chunkSize), chunk);
  };
  if (used == 1 || chunks == 1) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) runChunk(chunk);
    return;
  }
  tbb::task_arena arena(used);
  arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, chunks, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          for (std::size_t chunk = range.begin(); chunk != range.end(); ++chunk) runChunk(chunk);
        },
        tbb::simple_partitioner());
  });
}

void parallelInOrder(std::size_t count, int threads, const std::function<void(std::size_t)>& body) {
  const auto used = std::min(count, static_cast<std::size_t>(threads > 0 ? threads : defaultThreads()));
  std::atomic<std::size_t> next{0};
  const auto work = [&](std::size_t, std::size_t, std::size_t) {
    for (std::size_t n = next.fetch_add(1); n < count; n = next.fetch_add(1)) {
      try {
        body(n);
      } catch (...) {
        next.store(count);
        throw;
      }
    }
  };
  parallelFor(used, 1, static_cast<int>(used), work);
}

}  // namespace voxmark
