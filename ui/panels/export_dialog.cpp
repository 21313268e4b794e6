#include "ui/panels/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <algorithm>

#include <fmt/format.h>

#include "core/document/load_layer.h"
#include "core/document/step_check.h"
#include "ui/models/loss_text.h"
#include "ui/models/step_references.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

QString describeAll(const Pipeline& steps) {
  QStringList out;
  for (const Operation& step : steps) out << QString::fromStdString(describe(step));
  return out.join(" → ");
}

/// "brain.nii.gz" without what the writers call an extension: "brain".
QString stemOf(const QString& name, const WriterRegistry& writers) {
  qsizetype cut = 0;
  for (const Writer& writer : writers.writers()) {
    for (const std::string& extension : writer.extensions) {
      const QString end = QString::fromStdString(extension);
      if (name.endsWith(end, Qt::CaseInsensitive)) cut = std::max(cut, end.size());
    }
  }
  return name.chopped(cut);
}

}  // namespace

ExportDialog::ExportDialog(const Document& document, const WriterRegistry& writers, const SourceRegistry& sources,
                           QWidget* parent)
    : QDialog(parent), layer_(*document.active()), steps_(document.pipeline()), writers_(writers) {
  setWindowTitle(tr("Export %1").arg(QString::fromStdString(layer_.name)));
  setAttribute(Qt::WA_DeleteOnClose);
  const QSettings settings;
  const QDir folder(settings.value("export/folder", QDir::homePath()).toString());
  path_ = new QLineEdit(this);
  path_->setObjectName("exportPath");
  path_->setAccessibleName(tr("File to write"));
  path_->setMinimumWidth(420);
  auto* browse = new QPushButton(tr("Browse…"), this);
  format_ = new QComboBox(this);
  format_->setAccessibleName(tr("Format"));
  for (const Writer& writer : writers.writers()) {
    for (const std::string& extension : writer.extensions) {
      format_->addItem(QString::fromStdString(writer.name + "  " + extension), QString::fromStdString(extension));
    }
  }
  format_->setCurrentIndex(std::max(0, format_->findData(".nii.gz")));
  level_ = new QComboBox(this);
  level_->setAccessibleName(tr("Compression"));
  level_->addItem(tr("Fast"), -1);
  level_->addItem(tr("Small"), 6);
  level_->addItem(tr("Smallest, slow"), 9);
  apply_ = new QCheckBox(steps_.empty() ? tr("No steps in the Process panel") : describeAll(steps_), this);
  apply_->setObjectName("exportSteps");
  apply_->setEnabled(!steps_.empty());
  // A layer that these very steps have made would get them twice.
  apply_->setChecked(!steps_.empty() && layer_.history != steps_);
  verify_ = new QCheckBox(tr("Read the file back and compare every voxel"), this);
  verify_->setChecked(true);
  summary_ = new QLabel(this);
  summary_->setObjectName("exportSummary");
  summary_->setWordWrap(true);
  summary_->setTextFormat(Qt::PlainText);
  loss_ = new QLabel(this);
  loss_->setObjectName("exportLoss");
  loss_->setWordWrap(true);
  setTone(loss_, "soft");
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  export_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
  auto* pathRow = new QHBoxLayout;
  pathRow->addWidget(path_, 1);
  pathRow->addWidget(browse);
  auto* form = new QFormLayout(this);
  form->addRow(tr("File"), pathRow);
  form->addRow(tr("Format"), format_);
  form->addRow(tr("Compression"), level_);
  form->addRow(tr("Apply steps"), apply_);
  form->addRow(tr("Check"), verify_);
  form->addRow(summary_);
  form->addRow(loss_);
  form->addRow(buttons);
  const QString name = QString::fromStdString(layer_.name);
  QString stem = stemOf(name.section(" · ", 0, 0), writers_);
  if (layer_.derivedFrom) stem += "_processed";
  stem.replace(' ', '_');
  path_->setText(folder.filePath(stem + format_->currentData().toString()));
  connect(browse, &QPushButton::clicked, this, &ExportDialog::browse);
  connect(format_, &QComboBox::activated, this, &ExportDialog::setExtension);
  connect(path_, &QLineEdit::textChanged, this, &ExportDialog::refresh);
  connect(apply_, &QCheckBox::toggled, this, &ExportDialog::refresh);
  connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::confirm);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(this, &QDialog::accepted, this,
          [this] { QSettings().setValue("export/folder", QFileInfo(path_->text()).absolutePath()); });
  estimate(document, sources);
  refresh();
}

void ExportDialog::estimate(const Document& document, const SourceRegistry& sources) {
  if (steps_.empty()) return;
  const PreviewRequest request{layer_.volume, sourceOf(layer_), steps_, std::nullopt};
  const auto failure = std::make_shared<std::optional<StepFailure>>();
  const auto made = std::make_shared<std::shared_ptr<PreparedSteps>>();
  estimating_ = true;
  jobs_.start(
      QString(),
      [=, open = opener(document, sources)](JobContext& job) { *made = prepareSteps(request, open, *failure, job); },
      [=, this](const JobResult& result) {
        estimating_ = false;
        prepared_ = *made;
        if (*failure) trouble_ = QString::fromStdString((*failure)->why);
        if (result.state == JobState::Failed) trouble_ = QString::fromStdString(result.error);
        refresh();
      });
}

QString ExportDialog::lossLine() const {
  if (!apply_->isChecked() || estimating_) return estimating_ ? tr("Loss: being estimated…") : QString();
  if (!prepared_) return {};
  const LossEstimate& estimate = prepared_->estimate;
  const QString text = lossText(estimate.loss);
  if (estimate.slices == estimate.ofSlices) return tr("Loss: %1").arg(text);
  return tr("Loss: %1 (in %2 of %3 slices)").arg(text).arg(estimate.slices).arg(estimate.ofSlices);
}

std::optional<VolumeInfo> ExportDialog::output() const {
  if (!apply_->isChecked()) return layer_.volume->info();
  if (prepared_) return prepared_->output->info();
  if (!trouble_.isEmpty()) throw Error(ErrorCode::Usage, trouble_.toStdString());
  if (std::any_of(steps_.begin(), steps_.end(), [](const Operation& step) { return needsLookup(step); })) return {};
  return plan(steps_, layer_.volume->info()).output;
}

ExportRequest ExportDialog::request() const {
  return {path_->text(), apply_->isChecked() ? steps_ : Pipeline{}, verify_->isChecked(),
          level_->currentData().toInt()};
}

void ExportDialog::confirm() {
  const QString path = path_->text();
  if (!QFileInfo::exists(path)) return accept();
  auto* question = new QMessageBox(QMessageBox::Warning, windowTitle(), tr("%1 exists. Replace it?").arg(path),
                                   QMessageBox::Cancel, this);
  question->setAttribute(Qt::WA_DeleteOnClose);
  const auto* replace = question->addButton(tr("&Replace"), QMessageBox::AcceptRole);
  question->setDefaultButton(QMessageBox::Cancel);
  connect(question, &QMessageBox::buttonClicked, this, [this, replace](const QAbstractButton* pressed) {
    if (pressed == replace) accept();
  });
  question->open();
}

void ExportDialog::browse() {
  const QString path = QFileDialog::getSaveFileName(this, windowTitle(), path_->text(), {}, nullptr,
                                                    QFileDialog::DontConfirmOverwrite);  // asked before the export
  if (!path.isEmpty()) path_->setText(path);
}

void ExportDialog::setExtension() {
  path_->setText(stemOf(path_->text(), writers_) + format_->currentData().toString());
}

std::string ExportDialog::extension() const {
  const QString path = path_->text();
  return path.mid(stemOf(path, writers_).size()).toLower().toStdString();
}

void ExportDialog::refresh() {
  const QString path = path_->text();
  QString problem;
  QString text;
  const int row = format_->findData(QString::fromStdString(extension()));
  if (row >= 0) format_->setCurrentIndex(row);
  if (row < 0) {
    problem = tr("The name's ending gives the format: %1").arg(QString::fromStdString(writers_.extensionList()));
  } else if (!QFileInfo(QFileInfo(path).absolutePath()).isDir()) {
    problem = tr("There is no folder %1").arg(QFileInfo(path).absolutePath());
  }
  level_->setEnabled(extension() != ".nii");
  try {
    const std::optional<VolumeInfo> known = output();
    const VolumeInfo& out = known ? *known : layer_.volume->info();
    const Index3& size = out.geometry.size;
    if (!known) problem = tr("The steps are being looked up…");
    text = QString::fromStdString(fmt::format("{} × {} × {}{} {}, {:.1f} MB{}", size[0], size[1], size[2],
                                              out.frames > 1 ? fmt::format(", {} frames,", out.frames) : "",
                                              pixelTypeName(out.pixelType), static_cast<double>(out.totalBytes()) / 1e6,
                                              extension() == ".nii" ? "" : " before compression"));
  } catch (const Error& error) {
    problem = QString::fromStdString(error.what());
  }
  loss_->setText(problem.isEmpty() ? lossLine() : QString());
  if (problem.isEmpty() && QFileInfo::exists(path)) text += tr(". The file exists.");
  summary_->setText(problem.isEmpty() ? text : problem);
  setTone(summary_, problem.isEmpty() ? "soft" : "warning");
  export_->setEnabled(problem.isEmpty());
}

}  // namespace voxmark::ui
