#pragma once

#include <QCheckBox>
#include <QDialog>

#include "ui/models/document_io.h"
#include "ui/models/layer_files.h"
#include "ui/models/step_preview.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace voxmark::ui {

/// Asks where and how to write the active layer, or what the steps make of the layer that they apply to, and says what
/// the file will hold and what is lost. Files of open layers are not written over.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  ExportDialog(const Document& document, const WriterRegistry& writers, const SourceRegistry& sources, QWidget* parent);
  [[nodiscard]] ExportRequest request() const;

 private:
  void makeForm();
  void confirm();
  void browse();
  void setExtension();
  void refresh();
  /// Tries the steps on a few slices, not on this thread.
  void estimate(const Document& document, const SourceRegistry& sources);
  /// Finds the files of the open layers, not on this thread.
  void findFiles(const Document& document, const SourceRegistry& sources);
  /// What is written with the steps, or without.
  [[nodiscard]] const Layer& source() const { return apply_->isChecked() ? input_ : layer_; }
  [[nodiscard]] QString lossLine() const;
  /// What will be written; nothing while that is being looked up. Throws Error where the steps do not fit.
  [[nodiscard]] std::optional<VolumeInfo> output() const;
  [[nodiscard]] std::string extension() const;

  const Layer layer_;
  const Layer input_;  ///< that the steps apply to; without voxels where they cannot be applied
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
  std::optional<std::vector<LayerFile>> files_;
  bool confirmed_ = false;  ///< before the files were known
  bool estimating_ = false;
  std::shared_ptr<PreparedSteps> prepared_;
  QString trouble_;
  JobController jobs_;  ///< its own. Last: see JobController
};

}  // namespace voxmark::ui
