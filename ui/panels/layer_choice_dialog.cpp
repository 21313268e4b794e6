#include "ui/panels/layer_choice_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/document/step_check.h"
#include "ui/models/step_list_model.h"
#include "ui/widgets/row_switch.h"

namespace voxmark::ui {
namespace {

constexpr int kResultRole = Qt::UserRole + 1;

/// Why the steps cannot be applied to a layer; empty: they can, as far as that is known.
QString obstacle(const Layer& layer, const Document& document, QString& result) {
  if (!layer.volume) return LayerChoiceDialog::tr("not loaded");
  if (layer.opening) return LayerChoiceDialog::tr("still being read");
  if (layer.ofSteps && layer.history == document.pipeline())
    return LayerChoiceDialog::tr("is the result of these steps");
  const auto checks = checkSteps(document.steps, layer.volume->info());
  for (std::size_t n = 0; n < checks.size(); ++n) {
    if (checks[n].state == StepCheck::State::Wrong) {
      return LayerChoiceDialog::tr("step %1: %2").arg(n + 1).arg(QString::fromStdString(checks[n].problem));
    }
    if (checks[n].state == StepCheck::State::Unknown) result.clear();
    if (checks[n].output) result = shapeText(*checks[n].output);
  }
  return {};
}

}  // namespace

LayerChoiceDialog::LayerChoiceDialog(const Document& document, QWidget* parent)
    : QDialog(parent), list_(new QListWidget(this)) {
  setWindowTitle(tr("Apply the steps to layers"));
  setAttribute(Qt::WA_DeleteOnClose);
  list_->setObjectName("layerChoice");
  list_->setAccessibleName(tr("Layers"));
  list_->setWordWrap(true);
  list_->setItemDelegate(new RowSwitchDelegate(list_));
  for (auto layer = document.layers.rbegin(); layer != document.layers.rend(); ++layer) addLayer(*layer, document);
  auto* all = new QPushButton(tr("All"), this);
  all->setObjectName("chooseAll");
  auto* none = new QPushButton(tr("None"), this);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  run_ = buttons->addButton(tr("Run"), QDialogButtonBox::AcceptRole);
  run_->setObjectName("runOnLayers");
  auto* line = new QHBoxLayout;
  line->addWidget(all);
  line->addWidget(none);
  line->addStretch(1);
  line->addWidget(buttons);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(new QLabel(tr("Each of these becomes a new layer:"), this));
  layout->addWidget(list_, 1);
  layout->addLayout(line);
  resize(460, 320);
  connect(all, &QPushButton::clicked, this, [this] { setAll(true); });
  connect(none, &QPushButton::clicked, this, [this] { setAll(false); });
  connect(list_, &QListWidget::itemChanged, this, &LayerChoiceDialog::refresh);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  refresh();
}

void LayerChoiceDialog::addLayer(const Layer& layer, const Document& document) {
  QString result;
  const QString why = obstacle(layer, document, result);
  QString text = QString::fromStdString(layer.name);
  if (!why.isEmpty()) {
    text += " — " + why;
  } else if (!result.isEmpty()) {
    text += "  → " + result;
  }
  auto* item = new QListWidgetItem(text, list_);
  item->setData(Qt::UserRole, layer.id);
  item->setData(kResultRole, layer.ofSteps);
  item->setToolTip(text);
  if (why.isEmpty()) {
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(&layer == document.stepsLayer() ? Qt::Checked : Qt::Unchecked);
  } else {
    item->setFlags(Qt::NoItemFlags);
  }
}

std::vector<int> LayerChoiceDialog::layers() const {
  std::vector<int> out;
  for (int row = list_->count() - 1; row >= 0; --row) {
    const QListWidgetItem* item = list_->item(row);
    if (item->flags() != Qt::NoItemFlags && item->checkState() == Qt::Checked) {
      out.push_back(item->data(Qt::UserRole).toInt());
    }
  }
  return out;
}

void LayerChoiceDialog::setAll(bool on) {
  for (int row = 0; row < list_->count(); ++row) {
    QListWidgetItem* item = list_->item(row);
    // Results of these steps get them a second time only where somebody ticks them.
    const bool wanted = on && !item->data(kResultRole).toBool();
    if (item->flags() != Qt::NoItemFlags) item->setCheckState(wanted ? Qt::Checked : Qt::Unchecked);
  }
}

void LayerChoiceDialog::refresh() {
  run_->setEnabled(!layers().empty());
}

}  // namespace voxmark::ui
