#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace voxmark::trace {

/// One finished stage: what ran, when, where, and how many bytes it handled.
struct Event {
  const char* name = "";     ///< a string literal: "read", "inflate", "convert", "normalise", "render", …
  std::int64_t startNs = 0;  ///< steady clock, since the start of the process
  std::int64_t durationNs = 0;
  std::uint64_t bytes = 0;
  std::uint64_t action = 0;  ///< the action that it belongs to, 0 for none
  std::uint32_t lane = 0;    ///< one a thread (or a device stream)
  std::uint32_t depth = 0;   ///< how many stages of the same thread enclose it
};

/// A stage in progress. Recording is always on; one costs two clock reads and a short lock, so a scope belongs around
/// a slab or a chunk, never around a voxel. Stages of one thread nest; a parent's own time is its duration less its
/// children's.
class Scope {
 public:
  explicit Scope(const char* name, std::uint64_t bytes = 0);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  void addBytes(std::uint64_t bytes) { bytes_ += bytes; }

 private:
  const char* name_;
  std::uint64_t bytes_;
  std::int64_t start_;
  Scope* parent_;
  std::int64_t childNs_ = 0;
  std::uint32_t depth_;
};

struct StageTotal {
  std::string name;
  double ms = 0;  ///< own time, summed over calls and threads
  std::uint64_t bytes = 0;
  std::uint64_t calls = 0;
};

/// What one action of the user (open, process, export, a benchmark run) cost.
struct ActionReport {
  std::uint64_t id = 0;
  std::string title;  ///< "Open brain.nii.gz"
  std::int64_t startNs = 0;
  double ms = 0;            ///< wall clock
  std::uint64_t bytes = 0;  ///< of the result, as said by setBytes
  bool finished = false;
  std::vector<StageTotal> stages;  ///< in the order in which they first ran
};

/// An action in progress on this thread: every Scope opened on it, and on threads that adopt its id, counts towards it.
class Action {
 public:
  explicit Action(std::string title);
  ~Action();
  Action(const Action&) = delete;
  Action& operator=(const Action&) = delete;
  [[nodiscard]] std::uint64_t id() const { return id_; }
  void setBytes(std::uint64_t bytes);
  /// The report as it stands now.
  [[nodiscard]] ActionReport report() const;

 private:
  std::uint64_t id_;
  std::uint64_t previous_;
  std::int64_t start_;
};

/// Makes the current thread's scopes count towards `action` while it lives.
class Adopt {
 public:
  explicit Adopt(std::uint64_t action);
  ~Adopt();
  Adopt(const Adopt&) = delete;
  Adopt& operator=(const Adopt&) = delete;

 private:
  std::uint64_t previous_;
};

[[nodiscard]] std::uint64_t currentAction();
/// Adds to what the thread's current action says it has handled; outside of an action nothing happens.
void addActionBytes(std::uint64_t bytes);
/// Reports of the last 256 actions, oldest first.
[[nodiscard]] std::vector<ActionReport> actions();
/// "27 MB in 31 ms: read 4, inflate 22, convert 5", for the status bar.
[[nodiscard]] std::string summary(const ActionReport& report);

/// The last recorded events (up to 65,536), oldest first, of all lanes.
[[nodiscard]] std::vector<Event> events();
/// Those recorded since `cursor` (0 at first), which moves behind them: whoever looks again and again copies each once.
[[nodiscard]] std::vector<Event> eventsSince(std::uint64_t& cursor);
[[nodiscard]] std::string laneName(std::uint32_t lane);
/// Names the current thread's lane.
void nameLane(std::string name);
/// Nanoseconds since the start of the process on the clock that events use.
[[nodiscard]] std::int64_t now();

/// Calls `listener` on the finishing thread when an action ends. Returns an id for `unsubscribe`.
int subscribe(std::function<void(const ActionReport&)> listener);
void unsubscribe(int id);

/// The kept events in the Chrome trace-event format, which Perfetto opens.
[[nodiscard]] std::string chromeTrace();

}  // namespace voxmark::trace
