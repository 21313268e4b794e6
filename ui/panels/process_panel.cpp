#include "ui/panels/process_panel.h"

#include <QCheckBox>
#include <QCursor>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/step_edits.h"
#include "ui/models/step_labels.h"
#include "ui/panels/add_step_popup.h"
#include "ui/panels/layer_choice_dialog.h"
#include "ui/panels/process_summary.h"
#include "ui/panels/run_bar.h"
#include "ui/panels/step_editor.h"
#include "ui/panels/step_files.h"
#include "ui/panels/step_list.h"
#include "ui/panels/steps_target.h"

namespace voxmark::ui {
namespace {

constexpr int kLeastTitle = 120;
constexpr int kBesideTitle = 60;     ///< frames and margins
constexpr qint64 kHoldsAfter = 350;  ///< ms: a shorter press is a click

}  // namespace

ProcessPanel::ProcessPanel(Session& session, ProcessPreview& preview, StepRunner& runner,
                           const BackendRegistry& backends, QWidget* parent)
    : QWidget(parent),
      session_(session),
      preview_(preview),
      runner_(runner),
      list_(new StepList(session, this)),
      box_(new QGroupBox(this)),
      editor_(new StepEditor(session, box_)),
      target_(new StepsTarget(session, this)),
      summary_(new ProcessSummary(session, preview, this)),
      run_(new RunBar(runner, backends, this)),
      popup_(new AddStepPopup(this)) {
  list_->setMinimumHeight(96);
  auto* inner = new QVBoxLayout(box_);
  inner->addWidget(editor_);
  box_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // its title must not widen the panel
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(makeTools());
  layout->addWidget(target_);
  layout->addWidget(list_, 1);
  layout->addWidget(box_);
  layout->addLayout(makeCompare());
  layout->addWidget(summary_);
  layout->addWidget(run_);
  connect(popup_, &AddStepPopup::chosen, this, &ProcessPanel::addStep);
  connect(list_, &StepList::chosen, this, &ProcessPanel::edit);
  connect(run_, &RunBar::runRequested, this, &ProcessPanel::run);
  connect(run_, &RunBar::severalRequested, this, &ProcessPanel::runOnLayers);
  connect(&runner_, &StepRunner::started, this, &ProcessPanel::started);
  connect(&runner_, &StepRunner::failed, this, &ProcessPanel::failed);
  connect(&runner_, &StepRunner::finished, this, &ProcessPanel::refresh);
  connect(&preview_, &ProcessPreview::changed, this, &ProcessPanel::refresh);
  connect(&session_, &Session::changed, this, &ProcessPanel::refresh);
  refresh();
}

QHBoxLayout* ProcessPanel::makeTools() {
  add_ = new QPushButton(tr("Add step…"), this);
  add_->setObjectName("addStep");
  connect(add_, &QPushButton::clicked, this, &ProcessPanel::askForStep);
  const auto button = [this](const char* name, const QString& text, auto run) {
    auto* tool = new QToolButton(this);
    tool->setObjectName(name);
    tool->setAccessibleName(text);
    tool->setToolTip(text);
    tool->setFocusPolicy(Qt::TabFocus);
    tool->setAutoRaise(true);
    connect(tool, &QToolButton::clicked, this, run);
    return tool;
  };
  QToolButton* up = button("stepUp", tr("Move the step up (Alt+Up)"), [this] { list_->moveChosen(-1); });
  up->setArrowType(Qt::UpArrow);
  QToolButton* down = button("stepDown", tr("Move the step down (Alt+Down)"), [this] { list_->moveChosen(1); });
  down->setArrowType(Qt::DownArrow);
  QToolButton* remove =
      button("removeStep", tr("Remove the step (Del)"), [this] { removeStep(session_, list_->row()); });
  remove->setText("✕");
  QToolButton* more = button("stepsMenu", tr("Load and save steps"), [] {});
  more->setText(tr("File"));
  more->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(more);
  menu->addAction(tr("Load steps…"), this, &ProcessPanel::loadSteps);
  menu->addAction(tr("Save steps…"), this, &ProcessPanel::saveSteps);
  menu->addSeparator();
  menu->addAction(tr("Remove all"), this, [this] { replaceSteps(session_, tr("Remove all steps"), {}); });
  more->setMenu(menu);
  auto* row = new QHBoxLayout;
  row->setSpacing(2);
  row->addWidget(add_);
  row->addStretch(1);
  for (QToolButton* tool : {up, down, remove, more}) row->addWidget(tool);
  return row;
}

QHBoxLayout* ProcessPanel::makeCompare() {
  auto* preview = new QCheckBox(tr("Preview in the slices"), this);
  preview->setObjectName("previewSwitch");
  preview->setToolTip(tr("Shows in the slice views what the steps make of the layer"));
  auto* before = new QPushButton(tr("Before"), this);
  before->setObjectName("holdBefore");
  before->setCheckable(true);
  before->setToolTip(tr("Shows the layer as it is: click to switch, or hold to look for a moment"));
  connect(preview, &QCheckBox::toggled, this,
          [this](bool on) { session_.look([on](Document& d) { d.views.preview = on; }); });
  connect(before, &QPushButton::pressed, &preview_, [this] {
    pressed_.start();
    preview_.setHeld(true);
  });
  connect(before, &QPushButton::clicked, &preview_, [this, before] {
    if (pressed_.isValid() && pressed_.elapsed() > kHoldsAfter) before->setChecked(false);
    pressed_.invalidate();
    preview_.setHeld(before->isChecked());
  });
  connect(before, &QPushButton::released, &preview_, [this, before] {  // elsewhere, which is no click
    const bool inside = before->rect().contains(before->mapFromGlobal(QCursor::pos()));
    if (!inside) preview_.setHeld(before->isChecked());
  });
  const auto follow = [this, preview, before] {
    const QSignalBlocker blocker(preview);
    preview->setChecked(session_.document().views.preview);
    before->setEnabled(preview_.canHold());
    if (before->isEnabled()) return;
    before->setChecked(false);
    preview_.setHeld(false);
  };
  connect(&session_, &Session::changed, preview, follow);
  connect(&preview_, &ProcessPreview::changed, preview, follow);
  follow();
  auto* row = new QHBoxLayout;
  row->addWidget(preview, 1);
  row->addWidget(before);
  return row;
}

void ProcessPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  preview_.setWatched(true);
}

void ProcessPanel::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  preview_.setWatched(false);
}

std::vector<std::optional<VolumeInfo>> ProcessPanel::outputs() const {
  std::vector<std::optional<VolumeInfo>> out;
  for (const StepCheck& check : preview_.checks()) out.push_back(check.output);
  return out;
}

void ProcessPanel::refresh() {
  list_->steps().setChecks(preview_.checks());
  target_->refresh();
  summary_->refresh();
  run_->setUsable(summary_->usable());
  const int rows = list_->steps().rowCount();
  if (rows == rows_ + 1) list_->setRow(rows - 1);  // added from elsewhere, such as the crop bar
  if (list_->row() < 0 && rows > 0) list_->setRow(0);
  rows_ = rows;
  edit();
}

void ProcessPanel::edit() {
  const auto& steps = session_.document().steps;
  const int row = list_->row();
  const bool there = row >= 0 && row < static_cast<int>(steps.size());
  box_->setVisible(there);
  showTitle();
  editor_->show(there ? row : -1, contextOf(session_.document(), outputs(), row - 1));
}

void ProcessPanel::showTitle() {
  const auto& steps = session_.document().steps;
  const int row = list_->row();
  if (row < 0 || row >= static_cast<int>(steps.size())) return;
  // A long one would be cut off, and an ampersand in it be a key.
  const int room = std::max(kLeastTitle, width() - kBesideTitle);
  const QString title = nameOf(steps[static_cast<std::size_t>(row)]);
  box_->setTitle(box_->fontMetrics().elidedText(title, Qt::ElideMiddle, room).replace('&', "&&"));
}

void ProcessPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  showTitle();
}

void ProcessPanel::askForStep() {
  popup_->ask(add_);
}

Pipeline ProcessPanel::stepsUpTo(int row) const {
  Pipeline out;
  const auto& steps = session_.document().steps;
  for (std::size_t n = 0; n < steps.size() && static_cast<int>(n) <= row; ++n) {
    if (steps[n].enabled) out.push_back(steps[n].operation);
  }
  return out;
}

void ProcessPanel::addStep(const QString& id) {
  Q_EMIT started();
  const int after = list_->row() >= 0 ? list_->row() : static_cast<int>(session_.document().steps.size()) - 1;
  for (const StepKind& kind : stepKinds()) {
    if (id != kind.id) continue;
    StepContext context = contextOf(session_.document(), outputs(), after);
    const Layer* input = session_.document().stepsLayer();
    context.labels = input != nullptr && holdsLabels(*input) && keepsUnits(stepsUpTo(after));
    const int row = insertStep(session_, kind.make(context), after);
    list_->setRow(row);
    return;
  }
}

void ProcessPanel::run() {
  if (!summary_->usable()) return;
  if (const Layer* input = session_.document().stepsLayer()) runner_.run({input->id}, run_->device());
}

void ProcessPanel::runOnLayers() {
  auto* dialog = new LayerChoiceDialog(session_.document(), window());
  connect(dialog, &QDialog::accepted, this, [this, dialog] { runner_.run(dialog->layers(), run_->device()); });
  dialog->open();
}

void ProcessPanel::saveSteps() {
  askToSaveSteps(session_, window(), [this](const QString& message) { Q_EMIT failed(message); });
}

void ProcessPanel::loadSteps() {
  askToLoadSteps(session_, window(), [this](const QString& message) { Q_EMIT failed(message); });
}

}  // namespace voxmark::ui
