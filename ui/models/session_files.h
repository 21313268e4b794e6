#pragma once

#include <QObject>
#include <QStringList>
#include <optional>
#include <set>
#include <vector>

#include "ui/models/document_io.h"

namespace voxmark::ui {

/// Saves the document as a session file and opens such files again: layers are read in jobs, one after the other, then
/// those that are results of steps are made again. Opening is one undoable step.
class SessionFiles : public QObject {
  Q_OBJECT
 public:
  SessionFiles(Session& session, JobController& jobs, DocumentIo& io, const SourceRegistry& sources,
               const BackendRegistry& backends, QObject* parent);
  /// The file that the document was last saved to or opened from; empty: none yet.
  [[nodiscard]] const QString& path() const { return path_; }
  void save(const QString& path);
  /// Opens a session in place of what is open; then `others`, on top of it.
  void open(const QString& path, const QStringList& others = {});
  /// As open, of a copy that was kept in case of a crash: the document is not said to be of that file. `name` is what
  /// the step is called.
  void recover(const QString& path, const QString& name);

 Q_SIGNALS:
  void failed(const QString& message);
  void saved(const QString& path);
  void opened(const QString& path);
  /// Layers of the session that was opened have no voxels; they are kept, with all that is known of them.
  void incomplete(const QString& message);

 private:
  void read(const QString& path, const QString& label, const QStringList& others, bool ours);
  /// Makes the document the current one, under ids that no earlier layer has, and lets its layers be read.
  void adopt(Document document, const QString& label);
  void layerEnded(int id);
  void restoreDerived();
  void finish();

  Session& session_;
  JobController& jobs_;
  DocumentIo& io_;
  const SourceRegistry& sources_;
  const BackendRegistry& backends_;
  QString path_;
  std::set<int> reading_;     ///< layers whose files are to be read, or are being read
  std::vector<int> derived_;  ///< layers to be made after that, the last one first
  QStringList others_;        ///< to be opened at the end
  bool restoring_ = false;
};

}  // namespace voxmark::ui
