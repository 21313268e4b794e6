#pragma once

#include <QWidget>
#include <optional>
#include <set>

#include "ui/models/measurement_model.h"

class QLabel;
class QPushButton;
class QTableView;

namespace voxmark::ui {

/// The measurements of the document: click one to go there, F2 renames, Delete removes; copy, and export as CSV or
/// JSON.
class MeasurementsPanel : public QWidget {
  Q_OBJECT
 public:
  MeasurementsPanel(Session& session, MarkMeasurements& measurements, QWidget* parent);
  [[nodiscard]] MeasurementModel& model() const { return *model_; }
  /// The chosen rows, or all where none is, to the clipboard.
  void copy() const;
  /// Asks for a file name.
  void chooseExport();
  /// Writes all measurements, as JSON where the name ends in .json and else as CSV, once all of them are there.
  void exportTo(const QString& path);
  void removeChosen();
  void removeAll();

 Q_SIGNALS:
  void failed(const QString& message);
  void exported(const QString& path);

 private:
  void refresh();
  /// A mark that is selected in the views is chosen here too.
  void followSelection();
  void writeWaiting();
  void goTo(int row);
  [[nodiscard]] std::vector<int> chosenRows() const;
  void makeTable();

  Session& session_;
  MarkMeasurements& measurements_;
  MeasurementModel* model_;
  QTableView* table_;
  QLabel* about_;
  QLabel* hint_;
  QPushButton* copy_;
  QPushButton* export_;
  QPushButton* remove_;
  QPushButton* clear_;
  std::optional<int> selected_;     ///< the document's selected mark, when it was last followed
  std::optional<QString> waiting_;  ///< file to write when everything has been measured
};

}  // namespace voxmark::ui
