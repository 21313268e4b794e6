#include "core/profiling/trace_file.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <thread>

#include "core/base/cpu_info.h"
#include "core/io/atomic_file.h"
#include "core/memory/buffer_pool.h"
#include "core/trace/trace.h"

namespace voxmark::profiling {
namespace {

constexpr std::size_t kMostSamples = 65536;
constexpr auto kPeriod = std::chrono::milliseconds(50);

double microseconds(std::int64_t ns) {
  return static_cast<double>(ns) / 1e3;
}

}  // namespace

struct TraceRecording::State {
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<MemorySample> samples;
  bool ended = false;
  std::thread thread;

  void sample() {
    samples.push_back({trace::now(), residentMemory(), BufferPool::global().usage().inUse});
    if (samples.size() > kMostSamples) samples.pop_front();
  }
  void loop() {
    std::unique_lock lock(mutex);
    while (!ended) {
      sample();
      wake.wait_for(lock, kPeriod, [this] { return ended; });
    }
    sample();
  }
};

TraceRecording::TraceRecording() : state_(std::make_unique<State>()), begin_(trace::now()) {
  state_->thread = std::thread([state = state_.get()] { state->loop(); });
}

TraceRecording::~TraceRecording() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ended = true;
  }
  state_->wake.notify_all();
  state_->thread.join();
}

void TraceRecording::write(const std::string& path) const {
  std::vector<MemorySample> samples;
  {
    const std::lock_guard lock(state_->mutex);
    samples.assign(state_->samples.begin(), state_->samples.end());
  }
  const std::string text = traceJson(begin_, samples) + '\n';
  AtomicFile file(path, true);
  file.append(std::as_bytes(std::span(text)));
  file.commit();
}

std::string traceJson(std::int64_t begin, const std::vector<MemorySample>& samples) {
  nlohmann::json out;
  out["displayTimeUnit"] = "ms";
  nlohmann::json& list = out["traceEvents"] = nlohmann::json::array();
  list.push_back({{"ph", "M"}, {"name", "process_name"}, {"pid", 1}, {"tid", 0}, {"args", {{"name", "voxmark"}}}});
  std::set<std::uint32_t> lanes;
  for (const trace::Event& event : trace::events()) {
    if (event.startNs < begin) continue;
    lanes.insert(event.lane);
    list.push_back({{"ph", "X"},
                    {"name", event.name},
                    {"pid", 1},
                    {"tid", event.lane},
                    {"ts", microseconds(event.startNs)},
                    {"dur", microseconds(event.durationNs)},
                    {"args", {{"bytes", event.bytes}, {"action", event.action}}}});
  }
  for (const std::uint32_t lane : lanes) {
    list.push_back(
        {{"ph", "M"}, {"name", "thread_name"}, {"pid", 1}, {"tid", lane}, {"args", {{"name", trace::laneName(lane)}}}});
  }
  for (const MemorySample& sample : samples) {
    list.push_back({{"ph", "C"},
                    {"name", "memory"},
                    {"pid", 1},
                    {"tid", 0},
                    {"ts", microseconds(sample.ns)},
                    {"args", {{"resident", sample.residentBytes}, {"pool", sample.poolBytes}}}});
  }
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace voxmark::profiling
