#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <optional>
#include <vector>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// Applies the document's steps to layers, one after the other, in one job. Every result becomes a layer; all of them
/// are one undoable step. Where one fails, or the job is cancelled, nothing has changed.
class StepRunner : public QObject {
  Q_OBJECT
 public:
  StepRunner(Session& session, JobController& jobs, const SourceRegistry& sources, const BackendRegistry& backends,
             QObject* parent);
  /// Layers by their ids; those without voxels are left out. Nothing while another run goes on.
  void run(const std::vector<int>& layers, const std::string& device);
  void cancel();
  [[nodiscard]] bool running() const { return job_.has_value(); }

 Q_SIGNALS:
  void started();
  /// Seconds left, or a negative number where that is not known yet.
  void progressed(double fraction, double secondsLeft, const QString& phase);
  void finished();
  void failed(const QString& message);

 private:
  void addResults(const std::vector<Layer>& made);

  Session& session_;
  JobController& jobs_;
  const SourceRegistry& sources_;
  const BackendRegistry& backends_;
  std::optional<std::uint64_t> job_;
  QElapsedTimer clock_;
};

}  // namespace voxmark::ui
