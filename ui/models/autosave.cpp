#include "ui/models/autosave.h"

#include "core/base/log.h"
#include "ui/models/preferences.h"

namespace voxmark::ui {

Autosave::Autosave(Session& session, const std::string& folder, QObject* parent)
    : QObject(parent), session_(session), file_(folder) {
  timer_.setSingleShot(true);
  timer_.setInterval(1000 * autosaveSeconds());
  // Not started anew by further changes: somebody who scrolls for minutes is saved as well.
  connect(&session_, &Session::changed, this, [this] {
    if (!timer_.isActive()) timer_.start();
  });
  connect(&timer_, &QTimer::timeout, this, &Autosave::start);
}

void Autosave::start() {
  const DocumentPtr document = session_.history().current();
  if (document == saving_) return;
  saving_ = document;
  jobs_.startLatest(
      "autosave", QString(),
      [this, document](JobContext&) {
        if (document->layers.empty() && document->marks.empty()) {
          file_.clear();
        } else {
          file_.save(*document);
        }
      },
      [this](const JobResult& result) {
        if (result.state == JobState::Failed && !failed_) {
          log::warning("The session could not be kept for recovery: " + result.error);
        }
        failed_ = result.state == JobState::Failed;
        if (result.state == JobState::Done) Q_EMIT saved();
      });
}

}  // namespace voxmark::ui
