#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/models/bench_runs.h"

namespace voxmark::ui {

/// The runs, newest first: title, when and where they were measured. The baseline has a tick, which can be moved.
class RunListModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Title, Measured, ColumnCount };
  RunListModel(BenchRuns& runs, QObject* parent);
  [[nodiscard]] int idAt(int row) const { return rows_.at(static_cast<std::size_t>(row)).id; }
  /// -1 where there is none.
  [[nodiscard]] int rowOf(int id) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 private:
  struct Row {
    int id = 0;
    QString title;
    QString measured;
    QString tip;
    bool current = false;
    bool baseline = false;
    friend bool operator==(const Row&, const Row&) = default;
  };
  [[nodiscard]] Row rowFor(const BenchRun& run) const;
  void follow();

  BenchRuns& runs_;
  std::vector<Row> rows_;
};

}  // namespace voxmark::ui
