#include "core/backend/sweep_source.h"

namespace voxmark {

SweepSource::SweepSource(Plan plan, VolumeSource& input, int threads, JobContext& job)
    : plan_(std::move(plan)),
      input_(input),
      threads_(threads),
      sweep_(pass(), resolveValues(plan_, pass(), input, threads, job)),
      counted_(static_cast<std::size_t>(info().frames * info().geometry.size[2]), 0),
      losses_(sweep_.noLosses()) {}

void SweepSource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                       JobContext& job) {
  checkRequest(request, target);
  const std::int64_t frame = plan_.firstFrame() + request.frame;
  std::unique_ptr<Storage> buffer;
  const InputSlab in = fetchSlab(input_, inputRegion(pass(), request.region), frame, buffer, job);
  const Region& region = request.region;
  const std::size_t sliceBytes = static_cast<std::size_t>(region.size[0] * region.size[1]) * info().voxelBytes();
  const std::lock_guard lock(mutex_);
  for (std::int64_t begin = 0; begin < region.size[2];) {
    const bool known = counted(request.frame, region.start[2] + begin) != 0;
    std::int64_t end = begin;
    for (; end < region.size[2]; ++end) {
      char& mark = counted(request.frame, region.start[2] + end);
      if ((mark != 0) != known) break;
      mark = 1;
    }
    std::vector<Loss> again = sweep_.noLosses();
    sweep_.run(in, slab(region, begin, end), pass().input.frames == 1 ? 0 : frame, threads_,
               target.data() + static_cast<std::size_t>(begin) * sliceBytes, known ? again : losses_, job);
    begin = end;
  }
  if (onFilled) onFilled(request.region);
}

std::vector<StepLoss> SweepSource::losses() const {
  const std::lock_guard lock(mutex_);
  return sweep_.byStep(losses_);
}

Loss SweepSource::loss() const {
  const std::lock_guard lock(mutex_);
  return sweep_.together(losses_);
}

std::vector<std::string> SweepSource::readWarnings() const {
  std::vector<std::string> out = input_.readWarnings();
  const auto own = sweep_.warnings();
  out.insert(out.end(), own.begin(), own.end());
  return out;
}

}  // namespace voxmark
