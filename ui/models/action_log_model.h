#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/models/trace_log.h"

namespace voxmark::ui {

/// What was done, newest first: action, time, bytes a second and the stage that took most of the time.
class ActionLogModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Title, Time, Rate, Widest, ColumnCount };
  explicit ActionLogModel(QObject* parent) : QAbstractTableModel(parent) {}
  /// Takes over the actions of a log. Rows come and go one by one, so that a view's selection stays.
  void follow(const TraceLog& log);
  [[nodiscard]] const trace::ActionReport& actionAt(int row) const {
    return rows_.at(static_cast<std::size_t>(row)).report;
  }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Row {
    trace::ActionReport report;
    QString widest;
  };
  [[nodiscard]] static QString text(const Row& row, int column);
  std::vector<Row> rows_;
};

}  // namespace voxmark::ui
