#include "core/profiling/block_runner.h"

#include <ctime>
#include <fstream>

#include "core/base/parallel_for.h"
#include "core/memory/buffer_pool.h"

namespace voxmark::profiling {
namespace {

double cpuMilliseconds() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Starts the kernel's high-water mark anew; false where it cannot be.
bool resetPeakRss() {
  std::ofstream file("/proc/self/clear_refs");
  file << 5;
  return static_cast<bool>(file.flush());
}

std::optional<std::uint64_t> peakRssNow() {
  std::ifstream file("/proc/self/status");
  std::string key;
  while (file >> key) {
    std::uint64_t kib = 0;
    if (key == "VmHWM:" && file >> kib) return kib * 1024;
    std::getline(file, key);
  }
  return std::nullopt;
}

/// The process's number of threads while a scenario runs that asks for another.
class ThreadCount {
 public:
  explicit ThreadCount(int threads) : before_(defaultThreads()) {
    if (threads > 0) setDefaultThreads(threads);
  }
  ~ThreadCount() { setDefaultThreads(before_); }
  ThreadCount(const ThreadCount&) = delete;
  ThreadCount& operator=(const ThreadCount&) = delete;

 private:
  int before_;
};

class InProcess final : public BlockRunner {
 public:
  InProcess(Scenario& scenario, int warmUps, int repetitions, RepetitionListener listener)
      : scenario_(scenario), warmUps_(warmUps), repetitions_(repetitions), listener_(std::move(listener)) {
    result_.scenario = scenario.info();
  }

  bool start(JobContext& job) override {
    if (!scenario_.info().reason.empty()) {
      result_.status = RunStatus::Skipped;
      result_.message = scenario_.info().reason;
      return false;
    }
    prepared_ = true;
    return guarded([&] {
      const ThreadCount threads(scenario_.info().threads);
      scenario_.prepare(job);
      result_.label = scenario_.label();
      Block unrecorded;
      for (int n = 0; n < warmUps_; ++n) repeat(unrecorded, job);
    });
  }

  bool draw(JobContext& job) override {
    return guarded([&] {
      const ThreadCount threads(scenario_.info().threads);
      Block block;
      {
        trace::Action action("Benchmark " + scenario_.info().name);
        action.setBytes(scenario_.info().bytes * static_cast<std::uint64_t>(repetitions_));
        for (int n = 0; n < repetitions_; ++n) {
          repeat(block, job);
          hear(block.realMs.back());
        }
        block.stages = action.report().stages;
      }
      result_.label = scenario_.label();
      result_.blocks.push_back(std::move(block));
    });
  }

  void finish() override {
    if (prepared_) scenario_.release();
    prepared_ = false;
  }

 private:
  void repeat(Block& block, JobContext& job) {
    job.throwIfCancelled();
    {
      const trace::Adopt nobody(0);  // its stages are not the block's
      scenario_.rewind(job);
    }
    const bool peak = resetPeakRss();
    BufferPool::global().resetHighWater();
    const trace::CounterValues before = trace::snapshot();
    const double cpu = cpuMilliseconds();
    const std::int64_t start = trace::now();
    scenario_.run(job);
    const double ms = static_cast<double>(trace::now() - start) / 1e6;
    block.cpuMs.push_back(cpuMilliseconds() - cpu);
    block.realMs.push_back(ms);
    block.counters = block.counters + (trace::snapshot() - before);
    block.poolHighWater = std::max(block.poolHighWater, BufferPool::global().usage().highWater);
    auto rss = peak ? peakRssNow() : std::nullopt;
    const trace::Adopt nobody(0);
    scenario_.check();
    block.metrics = scenario_.metrics();
    if (const auto own = scenario_.ownMeasure()) {
      block.realMs.back() = own->realMs;
      block.cpuMs.back() = own->cpuMs;
      rss = own->peakRss;
    }
    if (rss) block.peakRss = std::max(block.peakRss.value_or(0), *rss);
  }

  void hear(double ms) const {
    if (!listener_) return;
    listener_({scenario_.info().name, ms, ms > 0 ? static_cast<double>(scenario_.info().bytes) / (ms / 1e3) : 0});
  }

  Scenario& scenario_;
  int warmUps_;
  int repetitions_;
  RepetitionListener listener_;
  bool prepared_ = false;
};

}  // namespace

bool BlockRunner::guarded(const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const Cancelled&) {
    result_.status = RunStatus::Cancelled;
  } catch (const std::exception& error) {
    result_.status = RunStatus::Failed;
    result_.message = error.what();
  } catch (...) {
    result_.status = RunStatus::Failed;
    result_.message = result_.scenario.name + ": an unknown error";
  }
  return false;
}

std::unique_ptr<BlockRunner> makeBlockRunner(Scenario& scenario, int warmUps, int repetitions,
                                             RepetitionListener listener) {
  return std::make_unique<InProcess>(scenario, warmUps, repetitions, std::move(listener));
}

}  // namespace voxmark::profiling
