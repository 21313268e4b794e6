#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace voxmark::log {

enum class Level { Debug, Info, Warning, Error };

struct Entry {
  Level level = Level::Info;
  std::chrono::system_clock::time_point time;
  std::string text;
};

/// Adds a line to the log. Thread-safe. The last 1,000 lines are kept for the Log panel.
void write(Level level, std::string text);
inline void info(std::string text) {
  write(Level::Info, std::move(text));
}
inline void warning(std::string text) {
  write(Level::Warning, std::move(text));
}
inline void error(std::string text) {
  write(Level::Error, std::move(text));
}

/// The kept lines, oldest first.
[[nodiscard]] std::vector<Entry> entries();

/// Calls `listener` (on the writing thread) for every new line until `unsubscribe(id)`.
int subscribe(std::function<void(const Entry&)> listener);
void unsubscribe(int id);

}  // namespace voxmark::log
