#include "core/trace/trace.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace voxmark::trace {
namespace {

constexpr std::size_t kKeptEvents = 65536;
constexpr std::size_t kKeptActions = 256;

struct Total {
  std::int64_t ns = 0;
  std::uint64_t bytes = 0;
  std::uint64_t calls = 0;
};

struct ActionState {
  std::uint64_t id = 0;
  std::string title;
  std::int64_t start = 0;
  std::int64_t end = -1;
  std::uint64_t bytes = 0;
  std::vector<std::pair<std::string, Total>> stages;

  [[nodiscard]] ActionReport report() const {
    ActionReport out;
    out.id = id;
    out.title = title;
    out.startNs = start;
    out.finished = end >= 0;
    out.ms = static_cast<double>((out.finished ? end : now()) - start) / 1e6;
    out.bytes = bytes;
    for (const auto& [name, total] : stages) {
      out.stages.push_back({name, static_cast<double>(total.ns) / 1e6, total.bytes, total.calls});
    }
    return out;
  }
};

struct State {
  std::mutex mutex;
  std::deque<Event> events;
  std::uint64_t recorded = 0;  ///< events ever, those that are forgotten included
  std::deque<ActionState> actions;
  std::vector<std::string> lanes{"other"};
  std::map<int, std::function<void(const ActionReport&)>> listeners;
  std::uint64_t nextAction = 1;
  int nextListener = 1;

  ActionState* find(std::uint64_t id) {
    for (auto it = actions.rbegin(); it != actions.rend(); ++it) {
      if (it->id == id) return &*it;
    }
    return nullptr;
  }

  /// Drops the oldest finished action where too many are kept: a running one still has to tell what it cost.
  void forgetOldAction() {
    if (actions.size() <= kKeptActions) return;
    for (auto it = actions.begin(); it != actions.end(); ++it) {
      if (it->end < 0) continue;
      actions.erase(it);
      return;
    }
  }
};

State& state() {
  static State* s = new State;  // outlives every thread's last scope
  return *s;
}

const auto kStart = std::chrono::steady_clock::now();

thread_local std::uint64_t tAction = 0;
thread_local Scope* tScope = nullptr;
thread_local std::uint32_t tLane = 0;

std::uint32_t lane() {
  if (tLane == 0) {
    std::lock_guard lock(state().mutex);
    tLane = static_cast<std::uint32_t>(state().lanes.size());
    state().lanes.push_back(fmt::format("thread {}", tLane));
  }
  return tLane;
}

void record(const Event& event, std::int64_t ownNs) {
  std::lock_guard lock(state().mutex);
  state().events.push_back(event);
  ++state().recorded;
  if (state().events.size() > kKeptEvents) state().events.pop_front();
  ActionState* action = event.action == 0 ? nullptr : state().find(event.action);
  if (action == nullptr) return;
  for (auto& [name, total] : action->stages) {
    if (name != event.name) continue;
    total.ns += ownNs;
    total.bytes += event.bytes;
    ++total.calls;
    return;
  }
  action->stages.emplace_back(event.name, Total{ownNs, event.bytes, 1});
}

}  // namespace

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - kStart).count();
}

Scope::Scope(const char* name, std::uint64_t bytes)
    : name_(name), bytes_(bytes), start_(now()), parent_(tScope), depth_(parent_ == nullptr ? 0 : parent_->depth_ + 1) {
  tScope = this;
}

Scope::~Scope() {
  const std::int64_t duration = now() - start_;
  tScope = parent_;
  if (parent_ != nullptr) parent_->childNs_ += duration;
  record({name_, start_, duration, bytes_, tAction, lane(), depth_}, duration - childNs_);
}

Action::Action(std::string title) : previous_(tAction), start_(now()) {
  std::lock_guard lock(state().mutex);
  id_ = state().nextAction++;
  state().actions.push_back({id_, std::move(title), start_, -1, 0, {}});
  state().forgetOldAction();
  tAction = id_;
}

Action::~Action() {
  tAction = previous_;
  ActionReport report;
  std::map<int, std::function<void(const ActionReport&)>> listeners;
  {
    std::lock_guard lock(state().mutex);
    ActionState* action = state().find(id_);
    if (action == nullptr) return;
    action->end = now();
    report = action->report();
    listeners = state().listeners;
  }
  for (const auto& [id, listener] : listeners) listener(report);
}

void Action::setBytes(std::uint64_t bytes) {
  std::lock_guard lock(state().mutex);
  if (ActionState* action = state().find(id_)) action->bytes = bytes;
}

ActionReport Action::report() const {
  std::lock_guard lock(state().mutex);
  const ActionState* action = state().find(id_);
  return action == nullptr ? ActionReport{} : action->report();
}

Adopt::Adopt(std::uint64_t action) : previous_(tAction) {
  tAction = action;
}
Adopt::~Adopt() {
  tAction = previous_;
}

std::uint64_t currentAction() {
  return tAction;
}

void addActionBytes(std::uint64_t bytes) {
  std::lock_guard lock(state().mutex);
  if (ActionState* action = state().find(tAction)) action->bytes += bytes;
}

std::vector<ActionReport> actions() {
  std::lock_guard lock(state().mutex);
  std::vector<ActionReport> out;
  for (const ActionState& action : state().actions) out.push_back(action.report());
  return out;
}

std::string summary(const ActionReport& report) {
  std::string text;
  if (report.bytes >= 1000000)
    text = fmt::format("{:.0f} MB in ", static_cast<double>(report.bytes) / 1e6);
  else if (report.bytes > 0)
    text = fmt::format("{:.0f} kB in ", static_cast<double>(report.bytes) / 1e3);
  text += fmt::format("{:.{}f} ms", report.ms, report.ms < 10 ? 1 : 0);
  const char* separator = ": ";
  for (const StageTotal& stage : report.stages) {
    if (stage.ms < 0.05) continue;  // would read 0.0
    text += fmt::format("{}{} {:.{}f}", separator, stage.name, stage.ms, stage.ms < 10 ? 1 : 0);
    separator = ", ";
  }
  return text;
}

std::vector<Event> events() {
  std::lock_guard lock(state().mutex);
  return {state().events.begin(), state().events.end()};
}

std::vector<Event> eventsSince(std::uint64_t& cursor) {
  std::lock_guard lock(state().mutex);
  const auto kept = static_cast<std::uint64_t>(state().events.size());
  const std::uint64_t unseen = std::min(state().recorded - std::min(cursor, state().recorded), kept);
  cursor = state().recorded;
  return {state().events.end() - static_cast<std::ptrdiff_t>(unseen), state().events.end()};
}

std::string laneName(std::uint32_t index) {
  std::lock_guard lock(state().mutex);
  return index < state().lanes.size() ? state().lanes[index] : std::string{};
}

void nameLane(std::string name) {
  const std::uint32_t index = lane();
  std::lock_guard lock(state().mutex);
  state().lanes[index] = std::move(name);
}

int subscribe(std::function<void(const ActionReport&)> listener) {
  std::lock_guard lock(state().mutex);
  state().listeners.emplace(state().nextListener, std::move(listener));
  return state().nextListener++;
}

void unsubscribe(int id) {
  std::lock_guard lock(state().mutex);
  state().listeners.erase(id);
}

std::string chromeTrace() {
  nlohmann::json out;
  out["displayTimeUnit"] = "ms";
  nlohmann::json& list = out["traceEvents"] = nlohmann::json::array();
  std::lock_guard lock(state().mutex);
  for (std::size_t index = 0; index < state().lanes.size(); ++index) {
    list.push_back(
        {{"ph", "M"}, {"name", "thread_name"}, {"pid", 1}, {"tid", index}, {"args", {{"name", state().lanes[index]}}}});
  }
  for (const Event& event : state().events) {
    list.push_back({{"ph", "X"},
                    {"name", event.name},
                    {"pid", 1},
                    {"tid", event.lane},
                    {"ts", static_cast<double>(event.startNs) / 1e3},
                    {"dur", static_cast<double>(event.durationNs) / 1e3},
                    {"args", {{"bytes", event.bytes}, {"action", event.action}}}});
  }
  return out.dump();
}

}  // namespace voxmark::trace
