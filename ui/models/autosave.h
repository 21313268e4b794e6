#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "core/document/autosave_file.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// Keeps a copy of the document on the disk: a few seconds after a change at the latest, on another thread.
class Autosave : public QObject {
  Q_OBJECT
 public:
  /// Throws Error(Io) where nothing can be kept in `folder`.
  Autosave(Session& session, const std::string& folder, QObject* parent);
  void setInterval(int ms) { timer_.setInterval(ms); }

 Q_SIGNALS:
  /// The copy is that of the document as it was a moment ago.
  void saved();

 private:
  void start();

  Session& session_;
  AutosaveFile file_;
  QTimer timer_;
  DocumentPtr saving_;
  bool failed_ = false;  ///< and said so
  JobController jobs_;   ///< its own: nobody waits for it. Last: no job outlives the file
};

}  // namespace voxmark::ui
