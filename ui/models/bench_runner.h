#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <optional>
#include <vector>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/profiling/make_scenario.h"
#include "core/profiling/runner.h"
#include "ui/models/bench_runs.h"
#include "ui/models/job_controller.h"

namespace voxmark::ui {

/// What is to be measured: scenarios on a file, or others as data.
struct BenchPlan {
  struct Choice {
    std::string scenario;
    std::string device;
  };
  QString title;
  std::string file;  ///< empty: of `specs` alone
  std::vector<Choice> choices;
  std::vector<profiling::ScenarioSpec> specs;
  profiling::Preset preset;
};

/// Measures in a job and brings what comes of it into a run of its own, scenario by scenario. What was measured before
/// a cancel is kept.
class BenchRunner : public QObject {
  Q_OBJECT
 public:
  BenchRunner(BenchRuns& runs, JobController& jobs, const SourceRegistry& sources, const BackendRegistry& backends,
              QObject* parent);
  /// Only while nothing is being measured.
  void start(const BenchPlan& plan);
  void cancel();
  [[nodiscard]] bool running() const { return job_ != 0; }
  /// When the run that goes on, or the last one, has begun: nanoseconds of the trace's clock.
  [[nodiscard]] std::int64_t startedNs() const { return startedNs_; }
  [[nodiscard]] const SourceRegistry& sources() const { return sources_; }
  [[nodiscard]] const BackendRegistry& backends() const { return backends_; }

 Q_SIGNALS:
  void started();
  /// A repetition has ended at `ns` of the trace's clock.
  void repeated(const voxmark::profiling::Repetition& repetition, qint64 ns);
  void measured(const voxmark::profiling::RunResult& result, qint64 ns);
  /// `secondsLeft` is below 0 while it cannot be told.
  void progressed(double fraction, const QString& phase, double secondsLeft);
  /// Empty: without an error.
  void finished(const QString& error);

 private:
  void work(const BenchPlan& plan, int run, JobContext& job);
  void collectTrace(int run);

  BenchRuns& runs_;
  JobController& jobs_;
  const SourceRegistry& sources_;
  const BackendRegistry& backends_;
  std::uint64_t job_ = 0;
  std::int64_t startedNs_ = 0;
  std::uint64_t cursor_ = 0;
  QElapsedTimer clock_;
  QTimer collector_;
};

}  // namespace voxmark::ui
