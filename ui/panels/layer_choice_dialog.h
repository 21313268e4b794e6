#pragma once

#include <QDialog>
#include <vector>

#include "core/document/document.h"

class QListWidget;
class QPushButton;

namespace voxmark::ui {

/// Asks which layers the document's steps are to be applied to; says of each whether they fit it.
class LayerChoiceDialog : public QDialog {
  Q_OBJECT
 public:
  LayerChoiceDialog(const Document& document, QWidget* parent);
  /// Ids, bottom layer first.
  [[nodiscard]] std::vector<int> layers() const;

 private:
  void addLayer(const Layer& layer, const Document& document);
  void setAll(bool on);
  void refresh();

  QListWidget* list_;
  QPushButton* run_;
};

}  // namespace voxmark::ui
