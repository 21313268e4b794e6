#include "ui/panels/process_summary.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/cpu_info.h"
#include "ui/models/loss_text.h"
#include "ui/models/step_list_model.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

QString number(double value) {
  return QString::number(value, 'g', 4);
}

QString sizeText(const VolumeInfo& info) {
  return shapeText(info).section(',', 0, 0);
}

QString spacingText(const Geometry& geometry) {
  return QString("%1 × %2 × %3")
      .arg(number(geometry.spacing[0]), number(geometry.spacing[1]), number(geometry.spacing[2]));
}

QString typeText(const VolumeInfo& info) {
  return QString::fromStdString(std::string(pixelTypeName(info.pixelType)));
}

}  // namespace

QString bytesText(std::uint64_t bytes) {
  const auto mega = static_cast<double>(bytes) / 1e6;
  return mega < 1000 ? QString("%1 MB").arg(mega, 0, 'f', 1) : QString("%1 GB").arg(mega / 1000, 0, 'f', 2);
}

ProcessSummary::ProcessSummary(Session& session, const ProcessPreview& preview, QWidget* parent)
    : QWidget(parent),
      session_(session),
      preview_(preview),
      text_(new QLabel(this)),
      table_(new QWidget(this)),
      loss_(new QLabel(this)) {
  text_->setObjectName("pipelineResult");
  text_->setWordWrap(true);
  loss_->setObjectName("pipelineLoss");
  loss_->setWordWrap(true);
  auto* grid = new QGridLayout(table_);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(10);
  grid->setVerticalSpacing(2);
  const QString names[] = {tr("Voxels"), tr("Spacing, mm"), tr("Orientation"), tr("Type"), tr("In memory")};
  const char* ids[] = {"Voxels", "Spacing", "Orientation", "Type", "Memory"};
  const QString heads[] = {tr("Now"), tr("Result")};
  for (int column = 0; column < 2; ++column) {
    auto* head = new QLabel(heads[column], table_);
    setTone(head, "soft");
    grid->addWidget(head, 0, column + 1);
  }
  for (int row = 0; row < 5; ++row) {
    auto* name = new QLabel(names[row], table_);
    setTone(name, "soft");
    grid->addWidget(name, row + 1, 0);
    for (int column = 0; column < 2; ++column) {
      auto* label = new QLabel(table_);
      label->setObjectName(QString(column == 0 ? "now" : "result") + ids[row]);
      label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
      grid->addWidget(label, row + 1, column + 1);
      facts_[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] = label;
    }
  }
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(2, 1);
  // Table and text share the room, which is kept, so that nothing jumps where a step stops fitting.
  for (QWidget* kept : {table_, static_cast<QWidget*>(loss_)}) {
    QSizePolicy policy = kept->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    kept->setSizePolicy(policy);
  }
  QSizePolicy narrow = text_->sizePolicy();
  narrow.setHorizontalPolicy(QSizePolicy::Ignored);
  text_->setSizePolicy(narrow);
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setVerticalSpacing(4);
  layout->addWidget(table_, 0, 0);
  layout->addWidget(text_, 0, 0, Qt::AlignTop);
  layout->addWidget(loss_, 1, 0);
}

QString ProcessSummary::message() const {
  const Document& document = session_.document();
  const Layer* input = document.stepsLayer();
  if (document.active() == nullptr || !document.active()->volume) {
    return tr("Open a volume to see what the steps make of it.");
  }
  if (document.steps.empty()) {
    return tr("No steps yet. What is added here shows in the slices at once; Run makes a new layer of it.");
  }
  if (input == nullptr || !input->volume) {
    return tr(
        "The layer that this result was made from is not open any more. Open it again, or use the result instead.");
  }
  if (input->opening) return tr("The layer is still being read. The steps can be applied once it is complete.");
  if (document.pipeline().empty()) return tr("All steps are switched off.");
  if (const Layer* result = document.stepsResult(); result == document.active() && result != nullptr) {
    return tr("The active layer is the result of these steps. Change a step and run again for another result.");
  } else if (result != nullptr) {
    return tr("%1 is the result of these steps.").arg(QString::fromStdString(result->name));
  }
  const auto& checks = preview_.checks();
  for (std::size_t n = 0; n < checks.size(); ++n) {
    if (checks[n].state != StepCheck::State::Wrong) continue;
    return tr("Step %1 does not fit: %2").arg(n + 1).arg(QString::fromStdString(checks[n].problem));
  }
  if (!preview_.trouble().isEmpty()) return preview_.trouble();
  const bool unknown = std::any_of(checks.begin(), checks.end(),
                                   [](const StepCheck& one) { return one.state == StepCheck::State::Unknown; });
  return unknown ? tr("Looking up what the steps refer to…") : QString();
}

void ProcessSummary::refresh() {
  const QString said = message();
  const Layer* input = session_.document().stepsLayer();
  const bool wrong = !said.isEmpty() && input != nullptr &&
                     std::any_of(preview_.checks().begin(), preview_.checks().end(),
                                 [](const StepCheck& one) { return one.state == StepCheck::State::Wrong; });
  usable_ = said.isEmpty() || (said == preview_.trouble() && !said.isEmpty());
  text_->setVisible(!said.isEmpty());
  QString broken = said;  // paths have no blanks to break lines at
  text_->setText(broken.replace('/', QString("/") + QChar(0x200b)));
  text_->setToolTip(said);
  setTone(text_, wrong ? "warning" : "");
  const VolumeInfo* result = nullptr;
  for (const StepCheck& check : preview_.checks()) {
    if (check.output) result = &*check.output;
  }
  const bool facts = usable_ && input != nullptr && result != nullptr;
  table_->setVisible(facts);
  if (facts) showFacts(input->volume->info(), *result);
  const Layer* made = session_.document().stepsResult();
  const bool lost = facts || (made != nullptr && made->loss);
  loss_->setVisible(lost);
  if (lost) showLoss(made);  // else the text stays, and with it the room for it
}

void ProcessSummary::showFacts(const VolumeInfo& now, const VolumeInfo& result) {
  const VolumeInfo* both[] = {&now, &result};
  for (std::size_t column = 0; column < 2; ++column) {
    const VolumeInfo& info = *both[column];
    const QString texts[] = {sizeText(info), spacingText(info.geometry),
                             QString::fromStdString(orientationOf(info.geometry)), typeText(info),
                             bytesText(info.totalBytes())};
    for (std::size_t row = 0; row < 5; ++row) {
      QLabel* label = facts_[row][column];
      label->setText(texts[row]);
      label->setToolTip(texts[row]);
      QFont font = label->font();
      font.setBold(column == 1 && texts[row] != facts_[row][0]->text());
      label->setFont(font);
    }
  }
  const std::uint64_t room = availableMemory();
  QLabel* memory = facts_[4][1];
  setTone(memory, result.totalBytes() > room ? "warning" : "");
  if (result.totalBytes() > room) memory->setToolTip(tr("More than the %1 that are free").arg(bytesText(room)));
}

void ProcessSummary::showLoss(const Layer* made) {
  const PreparedSteps* prepared = preview_.prepared();
  bool cut = prepared != nullptr && prepared->estimate.loss.clipped > 0;
  if (made != nullptr && made->loss) {
    cut = made->loss->all.clipped > 0;
    loss_->setText(tr("Loss of the run: %1.").arg(lossText(made->loss->all)));
    loss_->setToolTip(tr("Of all voxels, against the values before they were stored"));
  } else if (preview_.preparing() && prepared == nullptr) {
    loss_->setText(tr("Loss: being estimated…"));
  } else if (prepared != nullptr) {
    const LossEstimate& estimate = prepared->estimate;
    const QString text = lossText(estimate.loss);
    loss_->setText(estimate.slices == estimate.ofSlices
                       ? tr("Loss: %1.").arg(text)
                       : tr("Loss: %1 (in %2 of %3 slices).").arg(text).arg(estimate.slices).arg(estimate.ofSlices));
    loss_->setToolTip(tr("Estimated from slices spread over the volume; running tells it exactly"));
  } else {
    loss_->clear();
  }
  setTone(loss_, cut ? "warning" : "");
}

}  // namespace voxmark::ui
