#include "core/jobs/job_queue.h"

#include <future>
#include <new>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);

/// Results in the order in which they came.
class Results {
 public:
  JobQueue::DoneListener listener() {
    return [this](const JobResult& result) {
      const std::lock_guard lock(mutex_);
      all_.push_back(result);
    };
  }
  [[nodiscard]] std::vector<JobResult> all() const {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<JobResult> all_;
};

/// A job that says when it runs and goes on until it is cancelled or let go.
struct Gate {
  std::promise<void> started;
  std::promise<void> opened;
  JobQueue::Work work() {
    return [this, open = opened.get_future().share()](JobContext& job) {
      started.set_value();
      while (open.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) job.throwIfCancelled();
    };
  }
  void waitStarted() { ASSERT_EQ(started.get_future().wait_for(kPatience), std::future_status::ready); }
};

TEST(JobQueue, RunsFirstComeFirstServedWithIdsThatGrowByOne) {
  Results results;
  JobQueue queue(1);
  std::vector<int> ran;
  std::vector<std::uint64_t> ids;
  for (int n = 0; n < 20; ++n) {
    ids.push_back(queue.submit(
        "job", [&ran, n](JobContext&) { ran.push_back(n); }, results.listener()));
  }
  queue.waitIdle();
  ASSERT_EQ(ran.size(), 20U);
  for (int n = 0; n < 20; ++n) EXPECT_EQ(ran[static_cast<std::size_t>(n)], n);
  const auto all = results.all();
  ASSERT_EQ(all.size(), 20U);
  for (std::size_t n = 0; n < 20; ++n) {
    EXPECT_EQ(ids[n], ids[0] + n);
    EXPECT_EQ(all[n].id, ids[n]);
    EXPECT_EQ(all[n].state, JobState::Done);
  }
  EXPECT_EQ(queue.active(), 0U);
}

TEST(JobQueue, RunsAsManyAtOnceAsItHasThreads) {
  Results results;
  JobQueue queue(2);
  Gate first, second;
  queue.submit("first", first.work(), results.listener());
  queue.submit("second", second.work(), results.listener());
  first.waitStarted();
  second.waitStarted();  // although the first goes on
  EXPECT_EQ(queue.active(), 2U);
  first.opened.set_value();
  second.opened.set_value();
  queue.waitIdle();
  EXPECT_EQ(results.all().size(), 2U);
}

TEST(JobQueue, EvenOfNoThreadsRunsJobs) {
  Results results;
  JobQueue queue(0);
  queue.submit(
      "job", [](JobContext&) {}, results.listener());
  queue.waitIdle();
  EXPECT_EQ(results.all().size(), 1U);
}

TEST(JobQueue, CancelStopsARunningJob) {
  Results results;
  JobQueue queue(1);
  Gate gate;
  const auto id = queue.submit("endless", gate.work(), results.listener());
  gate.waitStarted();
  queue.cancel(id + 1000);  // nobody
  queue.cancel(id);
  queue.waitIdle();
  const auto all = results.all();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].state, JobState::Cancelled);
  EXPECT_EQ(all[0].error, "");
}

TEST(JobQueue, ACancelledWaitingJobNeverBeginsAndIsStillAnswered) {
  Results results;
  JobQueue queue(1);
  Gate gate;
  queue.submit("first", gate.work(), results.listener());
  gate.waitStarted();
  bool began = false;
  const auto id = queue.submit(
      "second", [&](JobContext&) { began = true; }, results.listener());
  EXPECT_EQ(queue.active(), 2U);
  queue.cancel(id);
  gate.opened.set_value();
  queue.waitIdle();
  EXPECT_FALSE(began);
  const auto all = results.all();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].state, JobState::Done);
  EXPECT_EQ(all[1].id, id);
  EXPECT_EQ(all[1].state, JobState::Cancelled);
}

TEST(JobQueue, ExceptionsBecomeFailedResults) {
  Results results;
  JobQueue queue(1);
  queue.submit(
      "a", [](JobContext&) { throw Error(ErrorCode::Truncated, "v.nii: it ends"); }, results.listener());
  queue.submit(
      "b", [](JobContext&) { throw std::runtime_error("plain"); }, results.listener());
  queue.submit(
      "Open v.nii", [](JobContext&) { throw std::bad_alloc(); }, results.listener());
  queue.submit(
      "d", [](JobContext&) { throw 42; }, results.listener());
  queue.submit("e", {}, results.listener());
  queue.submit(
      "f", [](JobContext&) {}, results.listener());
  queue.waitIdle();
  const auto all = results.all();
  ASSERT_EQ(all.size(), 6U);
  for (std::size_t n = 0; n < 5; ++n) {
    EXPECT_EQ(all[n].state, JobState::Failed) << n;
    EXPECT_NE(all[n].error, "") << n;
  }
  EXPECT_EQ(all[0].code, ErrorCode::Truncated);
  EXPECT_EQ(all[0].error, "v.nii: it ends");
  EXPECT_EQ(all[1].error, "plain");
  EXPECT_EQ(all[2].code, ErrorCode::Memory);
  EXPECT_NE(all[2].error.find("Open v.nii"), std::string::npos);
  EXPECT_EQ(all[5].state, JobState::Done);  // the thread has survived them all
}

TEST(JobQueue, AListenerThatThrowsDoesNotEndTheProgram) {
  Results results;
  JobQueue queue(1);
  queue.submit(
      "a", [](JobContext&) {}, [](const JobResult&) { throw std::runtime_error("in done"); });
  queue.submit(
      "b", [](JobContext&) {}, results.listener());
  queue.submit("c", [](JobContext&) {}, {});  // nobody wants to know
  queue.waitIdle();
  EXPECT_EQ(results.all().size(), 1U);
}

TEST(JobQueue, ReportsProgressUnderTheJobsId) {
  Results results;
  JobQueue queue(1);
  std::vector<std::pair<std::uint64_t, Progress>> heard;
  const auto id = queue.submit(
      "job",
      [](JobContext& job) {
        job.report(0.25, "Reading");
        job.report(1, "Writing");
      },
      results.listener(), [&](std::uint64_t from, const Progress& progress) { heard.emplace_back(from, progress); });
  queue.waitIdle();
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[0].first, id);
  EXPECT_EQ(heard[0].second.phase, "Reading");
  EXPECT_EQ(heard[1].second.fraction, 1);
}

TEST(JobQueue, DestructionCancelsEverythingAndAnswersEveryJob) {
  Results results;
  Gate gate;
  bool began = false;
  {
    JobQueue queue(1);
    queue.submit("running", gate.work(), results.listener());
    gate.waitStarted();
    for (int n = 0; n < 3; ++n)
      queue.submit(
          "waiting", [&](JobContext&) { began = true; }, results.listener());
  }
  EXPECT_FALSE(began);
  const auto all = results.all();
  ASSERT_EQ(all.size(), 4U);
  for (const JobResult& result : all) EXPECT_EQ(result.state, JobState::Cancelled);
}

TEST(JobQueue, AJobSubmittedWhileItIsDestroyedNeverBegins) {
  Results results;
  Gate gate;
  bool began = false;
  {
    JobQueue queue(1);
    queue.submit("running", gate.work(), [&](const JobResult& result) {
      EXPECT_EQ(result.state, JobState::Cancelled);
      queue.submit(
          "too late", [&](JobContext&) { began = true; }, results.listener());
    });
    gate.waitStarted();
  }
  EXPECT_FALSE(began);
  ASSERT_EQ(results.all().size(), 1U);
  EXPECT_EQ(results.all()[0].state, JobState::Cancelled);
}

TEST(JobQueue, AListenerMaySubmitTheNextJob) {
  Results results;
  JobQueue queue(1);
  queue.submit(
      "first", [](JobContext&) {},
      [&](const JobResult&) {
        queue.submit(
            "second", [](JobContext&) {}, results.listener());
      });
  queue.waitIdle();
  EXPECT_EQ(results.all().size(), 1U);
}

TEST(JobQueue, EveryJobIsATracedActionUnderItsTitle) {
  std::mutex mutex;
  std::vector<trace::ActionReport> reports;
  const int id = trace::subscribe([&](const trace::ActionReport& report) {
    const std::lock_guard lock(mutex);
    reports.push_back(report);
  });
  {
    JobQueue queue(1);
    queue.submit("Open brain.nii", [](JobContext&) { const trace::Scope scope("read", 10); }, {});
    queue.waitIdle();
  }
  trace::unsubscribe(id);
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].title, "Open brain.nii");
  ASSERT_EQ(reports[0].stages.size(), 1U);
  EXPECT_EQ(reports[0].stages[0].bytes, 10U);
}

}  // namespace
}  // namespace voxmark
