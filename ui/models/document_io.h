#pragma once

#include <QObject>
#include <QStringList>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// Opens files into the session and writes layers out, in jobs. Nothing changes where a file turns out to be bad.
class DocumentIo : public QObject {
  Q_OBJECT
 public:
  DocumentIo(Session& session, JobController& jobs, const SourceRegistry& sources, const WriterRegistry& writers,
             const BackendRegistry& backends, QObject* parent);
  /// Opens the first path in place of all layers, or on top of them; the others on top.
  void open(const QStringList& paths, bool replace);
  /// Writes the active layer, with `pipeline` applied, to `path` (replacing it; the dialog has asked).
  void exportActive(const QString& path, const Pipeline& pipeline, bool verify);
  [[nodiscard]] QString openFilter() const;
  [[nodiscard]] QString saveFilter() const;

 Q_SIGNALS:
  void failed(const QString& message);
  void exported(const QString& path);

 private:
  Session& session_;
  JobController& jobs_;
  const SourceRegistry& sources_;
  const WriterRegistry& writers_;
  const BackendRegistry& backends_;
};

}  // namespace voxmark::ui
