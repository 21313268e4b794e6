#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>

namespace voxmark::ui {

/// Times how long the event loop of the thread that makes this keeps a timer of 1 ms waiting. On a machine that does
/// other things as well a pause may be nobody's fault here, so it is also told how much of it this thread computed, and
/// how much it was ready to but other threads had the processors.
class EventLoopWatch : public QObject {
 public:
  EventLoopWatch();
  /// Forgets what was seen.
  void restart();
  /// Longest pause, ms.
  [[nodiscard]] double longestMs() const { return longest_; }
  /// Longest pause less the time that the thread waited for a processor, ms: what it kept the window waiting for, be it
  /// its own work or something else it waited for. As longestMs() where the system does not tell.
  [[nodiscard]] double longestOwnMs() const { return longestOwn_; }
  /// Most time that the thread computed within a pause, ms.
  [[nodiscard]] double longestCpuMs() const { return longestCpu_; }
  [[nodiscard]] int beats() const { return beats_; }

 private:
  /// Nanoseconds.
  struct Clocks {
    std::int64_t wall = 0;
    std::int64_t cpu = 0;
    std::int64_t waited = 0;  ///< for a processor
  };
  [[nodiscard]] Clocks now() const;
  void beat();

  QTimer timer_;
  Clocks last_;
  double longest_ = 0;
  double longestOwn_ = 0;
  double longestCpu_ = 0;
  int beats_ = 0;
};

}  // namespace voxmark::ui
