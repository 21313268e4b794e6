#pragma once

#include <QFileDialog>
#include <QObject>

#include "ui/models/document_io.h"

namespace voxmark::ui {

/// What the File menu asks of the user: which files, which series of a folder, where to export.
class FileActions : public QObject {
  Q_OBJECT
 public:
  FileActions(Session& session, DocumentIo& io, QWidget* window);
  void chooseFiles(bool replace);
  void chooseFolder();
  void chooseExport();

 Q_SIGNALS:
  /// Something new begins: what the last error said no longer matters.
  void started();

 private:
  void ask(const QString& title, QFileDialog::FileMode mode, bool replace);
  void chooseSeries(const QString& path, const std::vector<voxmark::SeriesChoice>& choices, bool replace);
  void open(const QStringList& paths, bool replace);

  Session& session_;
  DocumentIo& io_;
  QWidget* window_;
};

}  // namespace voxmark::ui
