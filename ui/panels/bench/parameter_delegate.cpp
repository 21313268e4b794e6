#include "ui/panels/bench/parameter_delegate.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

#include "ui/models/scenario_tree_model.h"

namespace voxmark::ui {

QWidget* ParameterDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const {
  const QString title = index.siblingAtColumn(ScenarioTreeModel::Name).data().toString();
  const QStringList choices = index.data(ScenarioTreeModel::ChoicesRole).toStringList();
  if (!choices.isEmpty()) {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(title);
    box->addItems(choices);
    return box;
  }
  if (index.data(ScenarioTreeModel::TextRole).toBool()) {
    auto* line = new QLineEdit(parent);
    line->setAccessibleName(title);
    line->setFrame(false);
    return line;
  }
  auto* box = new QSpinBox(parent);
  box->setAccessibleName(title);
  box->setRange(0, 10000);
  box->setFrame(false);
  return box;
}

}  // namespace voxmark::ui
