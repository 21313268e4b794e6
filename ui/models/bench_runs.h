#pragma once

#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/profiling/comparison.h"
#include "core/profiling/result_file.h"
#include "ui/models/trace_log.h"

namespace voxmark::ui {

/// One set of results: measured here, or read from a file of ours or of another program.
struct BenchRun {
  int id = 0;
  QString title;
  profiling::ResultFile file;  ///< without a path while it is not saved
  std::string input;           ///< the volume that was measured; empty where it is not known
  profiling::RunNotes notes;   ///< what else is written with it
  std::shared_ptr<TraceLog> trace = std::make_shared<TraceLog>();
  bool measuredHere = false;
};

/// The runs of the workbench. One is in front; another may be the baseline that it is held against.
class BenchRuns : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;
  /// Adds it in front and returns its id. The first becomes the baseline of the second.
  int add(BenchRun run);
  void addResult(int id, const profiling::RunResult& result);
  /// Reads a result file. Throws Error.
  int open(const QString& path);
  /// Writes a run. Throws Error(Io).
  void save(int id, const QString& path);
  void remove(int id);
  [[nodiscard]] const std::vector<BenchRun>& all() const { return runs_; }
  [[nodiscard]] const BenchRun* find(int id) const;
  [[nodiscard]] const BenchRun* current() const { return find(current_); }
  [[nodiscard]] const BenchRun* baseline() const { return find(baseline_); }
  void setCurrent(int id);
  /// 0: none.
  void setBaseline(int id);
  /// `current` held against `baseline`; null where one is missing or they cannot be compared. Kept until one changes.
  [[nodiscard]] const profiling::Comparison* comparison(int baseline, int current) const;
  [[nodiscard]] const profiling::Comparison* comparison() const { return comparison(baseline_, current_); }

 Q_SIGNALS:
  void changed();
  /// A result was added to the run in front; nothing else is different.
  void resultAdded();

 private:
  std::vector<BenchRun> runs_;
  int nextId_ = 1;
  int current_ = 0;
  int baseline_ = 0;
  mutable std::map<std::pair<int, int>, std::optional<profiling::Comparison>> comparisons_;
};

/// Sizes that a scenario's name tells: "256x256x170" has 11,141,120 voxels. Nothing where it names none.
[[nodiscard]] std::optional<double> voxelsIn(const std::string& name);
/// The name without its size: "load/nii_gz/i16/…/warm".
[[nodiscard]] QString familyOf(const std::string& name);
/// The size alone: "256×256×170".
[[nodiscard]] QString sizeIn(const std::string& name);
/// Block times in ms.
[[nodiscard]] std::vector<double> blockTimes(const profiling::RunResult& result);

}  // namespace voxmark::ui
