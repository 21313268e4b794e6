#include "core/jobs/job_queue.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/base/log.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

const std::string kNoMemory = "there is not enough memory";

}  // namespace

JobQueue::JobQueue(int threads) {
  for (int index = 0; index < std::max(1, threads); ++index) {
    threads_.emplace_back([this, index] {
      trace::nameLane(fmt::format("job {}", index + 1));
      run();
    });
  }
}

JobQueue::~JobQueue() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const auto& job : waiting_) job->token->cancel();
    for (const auto& job : running_) job->token->cancel();
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::uint64_t JobQueue::submit(std::string title, Work work, DoneListener done, ProgressListener progress) {
  auto job = std::make_shared<Job>();
  job->title = std::move(title);
  job->work = std::move(work);
  job->done = std::move(done);
  job->progress = std::move(progress);
  job->token = std::make_shared<CancelToken>();
  std::uint64_t id = 0;
  {
    std::lock_guard lock(mutex_);
    id = job->id = nextId_++;
    if (stopping_) job->token->cancel();  // a listener's next job, while the queue is being destroyed
    waiting_.push_back(std::move(job));
  }
  wake_.notify_one();
  return id;
}

void JobQueue::cancel(std::uint64_t id) {
  std::lock_guard lock(mutex_);
  for (const auto& job : waiting_) {
    if (job->id == id) job->token->cancel();
  }
  for (const auto& job : running_) {
    if (job->id == id) job->token->cancel();
  }
}

void JobQueue::waitIdle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return waiting_.empty() && running_.empty(); });
}

std::size_t JobQueue::active() const {
  std::lock_guard lock(mutex_);
  return waiting_.size() + running_.size();
}

void JobQueue::run() {
  for (;;) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      job = waiting_.front();
      waiting_.pop_front();
      running_.push_back(job);
    }
    const JobResult result = execute(*job);
    tell(*job, result);
    {
      std::lock_guard lock(mutex_);
      running_.erase(std::find(running_.begin(), running_.end(), job));
    }
    idle_.notify_all();
  }
}

void JobQueue::tell(const Job& job, const JobResult& result) {
  if (!job.done) return;
  try {
    job.done(result);
  } catch (const std::exception& error) {
    log::error(fmt::format("{}: its result could not be delivered ({})", job.title, error.what()));
  }
}

JobResult JobQueue::execute(const Job& job) {
  JobResult result{job.id, JobState::Done, {}, ErrorCode::Unsupported};
  try {
    JobContext::Listener listener;
    if (job.progress) listener = [&job](const Progress& progress) { job.progress(job.id, progress); };
    JobContext context(job.token, std::move(listener));
    context.throwIfCancelled();
    std::optional<trace::Action> action;
    if (!job.title.empty()) action.emplace(job.title);
    job.work(context);
  } catch (const Cancelled&) {
    result.state = JobState::Cancelled;
  } catch (const Error& error) {
    result = {job.id, JobState::Failed, error.what(), error.code()};
  } catch (const std::bad_alloc&) {
    result = {job.id, JobState::Failed, job.title.empty() ? kNoMemory : job.title + ": " + kNoMemory,
              ErrorCode::Memory};
  } catch (const std::exception& error) {
    result = {job.id, JobState::Failed, error.what(), ErrorCode::Unsupported};
  } catch (...) {
    result = {job.id, JobState::Failed, job.title + ": an unknown error", ErrorCode::Unsupported};
  }
  return result;
}

}  // namespace voxmark
