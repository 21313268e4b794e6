#include "core/base/log.h"

#include <deque>
#include <map>
#include <mutex>

namespace voxmark::log {
namespace {

constexpr std::size_t kKept = 1000;

struct State {
  std::mutex mutex;
  std::deque<Entry> entries;
  std::map<int, std::function<void(const Entry&)>> listeners;
  int nextId = 1;
};

State& state() {
  static State s;
  return s;
}

}  // namespace

void write(Level level, std::string text) {
  Entry entry{level, std::chrono::system_clock::now(), std::move(text)};
  std::map<int, std::function<void(const Entry&)>> listeners;
  {
    std::lock_guard lock(state().mutex);
    state().entries.push_back(entry);
    if (state().entries.size() > kKept) state().entries.pop_front();
    listeners = state().listeners;
  }
  for (const auto& [id, listener] : listeners) listener(entry);
}

std::vector<Entry> entries() {
  std::lock_guard lock(state().mutex);
  return {state().entries.begin(), state().entries.end()};
}

int subscribe(std::function<void(const Entry&)> listener) {
  std::lock_guard lock(state().mutex);
  state().listeners.emplace(state().nextId, std::move(listener));
  return state().nextId++;
}

void unsubscribe(int id) {
  std::lock_guard lock(state().mutex);
  state().listeners.erase(id);
}

}  // namespace voxmark::log
