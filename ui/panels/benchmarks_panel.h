#pragma once

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/profiling/runner.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

class QCustomPlot;

namespace voxmark::ui {

/// Runs scenarios on the active layer's file, charts throughput and memory while they run, and keeps the results.
class BenchmarksPanel : public QWidget {
  Q_OBJECT
 public:
  BenchmarksPanel(Session& session, JobController& jobs, const SourceRegistry& sources, const BackendRegistry& backends,
                  QWidget* parent);
  [[nodiscard]] const std::vector<profiling::RunResult>& results() const { return results_; }
  /// Writes the results as Google Benchmark JSON. Throws Error(Io).
  void save(const QString& path) const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void recolour();
  QWidget* makeControls();
  QWidget* makeResults();
  QCustomPlot* makeChart(const QString& title);
  /// The layer whose file is measured: the active one, or that which it was made from; null where there is none.
  [[nodiscard]] const Layer* measured() const;
  void refresh();
  void run();
  void addResult(const profiling::RunResult& result);
  void addRepetition(const profiling::Repetition& repetition);
  void sampleMemory();
  void saveTo(const QString& path);

  Session& session_;
  JobController& jobs_;
  const SourceRegistry& sources_;
  const BackendRegistry& backends_;
  QListWidget* scenarios_;
  QComboBox* preset_;
  QComboBox* device_;
  QPushButton* run_;
  QPushButton* stop_;
  QLabel* note_;
  QCustomPlot* throughput_ = nullptr;
  QCustomPlot* memory_ = nullptr;
  QTableWidget* table_;
  QTimer sampler_;
  std::vector<profiling::RunResult> results_;
  std::string measuredFile_;
  std::uint64_t job_ = 0;
  double repetitions_ = 0;
  std::int64_t started_ = 0;
};

}  // namespace voxmark::ui
