#include "ui/panels/process_desk.h"

#include <QMenu>
#include <utility>

#include "core/base/error.h"
#include "core/document/pipeline_file.h"
#include "ui/models/step_fields.h"
#include "ui/panels/readout_panel.h"
#include "ui/panels/step_files.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/views_area.h"

namespace voxmark::ui {

ProcessDesk::ProcessDesk(const Parts& parts, ViewsArea& views, QWidget* window)
    : QObject(window),
      session_(parts.session),
      preview_(new ProcessPreview(parts.session, parts.sources, this)),
      runner_(new StepRunner(parts.session, parts.jobs, parts.sources, parts.backends, this)),
      panel_(new ProcessPanel(parts.session, *preview_, *runner_, parts.backends, window)) {
  for (SliceView* view : views.slices()) view->setPreview(preview_);
  views.lightbox().setPreview(preview_);
  if (auto* status = window->findChild<StatusLine*>()) status->setPreview(preview_);
  if (auto* readout = window->findChild<ReadoutPanel*>()) readout->setPreview(preview_);
  connect(&parts.io, &DocumentIo::opened, this, &ProcessDesk::loadWaiting);
}

QStringList ProcessDesk::takeSteps(const QStringList& paths) {
  QStringList volumes;
  for (const QString& path : paths) {
    if (path.endsWith(kPipelineEnding)) {
      waiting_ = path;
    } else {
      volumes << path;
    }
  }
  if (volumes.isEmpty()) loadWaiting();
  return volumes;
}

void ProcessDesk::loadWaiting() {
  if (waiting_.isEmpty()) return;
  try {
    loadSteps(session_, std::exchange(waiting_, {}));
  } catch (const Error& error) {
    Q_EMIT panel_->failed(QString::fromStdString(error.what()));
  }
}

void ProcessDesk::addActions(ActionList& actions) {
  actions.addSeparator("tools");
  actions.addMenu("tools", "steps", tr("Steps"));
  actions.add({"steps.run", "steps", tr("Run the steps"), {QKeySequence("Ctrl+Return")}}, [this] { panel_->run(); });
  actions.add({"steps.layers", "steps", tr("Run the steps on layers…")}, [this] { panel_->runOnLayers(); });
  QAction* preview = actions.add(
      {"steps.preview", "steps", tr("Before and after: preview the steps"), {QKeySequence("Shift+B")}}, [this] {
        const bool on = !session_.document().views.preview;
        session_.look([on](Document& d) { d.views.preview = on; });
      });
  preview->setCheckable(true);
  const auto follow = [this, preview] { preview->setChecked(session_.document().views.preview); };
  connect(&session_, &Session::changed, preview, follow);
  connect(preview, &QAction::triggered, preview, follow);
  follow();
  actions.add({"steps.load", "steps", tr("Load steps…")}, [this] { panel_->loadSteps(); });
  actions.add({"steps.save", "steps", tr("Save steps…")}, [this] { panel_->saveSteps(); });
  actions.addMenu("steps", "addStep", tr("Add step"));
  QString group;
  for (const StepKind& kind : stepKinds()) {
    if (!group.isEmpty() && kind.group != group) actions.addSeparator("addStep");
    group = kind.group;
    const std::string id = std::string("addStep.") + kind.id;
    const QString name = kind.id;
    actions.add({id.c_str(), "addStep", tr("Add step: %1").arg(kind.name)}, [this, name] { panel_->addStep(name); });
  }
}

}  // namespace voxmark::ui
