#pragma once

#include <QDialog>

#include "ui/models/document_io.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace voxmark::ui {

/// Asks where and how to write the active layer, and says what the file will hold.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const Document& document, const WriterRegistry& writers, QWidget* parent);
  [[nodiscard]] ExportRequest request() const;

 private:
  void confirm();
  void browse();
  void setExtension();
  void refresh();
  [[nodiscard]] std::string extension() const;

  const Layer layer_;
  const Pipeline steps_;
  const WriterRegistry& writers_;
  QLineEdit* path_;
  QComboBox* format_;
  QComboBox* level_;
  QCheckBox* apply_;
  QCheckBox* verify_;
  QLabel* summary_;
  QPushButton* export_;
};

}  // namespace voxmark::ui
