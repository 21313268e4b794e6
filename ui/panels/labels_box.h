#pragma once

#include <QGroupBox>
#include <QSet>

#include "ui/models/label_filter.h"
#include "ui/models/layer_histogram.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace voxmark::ui {

class LabelOffer;

/// Shows the active layer's values as labels: names and colours by a table from a file, filled or as outlines. Where
/// the voxels look like a segmentation it offers to; the property "labelsSuggested" says so.
class LabelsBox : public QGroupBox {
  Q_OBJECT
 public:
  LabelsBox(Session& session, JobController& jobs, LayerHistogram& histogram, QWidget* parent);
  /// Whether the panel can be seen; nothing is counted while it cannot.
  void setWatched(bool watched);
  /// Whether the active layer may be a segmentation that is not shown as one: then its histogram, which says so, is
  /// worth counting though nobody looks at it.
  [[nodiscard]] bool mayOffer() const;
  /// The same offer, to stand where the panel is not seen.
  [[nodiscard]] LabelOffer* makeOffer(QWidget* parent);

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  void connectOffer(LabelOffer* offer);
  QWidget* makeContent();
  void makeTable();
  void refresh();
  void showAsLabels();
  void chooseTable();
  void chooseTarget();
  void showMenu(const QPoint& position);
  void jumpTo(std::int64_t value);
  void chooseColour(std::int64_t value);
  [[nodiscard]] std::vector<std::int64_t> selected() const;
  [[nodiscard]] bool suggests() const;

  Session& session_;
  LayerHistogram& histogram_;
  LabelListModel* labels_;
  LabelFilter* filter_;
  FrameMeasure<std::optional<LabelSummary>> summary_;
  bool watched_ = false;
  QSet<int> declined_;  ///< layers for which the user wants no offer
  LabelOffer* hint_;
  LabelOffer* above_ = nullptr;  ///< the views
  QWidget* content_;
  QCheckBox* on_;
  QCheckBox* outline_;
  QLabel* note_;
  QLineEdit* search_;
  QTableView* table_;
};

}  // namespace voxmark::ui
