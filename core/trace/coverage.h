#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/trace/trace.h"

namespace voxmark::trace {

/// Wall-clock time during which at least one thread was in a stage, and in no stage inside of it. Stages that run at
/// the same time on different threads all count: the sum may exceed the clock's.
struct StageCoverage {
  std::string name;
  double ms = 0;
};

/// Where the time of a stretch went.
struct Coverage {
  double ms = 0;                      ///< of the stretch
  double idleMs = 0;                  ///< no thread was in any stage
  std::vector<StageCoverage> stages;  ///< the widest first
};

/// Of the events that touch [from, to] nanoseconds: all of them, or those of one action, or those of one lane. This is
/// what "why was that slow" asks for: a stage's summed time says what it costs all threads, its coverage how long one
/// had to wait for it.
[[nodiscard]] Coverage coverage(const std::vector<Event>& events, std::int64_t from, std::int64_t to,
                                std::optional<std::uint64_t> action = {}, std::optional<std::uint32_t> lane = {});

}  // namespace voxmark::trace
