#include "ui/widgets/charts/chart_frame.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/charts/chart.h"
#include "ui/widgets/elided_label.h"

namespace voxmark::ui {

ChartFrame::ChartFrame(Chart* chart, QWidget* parent)
    : QWidget(parent), chart_(chart), row_(new QHBoxLayout), line_(new ElidedLabel(this)) {
  auto* title = new QLabel(chart->accessibleName(), this);
  QFont bold = font();
  bold.setBold(true);
  title->setFont(bold);
  const auto button = [this](const QString& text, const QString& tip, auto run) {
    auto* made = new QPushButton(text, this);
    made->setToolTip(tip);
    made->setAccessibleName(tr("%1: %2").arg(chart_->accessibleName(), tip));
    connect(made, &QPushButton::clicked, chart_, run);
    return made;
  };
  auto* all = button(tr("Show all"), tr("Undo zooming and panning (Home)"), &Chart::showAll);
  auto* save = button(tr("Save…"), tr("Save as PNG, SVG or CSV"), &Chart::chooseFile);
  all->setObjectName(chart->objectName() + "All");
  save->setObjectName(chart->objectName() + "Save");
  row_->addWidget(title);
  row_->addSpacing(12);
  row_->addWidget(line_, 1);
  row_->addWidget(all);
  row_->addWidget(save);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addLayout(row_);
  column->addWidget(chart, 1);
  connect(chart, &Chart::readoutChanged, this, &ChartFrame::refresh);
}

void ChartFrame::addControl(QWidget* control) {
  row_->insertWidget(row_->count() - 2, control);
}

void ChartFrame::setSummary(const QString& text) {
  summary_ = text;
  refresh();
}

QString ChartFrame::line() const {
  return chart_->readout().isEmpty() ? summary_ : chart_->readout();
}

void ChartFrame::refresh() {
  line_->say(QString(), line());
}

}  // namespace voxmark::ui
