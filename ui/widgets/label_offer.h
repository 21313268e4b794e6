#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace voxmark::ui {

/// Offers to show a layer that looks like a segmentation as labels: in the Display panel, and above the views while
/// that cannot be seen.
class LabelOffer : public QFrame {
  Q_OBJECT
 public:
  /// The objects in it are named after `name`: "labelsHint" holds "acceptLabels" and "declineLabels". `bar`: all of it
  /// in one row.
  LabelOffer(const QString& name, bool bar, QWidget* parent);
  /// Whose layer it is about; empty: "This".
  void setLayer(const QString& layer);

 Q_SIGNALS:
  void accepted();
  void declined();

 private:
  QLabel* text_;
};

}  // namespace voxmark::ui
