#pragma once

#include <QDialog>

#include "ui/models/document_io.h"
#include "ui/models/step_preview.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace voxmark::ui {

/// Asks where and how to write the active layer, and says what the file will hold and what is lost.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const Document& document, const WriterRegistry& writers, const SourceRegistry& sources, QWidget* parent);
  [[nodiscard]] ExportRequest request() const;

 private:
  void confirm();
  void browse();
  void setExtension();
  void refresh();
  /// Tries the steps on a few slices, not on this thread.
  void estimate(const Document& document, const SourceRegistry& sources);
  [[nodiscard]] QString lossLine() const;
  /// What will be written; nothing while that is being looked up. Throws Error where the steps do not fit.
  [[nodiscard]] std::optional<VolumeInfo> output() const;
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
  QLabel* loss_;
  QPushButton* export_;
  bool estimating_ = false;
  std::shared_ptr<PreparedSteps> prepared_;
  QString trouble_;
  JobController jobs_;  ///< its own. Last: see JobController
};

}  // namespace voxmark::ui
