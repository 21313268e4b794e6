#include "ui/models/job_controller.h"

namespace voxmark::ui {

JobController::JobController(QObject* parent) : QObject(parent) {}
JobController::~JobController() = default;

std::uint64_t JobController::start(const QString& title, Work work, Done done) {
  ++active_;
  return queue_.submit(
      title.toStdString(), std::move(work),
      [this, done = std::move(done)](const JobResult& result) {
        QMetaObject::invokeMethod(
            this,
            [this, done, result] {
              --active_;
              Q_EMIT finished(result.id);
              if (done) done(result);
            },
            Qt::QueuedConnection);
      },
      [this, title](std::uint64_t id, const Progress& progress) {
        QMetaObject::invokeMethod(
            this,
            [this, id, title, progress] {
              Q_EMIT progressed(id, title, progress.fraction, QString::fromStdString(progress.phase));
            },
            Qt::QueuedConnection);
      });
}

std::uint64_t JobController::startLatest(const QString& slot, const QString& title, Work work, Done done) {
  const auto found = latest_.find(slot);
  if (found != latest_.end()) queue_.cancel(found->second);
  const std::uint64_t id = start(title, std::move(work), [this, slot, done = std::move(done)](const JobResult& result) {
    if (latest_[slot] == result.id) done(result);
  });
  latest_[slot] = id;
  return id;
}

}  // namespace voxmark::ui
