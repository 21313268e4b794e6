#pragma once

#include <QObject>

#include "ui/models/action_list.h"
#include "ui/models/document_io.h"
#include "ui/panels/process_panel.h"

namespace voxmark::ui {

class ViewsArea;

/// Everything about steps in the window: the panel, the preview in the views and in what tells values (the window's
/// status line and readout, which must be there), the runs, and their actions.
class ProcessDesk : public QObject {
  Q_OBJECT
 public:
  struct Parts {
    Session& session;
    JobController& jobs;
    const SourceRegistry& sources;
    const BackendRegistry& backends;
    DocumentIo& io;
  };
  ProcessDesk(const Parts& parts, ViewsArea& views, QWidget* window);
  [[nodiscard]] ProcessPanel* panel() const { return panel_; }
  [[nodiscard]] bool busy() const { return preview_->busy(); }
  void addActions(ActionList& actions);
  /// Takes files of steps out of what is to be opened: they are loaded once the volumes are there.
  [[nodiscard]] QStringList takeSteps(const QStringList& paths);

 private:
  void loadWaiting();

  Session& session_;
  ProcessPreview* preview_;
  StepRunner* runner_;
  ProcessPanel* panel_;
  QString waiting_;  ///< file of steps
};

}  // namespace voxmark::ui
