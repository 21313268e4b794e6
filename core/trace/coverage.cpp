#include "core/trace/coverage.h"

#include <algorithm>
#include <map>

namespace voxmark::trace {
namespace {

struct Span {
  std::int64_t from = 0;
  std::int64_t to = 0;
};
using Spans = std::vector<Span>;
using SpansByStage = std::map<std::string, Spans>;

std::int64_t endOf(const Event& event) {
  return event.startNs + event.durationNs;
}

/// Length of the union of the spans within [from, to].
std::int64_t unionWithin(Spans spans, std::int64_t from, std::int64_t to) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  std::int64_t sum = 0;
  std::int64_t reached = from;
  for (const Span& span : spans) {
    const std::int64_t begin = std::max(span.from, reached);
    const std::int64_t end = std::min(span.to, to);
    if (end <= begin) continue;
    sum += end - begin;
    reached = end;
  }
  return sum;
}

/// Adds the times at which each event of one lane is the innermost one.
void addInnermost(std::vector<Event> lane, SpansByStage& out) {
  std::sort(lane.begin(), lane.end(), [](const Event& a, const Event& b) {
    return a.startNs != b.startNs ? a.startNs < b.startNs : a.depth < b.depth;
  });
  std::vector<Event> open;
  std::int64_t at = 0;
  const auto closeUntil = [&](std::int64_t time) {
    while (!open.empty() && endOf(open.back()) <= time) {
      out[open.back().name].push_back({at, endOf(open.back())});
      at = std::max(at, endOf(open.back()));
      open.pop_back();
    }
  };
  for (const Event& event : lane) {
    closeUntil(event.startNs);
    if (!open.empty()) out[open.back().name].push_back({at, event.startNs});
    at = event.startNs;
    open.push_back(event);
  }
  closeUntil(INT64_MAX);
}

}  // namespace

Coverage coverage(const std::vector<Event>& events, std::int64_t from, std::int64_t to,
                  std::optional<std::uint64_t> action, std::optional<std::uint32_t> lane) {
  std::map<std::uint32_t, std::vector<Event>> lanes;
  for (const Event& event : events) {
    if (action && event.action != *action) continue;
    if (lane && event.lane != *lane) continue;
    if (event.startNs < to && endOf(event) > from) lanes[event.lane].push_back(event);
  }
  SpansByStage stages;
  for (auto& [index, list] : lanes) addInnermost(std::move(list), stages);
  Coverage out;
  out.ms = static_cast<double>(to - from) / 1e6;
  Spans all;
  for (const auto& [name, spans] : stages) {
    const std::int64_t ns = unionWithin(spans, from, to);
    if (ns > 0) out.stages.push_back({name, static_cast<double>(ns) / 1e6});
    all.insert(all.end(), spans.begin(), spans.end());
  }
  out.idleMs = static_cast<double>(to - from - unionWithin(std::move(all), from, to)) / 1e6;
  std::stable_sort(out.stages.begin(), out.stages.end(),
                   [](const StageCoverage& a, const StageCoverage& b) { return a.ms > b.ms; });
  return out;
}

}  // namespace voxmark::trace
