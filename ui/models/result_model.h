#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <vector>

#include "ui/models/bench_runs.h"

namespace voxmark::ui {

/// The results of the run in front, a row a scenario; every other run has a column beside it, with its time and how the
/// run in front compares.
class ResultModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Median, Interval, MegabytesPerSecond, VolumesPerSecond, Peak, State, FixedColumns };
  ResultModel(BenchRuns& runs, QObject* parent);
  /// The scenario in a row of the run in front; null where only another run has it.
  [[nodiscard]] const profiling::RunResult* resultAt(int row) const;
  [[nodiscard]] QString nameAt(int row) const {
    return QString::fromStdString(names_.at(static_cast<std::size_t>(row)));
  }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  void rebuild();
  void follow();
  [[nodiscard]] QString fixedText(const profiling::RunResult& result, int column) const;
  [[nodiscard]] QString otherText(int row, int column) const;
  [[nodiscard]] const profiling::ComparisonRow* comparisonAt(int row, int column) const;
  [[nodiscard]] QString tip(int row, int column) const;

  BenchRuns& runs_;
  int current_ = 0;
  std::vector<int> others_;         ///< ids of the runs that have a column
  std::vector<std::string> names_;  ///< of the scenarios: those of the run in front first
};

}  // namespace voxmark::ui
