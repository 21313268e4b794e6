#pragma once

#include <QObject>
#include <QString>
#include <functional>
#include <map>

#include "core/jobs/job_queue.h"

namespace voxmark::ui {

/// Runs work off the GUI thread and brings its result back to it.
class JobController : public QObject {
  Q_OBJECT
 public:
  explicit JobController(QObject* parent = nullptr);
  ~JobController() override;

  using Work = std::function<void(JobContext&)>;
  using Done = std::function<void(const JobResult&)>;
  /// `done` is called on the GUI thread, exactly once.
  std::uint64_t start(const QString& title, Work work, Done done);
  /// As start, for work of which only the newest counts: an older job of the same `slot` is cancelled and its `done` is
  /// not called.
  std::uint64_t startLatest(const QString& slot, const QString& title, Work work, Done done);
  void cancel(std::uint64_t id) { queue_.cancel(id); }
  [[nodiscard]] bool busy() const { return active_ > 0; }

 Q_SIGNALS:
  void progressed(std::uint64_t id, const QString& title, double fraction, const QString& phase);
  void finished(std::uint64_t id);

 private:
  int active_ = 0;
  std::map<QString, std::uint64_t> latest_;
  JobQueue queue_;  // last: destroyed first, so that no job outlives what it reports to
};

}  // namespace voxmark::ui
