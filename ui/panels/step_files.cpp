#include "ui/panels/step_files.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/document/pipeline_file.h"
#include "ui/models/step_edits.h"

namespace voxmark::ui {
namespace {

const QString kFolder = "steps/folder";

QFileDialog* makeDialog(const QString& title, QWidget* window) {
  auto* dialog = new QFileDialog(window, title, QSettings().value(kFolder).toString(),
                                 Session::tr("Steps (*%1);;JSON files (*.json)").arg(kPipelineEnding));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  return dialog;
}

}  // namespace

void askToSaveSteps(Session& session, QWidget* window, std::function<void(const QString&)> failed) {
  QFileDialog* dialog = makeDialog(Session::tr("Save steps"), window);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  QObject::connect(dialog, &QFileDialog::fileSelected, &session,
                   [&session, failed = std::move(failed)](const QString& chosen) {
                     const QString path = chosen.endsWith(".json") ? chosen : chosen + kPipelineEnding;
                     try {
                       savePipeline(session.document().steps, path.toStdString());
                       QSettings().setValue(kFolder, QFileInfo(path).absolutePath());
                       log::info("Saved the steps " + path.toStdString());
                     } catch (const Error& error) {
                       failed(QString::fromStdString(error.what()));
                     }
                   });
  dialog->open();
}

void loadSteps(Session& session, const QString& path) {
  std::vector<PipelineStep> steps = readPipeline(path.toStdString());
  replaceSteps(session, Session::tr("Load steps %1").arg(QFileInfo(path).fileName()), std::move(steps));
}

void askToLoadSteps(Session& session, QWidget* window, std::function<void(const QString&)> failed) {
  QFileDialog* dialog = makeDialog(Session::tr("Load steps"), window);
  dialog->setFileMode(QFileDialog::ExistingFile);
  QObject::connect(dialog, &QFileDialog::fileSelected, &session,
                   [&session, failed = std::move(failed)](const QString& path) {
                     try {
                       loadSteps(session, path);
                       QSettings().setValue(kFolder, QFileInfo(path).absolutePath());
                     } catch (const Error& error) {
                       failed(QString::fromStdString(error.what()));
                     }
                   });
  dialog->open();
}

}  // namespace voxmark::ui
