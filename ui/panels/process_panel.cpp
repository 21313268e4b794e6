#include "ui/panels/process_panel.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <fmt/format.h>

#include "core/document/load_layer.h"
#include "core/trace/trace.h"

namespace voxmark::ui {

ProcessPanel::ProcessPanel(Session& session, JobController& jobs, const BackendRegistry& backends, QWidget* parent)
    : QWidget(parent), session_(session), jobs_(jobs), backends_(backends) {
  steps_ = new QListWidget(this);
  steps_->setObjectName("pipelineSteps");
  steps_->setAccessibleName(tr("Steps"));
  auto* remove = new QPushButton(tr("Remove step"), this);
  auto* clear = new QPushButton(tr("Clear"), this);
  summary_ = new QLabel(this);
  summary_->setObjectName("pipelineResult");
  summary_->setWordWrap(true);
  device_ = new QComboBox(this);
  device_->setObjectName("pipelineDevice");
  device_->setAccessibleName(tr("Device"));
  for (const BackendInfo& info : backends_.list()) {
    device_->addItem(QString::fromStdString(info.id));
    const int row = device_->count() - 1;
    device_->setItemData(row, QString::fromStdString(info.available ? info.name : info.reason), Qt::ToolTipRole);
    if (!info.available) device_->setItemData(row, 0, Qt::UserRole - 1);  // shown, but cannot be chosen
  }
  apply_ = new QPushButton(tr("Apply to active layer"), this);
  apply_->setObjectName("applyPipeline");
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(remove);
  buttons->addWidget(clear);
  auto* deviceRow = new QFormLayout;
  deviceRow->addRow(tr("Device"), device_);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(makeAddBox());
  layout->addWidget(steps_, 1);
  layout->addLayout(buttons);
  layout->addLayout(deviceRow);
  layout->addWidget(summary_);
  layout->addWidget(apply_);
  connect(remove, &QPushButton::clicked, this, [this] {
    const int row = steps_->currentRow() >= 0 ? steps_->currentRow() : steps_->count() - 1;
    if (row < 0) return;
    session_.edit(tr("Remove step"), [row](Document& d) { d.steps.erase(d.steps.begin() + row); });
  });
  connect(clear, &QPushButton::clicked, this, [this] {
    if (steps_->count() > 0) session_.edit(tr("Clear steps"), [](Document& d) { d.steps.clear(); });
  });
  connect(steps_, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
    const auto row = static_cast<std::size_t>(steps_->row(item));
    const bool enabled = item->checkState() == Qt::Checked;
    session_.edit(tr("Switch step"), [row, enabled](Document& d) { d.steps.at(row).enabled = enabled; });
  });
  connect(apply_, &QPushButton::clicked, this, &ProcessPanel::apply);
  connect(&session_, &Session::changed, this, &ProcessPanel::refresh);
  refresh();
}

QGroupBox* ProcessPanel::makeAddBox() {
  auto* box = new QGroupBox(tr("Add a step"), this);
  auto* form = new QFormLayout(box);
  const auto row = [&](QWidget* field, const QString& name, const char* object) {
    auto* line = new QHBoxLayout;
    auto* add = new QPushButton(tr("Add"), box);
    add->setObjectName(object);
    add->setAccessibleName(tr("Add ") + name);
    line->addWidget(field, 1);
    line->addWidget(add);
    form->addRow(name, line);
    return add;
  };
  crop_ = new QLineEdit(box);
  crop_->setObjectName("cropBox");
  crop_->setPlaceholderText(tr("x, y, z, dx, dy, dz"));
  crop_->setAccessibleName(tr("Crop box in voxels"));
  normalize_ = new QComboBox(box);
  normalize_->addItems({tr("Z-score"), tr("Min–max to 0…1")});
  normalize_->setAccessibleName(tr("Normalisation"));
  cast_ = new QComboBox(box);
  cast_->addItems({"f32", "i16", "u8", "u16", "i32", "f16", "bf16", "f64"});
  cast_->setAccessibleName(tr("Voxel type"));
  connect(row(crop_, tr("Crop"), "addCrop"), &QPushButton::clicked, this, &ProcessPanel::addCrop);
  connect(crop_, &QLineEdit::returnPressed, this, &ProcessPanel::addCrop);
  connect(row(normalize_, tr("Normalise"), "addNormalize"), &QPushButton::clicked, this, [this] {
    const auto method = normalize_->currentIndex() == 0 ? NormalizeMethod::ZScore : NormalizeMethod::MinMax;
    addStep(tr("Add normalise"), Normalize{method});
  });
  connect(row(cast_, tr("Cast"), "addCast"), &QPushButton::clicked, this,
          [this] { addStep(tr("Add cast"), parseCast(cast_->currentText().toStdString())); });
  return box;
}

void ProcessPanel::addStep(const QString& label, const Operation& operation) {
  const Layer* active = session_.document().active();
  if (active != nullptr && active->volume) {
    Pipeline tried = session_.document().pipeline();
    tried.push_back(operation);
    try {
      (void)plan(tried, active->volume->info());
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromStdString(error.what()));
      return;
    }
  }
  Q_EMIT started();
  session_.edit(label, [&](Document& d) { d.steps.push_back({operation, true, {}}); });
}

void ProcessPanel::addCrop() {
  try {
    const Crop crop = parseCrop(crop_->text().remove(' ').toStdString());
    addStep(tr("Add crop"), crop);
  } catch (const Error&) {
    Q_EMIT failed(tr("A crop is six whole numbers: x, y, z of its first voxel, then its size dx, dy, dz."));
  }
}

void ProcessPanel::refresh() {
  const Document& document = session_.document();
  const QSignalBlocker blocker(steps_);
  const int row = steps_->currentRow();
  steps_->clear();
  for (const PipelineStep& step : document.steps) {
    auto* item =
        new QListWidgetItem(QString::fromStdString(step.name.empty() ? describe(step.operation) : step.name), steps_);
    item->setCheckState(step.enabled ? Qt::Checked : Qt::Unchecked);
  }
  steps_->setCurrentRow(std::min(row, steps_->count() - 1));
  const Layer* active = document.active();
  QString text = tr("Open a volume to see what the steps make of it.");
  bool usable = false;
  if (active != nullptr && active->volume && !document.steps.empty() && active->history == document.pipeline()) {
    text = tr("The active layer is the result of these steps. Choose another layer or change a step to apply them.");
  } else if (active != nullptr && active->opening) {
    text = tr("The active layer is still being read. The steps can be applied once it is complete.");
  } else if (active != nullptr && active->volume) {
    try {
      const Plan steps = plan(document.pipeline(), active->volume->info());
      const Index3& size = steps.output.geometry.size;
      text = QString::fromStdString(fmt::format("Result: {} × {} × {} {}, {:.1f} MB", size[0], size[1], size[2],
                                                pixelTypeName(steps.output.pixelType),
                                                static_cast<double>(steps.output.totalBytes()) / 1e6));
      usable = !document.pipeline().empty();
    } catch (const Error& error) {
      text = QString::fromStdString(error.what());
    }
  }
  summary_->setText(text);
  apply_->setEnabled(usable);
}

void ProcessPanel::apply() {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume || active->opening) return;
  const std::shared_ptr<VolumeSource> input = sourceOf(*active);
  const Pipeline pipeline = session_.document().pipeline();
  const std::string name = active->name;
  const int from = active->id;
  const Recipe recipe = recipeOf(*active, pipeline);
  const std::string device = device_->currentText().toStdString();
  Q_EMIT started();
  auto made = std::make_shared<std::shared_ptr<Layer>>();
  jobs_.start(
      tr("Process ") + QString::fromStdString(name),
      [=, &backends = backends_](JobContext& job) {
        MemorySink sink;
        const Plan steps = plan(pipeline, input->info());
        trace::addActionBytes(steps.output.totalBytes());
        (void)backends.get(device)->execute(steps, *input, sink, wholeOf(steps.output.geometry.size), job);
        *made = std::make_shared<Layer>(makeLayer(sink.take(), 0, name + " · processed"));
      },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state != JobState::Done) return;
        session_.edit(tr("Process"), [&](Document& d) {
          Layer layer = **made;
          layer.id = d.nextLayerId;
          layer.path.clear();
          layer.derivedFrom = from;
          layer.history = pipeline;
          layer.recipe = recipe;
          d = withLayer(d, std::move(layer));
        });
      });
}

}  // namespace voxmark::ui
