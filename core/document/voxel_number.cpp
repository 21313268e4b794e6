#include "core/document/voxel_number.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/memory/buffer_pool.h"
#include "core/ops/voxel_values.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kPartBytes = std::uint64_t{64} << 20;

/// The numbers of a row whose `components` values a voxel lie behind one another in `values`; `out` may be shorter.
void joinComponents(VoxelNumber number, std::size_t components, const std::vector<double>& values,
                    std::vector<double>& out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double* voxel = values.data() + i * components;
    if (number != VoxelNumber::Length) {
      out[i] = voxel[0];
      continue;
    }
    double squares = 0;
    for (std::size_t c = 0; c < components; ++c) squares += voxel[c] * voxel[c];
    out[i] = std::sqrt(squares);
  }
}

}  // namespace

VoxelNumber voxelNumberOf(const VolumeInfo& info) {
  if (info.components == 1) return VoxelNumber::Value;
  return info.meaning == ComponentMeaning::Vector ? VoxelNumber::Length : VoxelNumber::First;
}

std::string describe(VoxelNumber number) {
  switch (number) {
    case VoxelNumber::Value:
      return "value";
    case VoxelNumber::Length:
      return "length of the vector";
    case VoxelNumber::First:
      return "first component";
  }
  return {};
}

void visitRows(VolumeSource& source, const ReadRequest& request, const RowVisitor& row, JobContext& job) {
  const VolumeInfo& info = source.info();
  const Region& region = request.region;
  if (region.empty()) return;
  const VoxelNumber number = voxelNumberOf(info);
  const auto components = static_cast<std::size_t>(info.components);
  const std::uint64_t rowBytes = static_cast<std::uint64_t>(region.size[0]) * info.voxelBytes();
  const std::uint64_t sliceBytes = rowBytes * static_cast<std::uint64_t>(region.size[1]);
  const auto slices = std::clamp<std::int64_t>(static_cast<std::int64_t>(kPartBytes / sliceBytes), 1, region.size[2]);
  const auto buffer = BufferPool::global().acquire(sliceBytes * static_cast<std::uint64_t>(slices));
  std::vector<double> values(static_cast<std::size_t>(region.size[0]) * components);
  std::vector<double> numbers(static_cast<std::size_t>(region.size[0]));
  for (std::int64_t begin = 0; begin < region.size[2]; begin += slices) {
    const Region part = slab(region, begin, std::min(begin + slices, region.size[2]));
    source.read({part, request.frame}, {buffer->mutableData(), sliceBytes * static_cast<std::uint64_t>(part.size[2])},
                {}, job);
    const std::byte* from = buffer->data();
    for (std::int64_t k = part.start[2]; k < part.end()[2]; ++k) {
      job.throwIfCancelled();
      const LinearScale scale = info.scale.at(request.frame, k, info.geometry.size[2]);
      for (std::int64_t j = part.start[1]; j < part.end()[1]; ++j, from += rowBytes) {
        std::vector<double>& target = components == 1 ? numbers : values;
        loadValues(info.pixelType, from, 1, target.size(), scale, target.data());
        if (components > 1) joinComponents(number, components, values, numbers);
        row(j, k, numbers.data());
      }
    }
  }
}

}  // namespace voxmark
