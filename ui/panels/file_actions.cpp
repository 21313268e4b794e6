#include "ui/panels/file_actions.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QSettings>

#include "ui/panels/export_dialog.h"

namespace voxmark::ui {
namespace {

const QString kFolder = "open/folder";

}  // namespace

FileActions::FileActions(Session& session, DocumentIo& io, QWidget* window)
    : QObject(window), session_(session), io_(io), window_(window) {
  connect(&io_, &DocumentIo::seriesNeeded, this, &FileActions::chooseSeries);
}

void FileActions::open(const QStringList& paths, bool replace) {
  if (paths.isEmpty() || paths.front().isEmpty()) return;
  QSettings().setValue(kFolder, QFileInfo(paths.front()).absolutePath());
  Q_EMIT started();
  io_.open(paths, replace);
}

void FileActions::ask(const QString& title, QFileDialog::FileMode mode, bool replace) {
  // Not exec: the window goes on working under the dialog.
  auto* dialog = new QFileDialog(window_, title, QSettings().value(kFolder).toString(), io_.openFilter());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(mode);
  connect(dialog, &QFileDialog::filesSelected, this,
          [this, replace](const QStringList& paths) { open(paths, replace); });
  dialog->open();
}

void FileActions::chooseFiles(bool replace) {
  ask(replace ? tr("Open volumes") : tr("Add layers"), QFileDialog::ExistingFiles, replace);
}

void FileActions::chooseFolder() {
  ask(tr("Open a folder of DICOM slices"), QFileDialog::Directory, true);
}

void FileActions::chooseSeries(const QString& path, const std::vector<SeriesChoice>& choices, bool replace) {
  QStringList items;
  for (const SeriesChoice& choice : choices) {
    items << QString("%1:  %2").arg(items.size() + 1).arg(QString::fromStdString(choice.text));
  }
  auto* dialog = new QInputDialog(window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setOption(QInputDialog::UseListViewForComboBoxItems);
  dialog->setWindowTitle(tr("Several series"));
  dialog->setLabelText(tr("%1 holds %2 series. Open:").arg(path).arg(items.size()));
  dialog->setComboBoxItems(items);
  dialog->setTextValue(items.front());
  dialog->resize(560, 360);
  connect(dialog, &QInputDialog::textValueSelected, this, [this, path, replace](const QString& item) {
    Q_EMIT started();
    io_.openSeries(path, item.section(':', 0, 0), replace);
  });
  dialog->open();
}

void FileActions::chooseExport() {
  if (!io_.canExport()) return;
  auto* dialog = new ExportDialog(session_.document(), io_.writers(), io_.sources(), window_);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    Q_EMIT started();
    io_.exportActive(dialog->request());
  });
  dialog->open();
}

}  // namespace voxmark::ui
