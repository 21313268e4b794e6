#include "ui/models/event_loop_watch.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>

#include <sys/syscall.h>
#include <unistd.h>

namespace voxmark::ui {
namespace {

std::int64_t nanoseconds(clockid_t clock) {
  timespec at{};
  clock_gettime(clock, &at);
  return std::int64_t{1000000000} * at.tv_sec + at.tv_nsec;
}

/// How long this thread has been ready to run without a processor since it began, in nanoseconds; 0 where Linux was
/// built without that count.
std::int64_t waitedForProcessor() {
  const std::string path = "/proc/self/task/" + std::to_string(syscall(SYS_gettid)) + "/schedstat";
  std::FILE* file = std::fopen(path.c_str(), "r");
  if (file == nullptr) return 0;
  long long ran = 0;
  long long waited = 0;
  const int fields = std::fscanf(file, "%lld %lld", &ran, &waited);
  std::fclose(file);
  return fields == 2 ? waited : 0;
}

constexpr double kPerMs = 1e-6;

}  // namespace

EventLoopWatch::EventLoopWatch() {
  connect(&timer_, &QTimer::timeout, this, &EventLoopWatch::beat);
  restart();
  timer_.start(1);
}

void EventLoopWatch::restart() {
  longest_ = longestOwn_ = longestCpu_ = 0;
  beats_ = 0;
  last_ = now();
}

EventLoopWatch::Clocks EventLoopWatch::now() const {
  return {nanoseconds(CLOCK_MONOTONIC), nanoseconds(CLOCK_THREAD_CPUTIME_ID), waitedForProcessor()};
}

void EventLoopWatch::beat() {
  const Clocks at = now();
  const double wall = static_cast<double>(at.wall - last_.wall) * kPerMs;
  const double waited = static_cast<double>(at.waited - last_.waited) * kPerMs;
  longest_ = std::max(longest_, wall);
  longestOwn_ = std::max(longestOwn_, wall - waited);
  longestCpu_ = std::max(longestCpu_, static_cast<double>(at.cpu - last_.cpu) * kPerMs);
  last_ = at;
  ++beats_;
}

}  // namespace voxmark::ui
