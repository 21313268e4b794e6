#include "ui/panels/steps_target.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "ui/models/step_edits.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {

StepsTarget::StepsTarget(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), text_(new ElidedLabel(this)), instead_(new QToolButton(this)) {
  text_->setObjectName("stepsTarget");
  setTone(text_, "soft");
  instead_->setObjectName("stepsToResult");
  instead_->setText(tr("Use result"));
  instead_->setAccessibleName(tr("Apply the steps to the result instead"));
  instead_->setToolTip(tr("The steps start from the result from now on, not from what it was made of"));
  instead_->setFocusPolicy(Qt::TabFocus);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(text_, 1);
  row->addWidget(instead_);
  // The line is as high with the button as without it.
  setMinimumHeight(instead_->sizeHint().height());
  connect(instead_, &QToolButton::clicked, this, [this] {
    if (const auto id = session_.document().activeLayer) applyStepsToResult(session_, *id);
  });
  refresh();
}

void StepsTarget::refresh() {
  const Document& document = session_.document();
  const Layer* active = document.active();
  const Layer* input = document.stepsLayer();
  if (active == nullptr) {
    text_->say({}, {});
  } else if (input == nullptr) {
    text_->say({}, tr("What this result was made from is closed"));
  } else {
    text_->say(tr("Steps apply to "), QString::fromStdString(input->name));
  }
  instead_->setVisible(input != active && !document.steps.empty());
}

}  // namespace voxmark::ui
