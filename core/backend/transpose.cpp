#include "core/backend/transpose.h"

#include <algorithm>
#include <cstring>

#include "core/base/parallel_for.h"
#include "core/ops/convert_elements.h"

namespace voxmark {
namespace {

constexpr std::int64_t kRows = 16;  // output rows of a tile: neighbours in the input, a line of it for 4-byte voxels
constexpr std::int64_t kColumns = 256;          // of a tile's rows
constexpr std::int64_t kPitch = kColumns + 16;  // so that the rows do not compete for the same places in the cache
constexpr std::int64_t kAhead = 24;             // columns that are asked for before their turn: no prefetcher sees them
constexpr std::size_t kMostVoxelBytes = 8;

/// Turns a tile of `rows` × `columns`: element (row, column) lies at from + column·step + row (or − row, backwards).
template <typename T>
void turn(const std::byte* from, std::int64_t step, bool backwards, std::int64_t rows, std::int64_t columns, T* tile) {
  if (rows == kRows) {
    for (std::int64_t c = 0; c < columns; ++c) {
      const T* in = reinterpret_cast<const T*>(from + c * step) - (backwards ? kRows - 1 : 0);
      __builtin_prefetch(from + (c + kAhead) * step);
      T line[kRows];
      std::memcpy(line, in, sizeof line);
      for (std::int64_t r = 0; r < kRows; ++r) tile[r * kPitch + c] = line[backwards ? kRows - 1 - r : r];
    }
    return;
  }
  for (std::int64_t c = 0; c < columns; ++c) {
    const T* in = reinterpret_cast<const T*>(from + c * step);
    for (std::int64_t r = 0; r < rows; ++r) tile[r * kPitch + c] = backwards ? in[-r] : in[r];
  }
}

/// `along` is the output's axis along which the input's voxels follow each other.
template <typename T>
void transposeAs(const Rearrangement& work, std::size_t along, std::byte* out, int threads, const JobContext& job) {
  const std::size_t across = 3 - along;
  const std::int64_t tiles = (work.size[along] + kRows - 1) / kRows;
  const std::int64_t rowBytes = work.size[0] * static_cast<std::int64_t>(sizeof(T));
  const std::int64_t outStep[3] = {0, rowBytes, rowBytes * work.size[1]};
  const bool backwards = work.step[along] < 0;
  parallelFor(static_cast<std::size_t>(tiles * work.size[across]), 4, threads, [&](auto begin, auto end, auto) {
    alignas(64) T tile[kRows * kPitch];
    if (job.cancelled()) return;
    for (auto n = static_cast<std::int64_t>(begin); n < static_cast<std::int64_t>(end); ++n) {
      // Tiles that follow each other share the input's lines where voxels are small.
      const std::int64_t row = n % tiles * kRows, other = n / tiles;
      const std::int64_t rows = std::min(kRows, work.size[along] - row);
      const std::byte* from = work.first + row * work.step[along] + other * work.step[across];
      std::byte* to = out + row * outStep[along] + other * outStep[across];
      for (std::int64_t c = 0; c < work.size[0]; c += kColumns) {
        const std::int64_t columns = std::min(kColumns, work.size[0] - c);
        turn<T>(from + c * work.step[0], work.step[0], backwards, rows, columns, tile);
        for (std::int64_t r = 0; r < rows; ++r) {
          std::byte* line = to + r * outStep[along] + c * static_cast<std::int64_t>(sizeof(T));
          const auto* source = reinterpret_cast<const std::byte*>(tile + r * kPitch);
          const std::size_t bytes = static_cast<std::size_t>(columns) * sizeof(T);
          if (work.streams) {
            streamOut(line, source, bytes);
          } else {
            std::memcpy(line, source, bytes);
          }
        }
      }
    }
    if (work.streams) streamedOut();
  });
}

std::size_t alongOf(const Rearrangement& work) {
  const auto voxel = static_cast<std::int64_t>(work.voxelBytes);
  return work.step[1] == voxel || work.step[1] == -voxel ? 1 : 2;
}

}  // namespace

bool canTranspose(const Rearrangement& work) {
  const auto voxel = static_cast<std::int64_t>(work.voxelBytes);
  const std::int64_t step = work.step[alongOf(work)];
  const bool size = work.voxelBytes <= kMostVoxelBytes && (work.voxelBytes & (work.voxelBytes - 1)) == 0;
  const bool rows = work.step[0] == voxel || work.step[0] == -voxel;
  return size && !rows && (step == voxel || step == -voxel);
}

void transpose(const Rearrangement& work, std::byte* out, int threads, const JobContext& job) {
  const std::size_t along = alongOf(work);
  switch (work.voxelBytes) {
    case 1:
      return transposeAs<std::uint8_t>(work, along, out, threads, job);
    case 2:
      return transposeAs<std::uint16_t>(work, along, out, threads, job);
    case 4:
      return transposeAs<std::uint32_t>(work, along, out, threads, job);
    default:
      return transposeAs<std::uint64_t>(work, along, out, threads, job);
  }
}

}  // namespace voxmark
