#include "ui/panels/step_editor.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <cmath>

#include "ui/models/step_edits.h"
#include "ui/widgets/value_box.h"

namespace voxmark::ui {
namespace {

const QString kAnotherFile = QStringLiteral("\x1f");  ///< no path

std::string signatureOf(const Operation& operation, const std::vector<StepField>& fields) {
  std::string out(operationKey(operation));
  for (const StepField& field : fields) {
    if (!field.applies || field.applies(operation)) out += std::string(" ") + field.id;
  }
  return out;
}

}  // namespace

StepEditor::StepEditor(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), form_(new QFormLayout(this)) {
  setObjectName("stepEditor");
  form_->setContentsMargins(0, 0, 0, 0);
  form_->setVerticalSpacing(4);
  form_->setRowWrapPolicy(QFormLayout::DontWrapRows);
  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

const Operation* StepEditor::operation() const {
  const auto& steps = session_.document().steps;
  if (row_ < 0 || row_ >= static_cast<int>(steps.size())) return nullptr;
  return &steps[static_cast<std::size_t>(row_)].operation;
}

void StepEditor::show(int row, const StepContext& context) {
  row_ = row;
  context_ = context;
  const Operation* now = operation();
  const std::string wanted = now == nullptr ? std::string() : signatureOf(*now, fieldsOf(*now));
  if (wanted != built_) {
    built_ = wanted;
    clear();
    if (now != nullptr) build(*now);
  }
  if (now != nullptr) refresh(*now);
}

void StepEditor::clear() {
  while (form_->rowCount() > 0) {
    const QFormLayout::TakeRowResult row = form_->takeRow(0);
    if (row.labelItem != nullptr) row.labelItem->widget()->deleteLater();
    delete row.labelItem;
    delete row.fieldItem;
  }
  for (const Shown& one : shown_) {  // one of them may be what has just been used
    one.widget->setObjectName({});
    one.widget->hide();
    one.widget->deleteLater();
  }
  shown_.clear();
}

void StepEditor::build(const Operation& operation) {
  QHBoxLayout* line = nullptr;
  for (const StepField& field : fieldsOf(operation)) {
    if (field.applies && !field.applies(operation)) continue;
    QWidget* widget = makeWidget(field);
    widget->setObjectName(QString("step_") + field.id);
    widget->setAccessibleName(field.name);
    widget->setToolTip(field.name);
    if (!field.row.isEmpty() || line == nullptr) {
      line = new QHBoxLayout;
      line->setSpacing(4);
      form_->addRow(field.row, line);
    }
    line->addWidget(widget, 1);
    shown_.push_back({field, widget});
  }
}

QWidget* StepEditor::makeWidget(const StepField& field) {
  switch (field.kind) {
    case StepField::Kind::Number:
      return makeNumber(field);
    case StepField::Kind::Whole:
      return makeWhole(field);
    case StepField::Kind::Choice:
      return makeChoice(field);
    case StepField::Kind::Volume:
      return makeVolume(field);
    case StepField::Kind::Switch:
      break;
  }
  auto* box = new QCheckBox(field.name, this);
  connect(box, &QCheckBox::toggled, this, [this, field](bool on) { set(field, on); });
  return box;
}

QWidget* StepEditor::makeNumber(const StepField& field) {
  auto* box = new ValueBox(field.name, this);
  box->setRange(field.low, field.high);
  box->setDecimals(field.decimals);
  box->setMinimumWidth(56);
  box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  if (!field.unit.isEmpty()) box->setSuffix(" " + field.unit);
  connect(box, &QDoubleSpinBox::valueChanged, this, [this, field](double value) { set(field, value); });
  return box;
}

QWidget* StepEditor::makeWhole(const StepField& field) {
  auto* box = new QSpinBox(this);
  box->setRange(static_cast<int>(field.low), static_cast<int>(field.high));
  box->setKeyboardTracking(false);
  box->setMinimumWidth(56);
  box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connect(box, &QSpinBox::valueChanged, this, [this, field](int value) { set(field, value); });
  return box;
}

QWidget* StepEditor::makeChoice(const StepField& field) {
  auto* box = new QComboBox(this);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(10);
  for (const auto& [text, value] : field.choices) box->addItem(text, value);
  connect(box, &QComboBox::activated, this, [this, field, box](int row) { set(field, box->itemData(row)); });
  return box;
}

QWidget* StepEditor::makeVolume(const StepField& field) {
  auto* box = new QComboBox(this);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(10);
  connect(box, &QComboBox::activated, this, [this, field, box](int row) {
    if (box->itemData(row) == kAnotherFile) {
      chooseFile(field);
    } else {
      set(field, box->itemData(row));
    }
  });
  return box;
}

void StepEditor::chooseFile(const StepField& field) {
  auto* dialog = new QFileDialog(window(), field.name, QSettings().value("open/folder").toString());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this, field](const QString& path) { set(field, path); });
  connect(dialog, &QDialog::finished, this, [this] {
    if (const Operation* now = operation()) refresh(*now);
  });
  dialog->open();
}

void StepEditor::fillVolumes(QComboBox* box, const StepField& field, const QString& path) {
  box->clear();
  for (const auto& [text, value] : field.choices) box->addItem(text, value);
  for (const auto& [name, file] : context_.volumes) {
    box->addItem(name, file);
    box->setItemData(box->count() - 1, file, Qt::ToolTipRole);
  }
  if (box->findData(path) < 0) {
    box->insertItem(0, path.isEmpty() ? tr("choose…") : QFileInfo(path).fileName(), path);
    box->setItemData(0, path, Qt::ToolTipRole);
  }
  box->addItem(tr("another file…"), kAnotherFile);
  box->setCurrentIndex(box->findData(path));
}

void StepEditor::refresh(const Operation& operation) {
  for (const Shown& one : shown_) {
    const QVariant value = one.field.get(operation);
    const QSignalBlocker blocker(one.widget);
    // What is being typed stays: these boxes write their text anew whenever they are given a value or a step.
    if (auto* number = qobject_cast<ValueBox*>(one.widget)) {
      const double span = std::max((context_.high - context_.low) / 100, 1e-3);
      const double step = one.field.step > 0 ? one.field.step : span;
      if (number->singleStep() != step) number->setSingleStep(step);
      const double shown = std::pow(10.0, -one.field.decimals);  // more digits than these are kept, and not seen
      if (std::abs(number->value() - value.toDouble()) > 0.6 * shown) number->setValue(value.toDouble());
    } else if (auto* whole = qobject_cast<QSpinBox*>(one.widget)) {
      if (whole->value() != value.toInt()) whole->setValue(value.toInt());
    } else if (auto* box = qobject_cast<QCheckBox*>(one.widget)) {
      box->setChecked(value.toBool());
    } else if (auto* choice = qobject_cast<QComboBox*>(one.widget); choice != nullptr && !choice->view()->isVisible()) {
      if (one.field.kind == StepField::Kind::Volume) fillVolumes(choice, one.field, value.toString());
      choice->setCurrentIndex(choice->findData(value));
    }
  }
}

void StepEditor::set(const StepField& field, const QVariant& value) {
  const Operation* now = operation();
  if (now == nullptr) return;
  Operation changed = *now;
  field.set(changed, value, context_);
  const bool turned = field.kind == StepField::Kind::Number || field.kind == StepField::Kind::Whole;
  changeStep(session_, row_, changed, turned ? "step-" + std::to_string(row_) + "-" + field.id : std::string());
}

}  // namespace voxmark::ui
