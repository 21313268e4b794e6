#include "core/backend/input_slab.h"

#include "core/memory/buffer_pool.h"

namespace voxmark {

InputSlab fetchSlab(VolumeSource& source, const Region& region, std::int64_t frame, std::unique_ptr<Storage>& buffer,
                    JobContext& job) {
  const VolumeInfo& info = source.info();
  const Volume* resident = source.resident();
  if (resident != nullptr && resident->onHost()) {
    const Index3& size = info.geometry.size;
    InputSlab whole{resident->frameData(frame), wholeOf(size), {1, size[0], size[0] * size[1]}};
    return {whole.at(region.start[0], region.start[1], region.start[2], info.voxelBytes()), region, whole.stride};
  }
  const std::size_t bytes = static_cast<std::size_t>(region.voxels()) * info.voxelBytes();
  buffer = BufferPool::global().acquire(bytes);
  source.read({region, frame}, {buffer->mutableData(), bytes}, {}, job);
  return {buffer->data(), region, {1, region.size[0], region.size[0] * region.size[1]}};
}

}  // namespace voxmark
