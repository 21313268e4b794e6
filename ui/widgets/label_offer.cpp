#include "ui/widgets/label_offer.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace voxmark::ui {

LabelOffer::LabelOffer(const QString& name, bool bar, QWidget* parent) : QFrame(parent), text_(new QLabel(this)) {
  setObjectName(name);
  setFrameShape(QFrame::StyledPanel);
  text_->setWordWrap(true);
  text_->setTextFormat(Qt::PlainText);
  auto* accept = new QPushButton(tr("Show as labels"), this);
  auto* decline = new QPushButton(tr("No"), this);
  accept->setObjectName(bar ? "acceptLabelsAbove" : "acceptLabels");
  decline->setObjectName(bar ? "declineLabelsAbove" : "declineLabels");
  decline->setAccessibleName(tr("Do not show as labels"));
  auto* buttons = new QHBoxLayout;
  if (bar) {
    buttons->addWidget(text_, 1);
    buttons->addWidget(accept);
    buttons->addWidget(decline);
    buttons->setContentsMargins(12, 6, 6, 6);
    setLayout(buttons);
  } else {
    buttons->addWidget(accept, 1);
    buttons->addWidget(decline);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 6);
    column->addWidget(text_);
    column->addLayout(buttons);
  }
  setLayer({});
  connect(accept, &QPushButton::clicked, this, &LabelOffer::accepted);
  connect(decline, &QPushButton::clicked, this, &LabelOffer::declined);
}

void LabelOffer::setLayer(const QString& layer) {
  text_->setText(layer.isEmpty() ? tr("This looks like a segmentation.")
                                 : tr("%1 looks like a segmentation.").arg(layer));
}

}  // namespace voxmark::ui
