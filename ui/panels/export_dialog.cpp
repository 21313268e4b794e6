#include "ui/panels/export_dialog.h"

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
#include <utility>

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

/// The layer that the steps are to be applied to; none where they have been, and the active layer shows it.
Layer inputOf(const Document& document) {
  const Layer* input = document.stepsLayer();
  if (input == nullptr || !input->volume || input->opening || document.stepsResult() != nullptr) return {};
  return *input;
}

QString stepsText(const Document& document) {
  const Pipeline steps = document.pipeline();
  if (steps.empty()) return ExportDialog::tr("No steps in the Process panel");
  const Layer* active = document.active();
  const Layer* input = document.stepsLayer();
  const Layer* result = document.stepsResult();
  if (result == active) return ExportDialog::tr("This layer is their result");
  const auto name = [](const Layer* layer) { return QString::fromStdString(layer->name); };
  if (result != nullptr) return ExportDialog::tr("%1 is their result").arg(name(result));
  if (input == nullptr || !input->volume) return ExportDialog::tr("What this result was made from is not open");
  if (input != active) return ExportDialog::tr("To %1: %2").arg(name(input), describeAll(steps));
  return describeAll(steps);
}

}  // namespace

ExportDialog::ExportDialog(const Document& document, const WriterRegistry& writers, const SourceRegistry& sources,
                           QWidget* parent)
    : QDialog(parent),
      layer_(*document.active()),
      input_(inputOf(document)),
      steps_(input_.volume ? document.pipeline() : Pipeline{}),
      writers_(writers) {
  setWindowTitle(tr("Export %1").arg(QString::fromStdString(layer_.name)));
  setAttribute(Qt::WA_DeleteOnClose);
  const QSettings settings;
  const QDir folder(settings.value("export/folder", QDir::homePath()).toString());
  path_ = new QLineEdit(this);
  path_->setObjectName("exportPath");
  path_->setAccessibleName(tr("File to write"));
  path_->setMinimumWidth(420);
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
  apply_ = new QCheckBox(this);
  const QString said = stepsText(document);
  apply_->setText(apply_->fontMetrics().elidedText(said, Qt::ElideRight, 400).replace('&', "&&"));
  apply_->setToolTip(said);
  apply_->setObjectName("exportSteps");
  apply_->setEnabled(!steps_.empty());
  apply_->setChecked(!steps_.empty());
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
  makeForm();
  const QString name = QString::fromStdString(layer_.name);
  QString stem = stemOf(name.section(" · ", 0, 0), writers_);
  if (layer_.derivedFrom || apply_->isChecked()) stem += "_processed";
  stem.replace(' ', '_');
  path_->setText(folder.filePath(stem + format_->currentData().toString()));
  connect(format_, &QComboBox::activated, this, &ExportDialog::setExtension);
  connect(path_, &QLineEdit::textChanged, this, &ExportDialog::refresh);
  connect(apply_, &QCheckBox::toggled, this, &ExportDialog::refresh);
  connect(this, &QDialog::accepted, this,
          [this] { QSettings().setValue("export/folder", QFileInfo(path_->text()).absolutePath()); });
  findFiles(document, sources);
  estimate(document, sources);
  refresh();
}

void ExportDialog::makeForm() {
  auto* browse = new QPushButton(tr("Browse…"), this);
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
  connect(browse, &QPushButton::clicked, this, &ExportDialog::browse);
  connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::confirm);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ExportDialog::findFiles(const Document& document, const SourceRegistry& sources) {
  const auto files = std::make_shared<std::vector<LayerFile>>();
  jobs_.start(
      QString(), [=, layers = document.layers, &sources](JobContext&) { *files = filesOf(layers, sources); },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Cancelled) return;
        files_ = *files;
        refresh();
        if (std::exchange(confirmed_, false)) confirm();
      });
}

void ExportDialog::estimate(const Document& document, const SourceRegistry& sources) {
  if (steps_.empty()) return;
  const PreviewRequest request{input_.volume, sourceOf(input_), steps_, std::nullopt};
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
  return plan(steps_, input_.volume->info()).output;
}

ExportRequest ExportDialog::request() const {
  return {path_->text(), apply_->isChecked() ? steps_ : Pipeline{}, verify_->isChecked(), level_->currentData().toInt(),
          source().id};
}

void ExportDialog::confirm() {
  if (!files_) {
    confirmed_ = true;
    return;
  }
  refresh();  // files come and go
  if (!export_->isEnabled()) return;
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
  } else if (const auto taken = files_ ? replacedBy(path.toStdString(), *files_) : std::nullopt) {
    problem = tr("%1 is a file of the open layer “%2”, which is never replaced: choose another name.")
                  .arg(QString::fromStdString(taken->path), QString::fromStdString(taken->layer));
  }
  level_->setEnabled(extension() != ".nii");
  try {
    const std::optional<VolumeInfo> known = problem.isEmpty() ? output() : std::optional(source().volume->info());
    const VolumeInfo& out = known ? *known : source().volume->info();
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
