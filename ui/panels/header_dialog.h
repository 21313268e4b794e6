#pragma once

#include <QDialog>

#include "ui/models/header_model.h"
#include "ui/models/session.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace voxmark::ui {

/// The header of a layer, searched as one types. Stays open beside the window, and follows the active layer.
class HeaderDialog : public QDialog {
  Q_OBJECT
 public:
  HeaderDialog(Session& session, QWidget* parent);
  void showLayer(int layer);
  /// Rows that the search leaves, as text: name, value and meaning apart by tabs. `all`: not only the chosen ones.
  [[nodiscard]] QString text(bool all) const;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void follow();
  void fill();
  void filter(const QString& text);
  void copy(bool all) const;
  void makeTree();

  Session& session_;
  int layer_ = 0;
  VolumePtr shown_;
  HeaderModel* model_;
  QSortFilterProxyModel* found_;
  QLineEdit* search_;
  QTreeView* tree_;
  QLabel* nothing_;
};

}  // namespace voxmark::ui
