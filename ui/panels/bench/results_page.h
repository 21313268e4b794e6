#pragma once

#include <QTimer>
#include <QWidget>
#include <memory>

#include "core/profiling/live_sampler.h"
#include "ui/models/bench_runner.h"
#include "ui/models/result_model.h"

class QLabel;
class QPushButton;
class QTableView;

namespace voxmark::ui {

class LiveChart;

/// The results as a table, and below them throughput and memory while they come.
class ResultsPage : public QWidget {
  Q_OBJECT
 public:
  ResultsPage(BenchRuns& runs, BenchRunner& runner, QWidget* parent);
  ~ResultsPage() override;
  [[nodiscard]] ResultModel& model() const { return *model_; }
  [[nodiscard]] LiveChart& throughput() const { return *throughput_; }
  [[nodiscard]] LiveChart& memory() const { return *memory_; }

 Q_SIGNALS:
  void failed(const QString& message);
  /// The volume that the run in front has measured is to be seen.
  void inputRequested();

 private:
  QWidget* makeTable();
  QWidget* makeCharts();
  void begin();
  void end();
  void takeSamples();

  BenchRuns& runs_;
  BenchRunner& runner_;
  ResultModel* model_;
  QTableView* table_ = nullptr;
  QPushButton* show_ = nullptr;
  QLabel* hint_ = nullptr;
  QLabel* cost_ = nullptr;
  LiveChart* throughput_ = nullptr;
  LiveChart* memory_ = nullptr;
  int device_ = -1;  ///< series of the memory chart; -1: no device says what it holds
  std::unique_ptr<profiling::LiveSampler> sampler_;
  std::uint64_t cursor_ = 0;
  std::shared_ptr<TraceLog> trace_;
  QTimer timer_;
};

}  // namespace voxmark::ui
