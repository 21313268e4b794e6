#pragma once

#include <QColor>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/trace/coverage.h"
#include "core/trace/trace.h"

namespace voxmark::ui {

/// Stages that were recorded, lane by lane, for a timeline. Grows as they come; the oldest go beyond 131,072.
class TraceLog {
 public:
  struct Lane {
    std::uint32_t id = 0;
    QString name;
    std::uint32_t depth = 0;           ///< of the stage that lies deepest
    std::vector<trace::Event> events;  ///< in the order in which they ended
  };
  void add(const std::vector<trace::Event>& events);
  void setActions(std::vector<trace::ActionReport> actions) { actions_ = std::move(actions); }
  void clear();
  [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }
  /// Oldest first.
  [[nodiscard]] const std::vector<trace::ActionReport>& actions() const { return actions_; }
  [[nodiscard]] bool empty() const { return lanes_.empty(); }
  /// From the start of the first to the end of the last, ns.
  [[nodiscard]] std::int64_t from() const { return from_; }
  [[nodiscard]] std::int64_t to() const { return to_; }
  /// Where the time of an action went.
  [[nodiscard]] trace::Coverage coverageOf(const trace::ActionReport& action) const;
  /// Where the time of one stage went: what ran inside of it on its own thread.
  [[nodiscard]] trace::Coverage coverageOf(const trace::Event& event) const;

 private:
  Lane& lane(std::uint32_t id);
  void forget();
  std::vector<Lane> lanes_;
  std::vector<trace::ActionReport> actions_;
  std::size_t count_ = 0;
  std::int64_t from_ = 0;
  std::int64_t to_ = 0;
};

/// "12.3 ms", "4.56 s": three digits at most.
[[nodiscard]] QString durationText(double ms);
/// Answers why `what` took as long as it did: its time, the widest stage and its part, then the next ones.
[[nodiscard]] QString whySlow(const QString& what, const trace::Coverage& coverage);
/// "inflate 71 %", or what else there is to say in a cell.
[[nodiscard]] QString widestStage(const trace::Coverage& coverage);
/// Always the same for a stage; told apart by people with any kind of colour vision, on dark and light ground.
[[nodiscard]] QColor stageColour(const char* name);

}  // namespace voxmark::ui
