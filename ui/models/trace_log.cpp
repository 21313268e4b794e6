#include "ui/models/trace_log.h"

#include <QCoreApplication>
#include <algorithm>
#include <string_view>

#include "ui/models/curves.h"

namespace voxmark::ui {
namespace {

constexpr std::size_t kKept = 131072;

std::int64_t endOf(const trace::Event& event) {
  return event.startNs + event.durationNs;
}

QString tr(const char* text) {
  return QCoreApplication::translate("TraceLog", text);
}

QString percent(double part, double whole) {
  return QString("%1 %").arg(whole > 0 ? 100 * part / whole : 0, 0, 'f', 0);
}

}  // namespace

TraceLog::Lane& TraceLog::lane(std::uint32_t id) {
  const auto at = std::lower_bound(lanes_.begin(), lanes_.end(), id,
                                   [](const Lane& lane, std::uint32_t wanted) { return lane.id < wanted; });
  if (at != lanes_.end() && at->id == id) return *at;
  return *lanes_.insert(at, {id, {}, 0, {}});
}

void TraceLog::add(const std::vector<trace::Event>& events) {
  for (const trace::Event& event : events) {
    Lane& mine = lane(event.lane);
    mine.depth = std::max(mine.depth, event.depth);
    mine.events.push_back(event);
    from_ = count_ == 0 ? event.startNs : std::min(from_, event.startNs);
    to_ = std::max(to_, endOf(event));
    ++count_;
  }
  for (Lane& one : lanes_) one.name = QString::fromStdString(trace::laneName(one.id));
  if (count_ > kKept) forget();
}

/// Drops what ended before the middle of what is kept, so that it is not done for every event that comes.
void TraceLog::forget() {
  std::vector<std::int64_t> ends;
  for (const Lane& one : lanes_) {
    for (const trace::Event& event : one.events) ends.push_back(endOf(event));
  }
  const auto middle = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 2);
  std::nth_element(ends.begin(), middle, ends.end());
  from_ = to_;
  count_ = 0;
  for (Lane& one : lanes_) {
    const auto kept = std::find_if(one.events.begin(), one.events.end(),
                                   [&](const trace::Event& event) { return endOf(event) >= *middle; });
    one.events.erase(one.events.begin(), kept);
    for (const trace::Event& event : one.events) from_ = std::min(from_, event.startNs);
    count_ += one.events.size();
  }
  std::erase_if(lanes_, [](const Lane& one) { return one.events.empty(); });
}

void TraceLog::clear() {
  *this = TraceLog();
}

trace::Coverage TraceLog::coverageOf(const trace::ActionReport& action) const {
  std::vector<trace::Event> mine;
  for (const Lane& one : lanes_) {
    for (const trace::Event& event : one.events) {
      if (event.action == action.id) mine.push_back(event);
    }
  }
  const auto ns = static_cast<std::int64_t>(action.ms * 1e6);
  return trace::coverage(mine, action.startNs, action.startNs + ns);
}

trace::Coverage TraceLog::coverageOf(const trace::Event& event) const {
  for (const Lane& one : lanes_) {
    if (one.id == event.lane) return trace::coverage(one.events, event.startNs, endOf(event));
  }
  return {};
}

QString durationText(double ms) {
  if (ms >= 1000) return QString("%1 s").arg(ms / 1000, 0, 'g', 3);
  if (ms >= 99.95) return QString("%1 ms").arg(ms, 0, 'f', 0);
  if (ms >= 1) return QString("%1 ms").arg(ms, 0, 'g', 3);
  return QString("%1 µs").arg(ms * 1000, 0, 'f', ms < 0.01 ? 1 : 0);
}

QString widestStage(const trace::Coverage& coverage) {
  if (coverage.stages.empty() || coverage.idleMs > coverage.stages.front().ms)
    return tr("no stage, %1").arg(percent(coverage.idleMs, coverage.ms));
  return QString("%1, %2").arg(QString::fromStdString(coverage.stages.front().name),
                               percent(coverage.stages.front().ms, coverage.ms));
}

QString whySlow(const QString& what, const trace::Coverage& coverage) {
  QString text = tr("%1 took %2.").arg(what, durationText(coverage.ms));
  const bool idle = coverage.stages.empty() || coverage.idleMs > coverage.stages.front().ms;
  if (idle) {
    text += " " + tr("Most of it, %1 (%2), went by in no stage: it waited, or did what has no stage of its own.")
                      .arg(durationText(coverage.idleMs), percent(coverage.idleMs, coverage.ms));
  }
  QStringList next;
  for (std::size_t n = 0; n < coverage.stages.size() && n < 4; ++n) {
    const auto& stage = coverage.stages[n];
    const QString name = QString::fromStdString(stage.name);
    if (n == 0) {
      text += " " +
              tr("The widest stage is %1: %2 (%3).").arg(name, durationText(stage.ms), percent(stage.ms, coverage.ms));
    } else {
      next << name + " " + durationText(stage.ms);
    }
  }
  if (!idle && coverage.idleMs > 0.01 * coverage.ms) next << tr("in no stage %1").arg(durationText(coverage.idleMs));
  if (!next.isEmpty()) text += " " + tr("Then: %1.").arg(next.join(", "));
  return text;
}

QColor stageColour(const char* name) {
  // What happens to a file first, what is shown last; stages that often lie side by side are told apart best.
  static constexpr std::string_view kKnown[] = {"read",     "inflate",    "convert", "write",  "deflate",
                                                "render",   "slice",      "copy",    "swap",   "gather",
                                                "resample", "statistics", "upload",  "window", "open"};
  const std::string_view wanted(name);
  const auto* found = std::find(std::begin(kKnown), std::end(kKnown), wanted);
  if (found != std::end(kKnown)) return curveColour(static_cast<int>(found - std::begin(kKnown)));
  unsigned hash = 0;
  for (const char c : wanted) hash = hash * 31 + static_cast<unsigned char>(c);
  return curveColour(static_cast<int>(hash % 7));
}

}  // namespace voxmark::ui
