#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/jobs/job_context.h"

namespace voxmark {

enum class JobState { Waiting, Running, Done, Cancelled, Failed };

struct JobResult {
  std::uint64_t id = 0;
  JobState state = JobState::Done;
  std::string error;                        ///< one line, for Failed
  ErrorCode code = ErrorCode::Unsupported;  ///< for Failed
};

/// Runs work on its own threads, first come, first served. Knows no Qt; callbacks come on the worker's thread. One of
/// the three places where errors are caught.
class JobQueue {
 public:
  explicit JobQueue(int threads = 2);
  /// Cancels everything and waits.
  ~JobQueue();
  JobQueue(const JobQueue&) = delete;
  JobQueue& operator=(const JobQueue&) = delete;

  using Work = std::function<void(JobContext&)>;
  using ProgressListener = std::function<void(std::uint64_t id, const Progress&)>;
  using DoneListener = std::function<void(const JobResult&)>;

  /// Queues `work`, as an action of the trace where it has a title; `done` is called exactly once, also for jobs
  /// cancelled before they began. Ids grow by one.
  std::uint64_t submit(std::string title, Work work, DoneListener done, ProgressListener progress = {});
  /// Asks a job to stop; a waiting one never begins.
  void cancel(std::uint64_t id);
  /// Blocks until nothing waits or runs.
  void waitIdle();
  /// Jobs that wait or run.
  [[nodiscard]] std::size_t active() const;

 private:
  struct Job {
    std::uint64_t id = 0;
    std::string title;
    Work work;
    DoneListener done;
    ProgressListener progress;
    std::shared_ptr<CancelToken> token;
  };
  void run();
  static JobResult execute(const Job& job);
  /// Calls the job's listener; what that throws goes to the log, as nobody is left to catch it.
  static void tell(const Job& job, const JobResult& result);

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::vector<std::shared_ptr<Job>> running_;
  std::vector<std::thread> threads_;
  std::uint64_t nextId_ = 1;
  bool stopping_ = false;
};

}  // namespace voxmark
