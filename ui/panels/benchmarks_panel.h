#pragma once

#include <QTabWidget>
#include <QWidget>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "ui/models/bench_runner.h"
#include "ui/models/session.h"

namespace voxmark::ui {

class ComparePage;
class DistributionPage;
class ErrorPage;
class HistoryPage;
class ResultsPage;
class RunsPane;
class ScenarioPane;
class SizesPage;
class TimelineView;

/// The workbench for measurements: what to run and the runs at the left, and what came of them in pages. Result files
/// that are dropped on it become further runs.
class BenchmarksPanel : public QWidget {
  Q_OBJECT
 public:
  BenchmarksPanel(Session& session, JobController& jobs, const SourceRegistry& sources, const BackendRegistry& backends,
                  QWidget* parent);
  [[nodiscard]] BenchRuns& runs() { return runs_; }
  [[nodiscard]] BenchRunner& runner() { return *runner_; }
  [[nodiscard]] ResultsPage& results() const { return *results_; }
  [[nodiscard]] ComparePage& compare() const { return *compare_; }
  [[nodiscard]] DistributionPage& distribution() const { return *distribution_; }
  [[nodiscard]] SizesPage& sizes() const { return *sizes_; }
  [[nodiscard]] ErrorPage& errors() const { return *errors_; }
  [[nodiscard]] HistoryPage& history() const { return *history_; }
  [[nodiscard]] TimelineView& stages() const { return *stages_; }
  void open(const QStringList& paths);
  void chooseOpen();

 Q_SIGNALS:
  void failed(const QString& message);
  /// The volume in that file is to be seen in the viewer.
  void inputRequested(const QString& path);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QWidget* makeSide();
  void makePages();
  /// The layer whose file is measured: the active one, or that which it was made from; null where there is none.
  [[nodiscard]] const Layer* measured() const;
  void followSession();
  void followTrace();
  void requestInput();

  Session& session_;
  BenchRuns runs_;
  BenchRunner* runner_;
  ScenarioPane* scenarios_ = nullptr;
  RunsPane* list_ = nullptr;
  QTabWidget* pages_;
  ResultsPage* results_ = nullptr;
  DistributionPage* distribution_ = nullptr;
  ComparePage* compare_ = nullptr;
  HistoryPage* history_ = nullptr;
  SizesPage* sizes_ = nullptr;
  ErrorPage* errors_ = nullptr;
  TimelineView* stages_ = nullptr;
  std::shared_ptr<TraceLog> trace_;
};

}  // namespace voxmark::ui
