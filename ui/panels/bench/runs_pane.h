#pragma once

#include <QWidget>

#include "ui/models/run_list_model.h"

class QPushButton;
class QTableView;

namespace voxmark::ui {

/// The runs: measured here, or opened. The one chosen is in front; of two that are chosen, the older one becomes its
/// baseline.
class RunsPane : public QWidget {
  Q_OBJECT
 public:
  RunsPane(BenchRuns& runs, QWidget* parent);
  void chooseOpen();
  /// Opens result files; says which cannot be read.
  void open(const QStringList& paths);

 Q_SIGNALS:
  void failed(const QString& message);
  void said(const QString& message);
  /// Two runs are to be held against each other.
  void compareRequested();

 private:
  void chooseSave();
  void compare();
  void refresh();
  [[nodiscard]] QList<int> chosen() const;

  BenchRuns& runs_;
  RunListModel* model_;
  QTableView* table_;
  QPushButton* open_;
  QPushButton* save_;
  QPushButton* compare_;
  QPushButton* remove_;
};

}  // namespace voxmark::ui
