#pragma once

#include <QObject>
#include <QStringList>
#include <deque>
#include <vector>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// What to write, and how.
struct ExportRequest {
  QString path;  ///< replaced where it exists: whoever asks has asked the user
  Pipeline steps;
  bool verify = true;
  int level = -1;  ///< of compression; -1: the writer's default
};

/// Opens files into the session and writes layers out, in jobs. Nothing changes where a file turns out to be bad.
class DocumentIo : public QObject {
  Q_OBJECT
 public:
  DocumentIo(Session& session, JobController& jobs, const SourceRegistry& sources, const WriterRegistry& writers,
             const BackendRegistry& backends, QObject* parent);
  /// Opens the paths one after the other, each in a job of its own: the first that can be read in place of all layers
  /// or on top of them, the others on top. One undoable step. A bad file is reported and the others still open.
  void open(const QStringList& paths, bool replace);
  /// Opens one series of a folder.
  void openSeries(const QString& path, const QString& series, bool replace);
  /// Writes the active layer with the request's steps applied.
  void exportActive(const ExportRequest& request);
  [[nodiscard]] QString openFilter() const;
  [[nodiscard]] const WriterRegistry& writers() const { return writers_; }

 Q_SIGNALS:
  void failed(const QString& message);
  /// What was guessed or corrected about a file that was opened all the same.
  void warned(const QString& message);
  void exported(const QString& path);
  /// The folder holds several series: choose one and call openSeries.
  void seriesNeeded(const QString& path, const std::vector<voxmark::SeriesChoice>& choices, bool replace);

 private:
  struct Request {
    QString path;
    QString series;
    bool replace = false;
    std::string mergeKey;
  };
  void startNext();
  void finish(const Request& request, const JobResult& result, const std::shared_ptr<Layer>& layer);

  Session& session_;
  JobController& jobs_;
  const SourceRegistry& sources_;
  const WriterRegistry& writers_;
  const BackendRegistry& backends_;
  std::deque<Request> waiting_;
  bool opening_ = false;
  int calls_ = 0;
};

}  // namespace voxmark::ui
