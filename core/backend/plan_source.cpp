#include "core/backend/plan_source.h"

namespace voxmark {

PlanSource::PlanSource(const Plan& plan, VolumeSource& source, int threads, JobContext& job)
    : chain_(plan, source, threads, job),
      threads_(threads),
      sweep_(pass(), resolveValues(chain_.last(), pass(), chain_.source(), threads, job)) {}

void PlanSource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                      JobContext& job) {
  checkRequest(request, target);
  const Region region = inputRegion(pass(), request.region);
  const std::int64_t frame = chain_.last().firstFrame() + request.frame;
  std::unique_ptr<Storage> buffer;
  JobContext quiet(job.token(), {});
  const InputSlab in = fetchSlab(chain_.source(), region, frame, buffer, quiet);
  Loss loss;
  sweep_.run(in, request.region, pass().input.frames == 1 ? 0 : frame, threads_, target.data(), loss, job);
  {
    const std::scoped_lock lock(mutex_);
    loss_.add(loss);
  }
  if (onFilled) onFilled(request.region);
}

Loss PlanSource::loss() const {
  const std::scoped_lock lock(mutex_);
  return loss_;
}

}  // namespace voxmark
