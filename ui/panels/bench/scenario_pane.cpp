#include "ui/panels/bench/scenario_pane.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <cmath>

#include "core/profiling/catalogue.h"
#include "core/profiling/file_scenarios.h"
#include "ui/models/scenario_axes.h"
#include "ui/panels/bench/parameter_delegate.h"

namespace voxmark::ui {
namespace {

QString timeLeft(double seconds) {
  if (seconds < 0) return {};
  const int whole = std::max(1, static_cast<int>(std::lround(seconds)));
  if (whole < 60) return ScenarioPane::tr("about %1 s left").arg(whole);
  return ScenarioPane::tr("about %1 min %2 s left").arg(whole / 60).arg(whole % 60);
}

}  // namespace

ScenarioPane::ScenarioPane(BenchRunner& runner, QWidget* parent)
    : QWidget(parent),
      runner_(runner),
      model_(new ScenarioTreeModel(this)),
      tree_(new QTreeView(this)),
      source_(new QComboBox(this)),
      preset_(new QComboBox(this)),
      run_(new QPushButton(tr("&Run"), this)),
      stop_(new QPushButton(tr("S&top"), this)),
      progress_(new QProgressBar(this)),
      note_(new QLabel(this)) {
  source_->setObjectName("benchmarkSource");
  source_->setAccessibleName(tr("What is measured"));
  source_->addItem(tr("The open file"));
  source_->addItem(tr("Made volumes"), QString());
  for (const std::string& suite : profiling::suitesOf(profiling::builtInCatalogue()))
    source_->addItem(tr("Suite %1").arg(QString::fromStdString(suite)), QString::fromStdString(suite));
  source_->setToolTip(tr("Volumes are made by seed, with the noise and the compressibility of real ones"));
  preset_->setObjectName("benchmarkPreset");
  preset_->addItems({"quick", "default", "full"});
  preset_->setAccessibleName(tr("Preset"));
  preset_->setToolTip(tr("How often each scenario runs: quick 1 + 5, default 3 + 20, full 3 + 50 × 5"));
  run_->setObjectName("runBenchmark");
  run_->setToolTip(tr("Measure the scenarios that are ticked; what was measured so far is kept on Stop"));
  stop_->setObjectName("stopBenchmark");
  progress_->setObjectName("benchmarkProgress");
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  note_->setObjectName("benchmarkNote");
  note_->setWordWrap(true);
  note_->setMinimumHeight(2 * note_->fontMetrics().lineSpacing());  // the buttons above stay where they are
  note_->setAlignment(Qt::AlignTop);
  makeTree();
  auto* form = new QFormLayout;
  form->addRow(tr("Measure"), source_);
  form->addRow(tr("Preset"), preset_);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(run_);
  buttons->addWidget(stop_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(form);
  column->addWidget(tree_, 1);
  column->addLayout(buttons);
  column->addWidget(progress_);
  column->addWidget(note_);
  connect(preset_, &QComboBox::currentTextChanged, this, [this](const QString& name) {
    model_->setPreset(profiling::presetNamed(name.toStdString()));
    if (source_->currentIndex() == 1) fillScenarios();
  });
  connect(source_, &QComboBox::currentIndexChanged, this, [this] {
    fillScenarios();
    refresh();
  });
  connect(model_, &ScenarioTreeModel::parameterEdited, this, &ScenarioPane::editAxis);
  connect(run_, &QPushButton::clicked, this, &ScenarioPane::run);
  connect(stop_, &QPushButton::clicked, &runner_, &BenchRunner::cancel);
  connect(&runner_, &BenchRunner::started, this, &ScenarioPane::refresh);
  connect(&runner_, &BenchRunner::progressed, this, &ScenarioPane::showProgress);
  connect(&runner_, &BenchRunner::finished, this, [this](const QString& error) {
    refresh();
    if (!error.isEmpty()) note_->setText(error);
  });
  refresh();
}

void ScenarioPane::makeTree() {
  fillScenarios();
  tree_->setModel(model_);
  tree_->setObjectName("scenarioTree");
  tree_->setAccessibleName(tr("Scenarios"));
  tree_->setItemDelegate(new ParameterDelegate(tree_));
  tree_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::SelectedClicked |
                         QAbstractItemView::EditKeyPressed);
  tree_->setAlternatingRowColors(true);
  tree_->setTabKeyNavigation(false);
  tree_->setAllColumnsShowFocus(true);
  tree_->header()->setStretchLastSection(false);
  tree_->header()->setSectionResizeMode(ScenarioTreeModel::Name, QHeaderView::Stretch);
  tree_->header()->setSectionResizeMode(ScenarioTreeModel::Value, QHeaderView::ResizeToContents);
  tree_->header()->setMinimumSectionSize(7 * fontMetrics().horizontalAdvance('0'));
  tree_->expand(model_->index(0, 0));
}

bool ScenarioPane::onFile() const {
  return source_->currentIndex() == 0;
}

void ScenarioPane::fillScenarios() {
  specs_.clear();
  if (!onFile()) {
    const QString suite = source_->currentData().toString();
    return fillSpecs((suite.isEmpty() ? preset_->currentText() : suite).toStdString());
  }
  const QStringList devices = usableDevices(runner_.backends());
  std::vector<ScenarioTreeModel::Scenario> scenarios;
  for (const std::string& name : profiling::fileScenarioNames()) {
    if (name == "render") continue;  // the views are not to draw while the benchmarks are in front
    // The page cache is emptied for cold reads: they are there to be asked for.
    ScenarioTreeModel::Scenario one{QString::fromStdString(name), !QString::fromStdString(name).contains("cold")};
    if (devices.size() > 1 && runsOnDevices(name)) one.parameters.push_back({tr("Device"), devices.front(), devices});
    scenarios.push_back(std::move(one));
  }
  model_->setScenarios(std::move(scenarios));
  tree_->expand(model_->index(0, 0));
}

void ScenarioPane::fillSpecs(const std::string& preset) {
  specs_ = profiling::specsOf(profiling::builtInCatalogue(), preset);
  std::vector<ScenarioTreeModel::Scenario> scenarios;
  for (const profiling::ScenarioSpec& spec : specs_) {
    scenarios.push_back({QString::fromStdString(scenarioName(spec)), true, axesOf(spec, runner_.backends())});
  }
  model_->setScenarios(std::move(scenarios));
  tree_->expand(model_->index(0, 0));
}

void ScenarioPane::editAxis(int scenario, int parameter, const QString& value) {
  if (onFile()) return;
  auto& spec = specs_[static_cast<std::size_t>(scenario)];
  const QString axis =
      model_->scenarios()[static_cast<std::size_t>(scenario)].parameters[static_cast<std::size_t>(parameter)].title;
  spec.axes[axis.toStdString()] = value.trimmed().toStdString();
  model_->rename(scenario, QString::fromStdString(scenarioName(spec)));
}

void ScenarioPane::setInput(const QString& name, const std::string& path) {
  name_ = name;
  path_ = path;
  refresh();
}

void ScenarioPane::say(const QString& text) {
  note_->setText(text);
}

void ScenarioPane::refresh() {
  const bool running = runner_.running();
  run_->setEnabled(!running && (!onFile() || !path_.empty()));
  stop_->setEnabled(running);
  progress_->setEnabled(running);
  if (running) return note_->setText(tr("Preparing…"));
  progress_->setValue(0);
  if (!onFile()) return note_->setText(tr("On volumes that are made for it"));
  note_->setText(path_.empty() ? tr("Open a file to measure it.") : tr("On %1").arg(name_));
}

void ScenarioPane::run() {
  BenchPlan plan;
  plan.preset = model_->preset();
  plan.title = onFile() ? name_ : source_->currentText();
  if (onFile()) plan.file = path_;
  for (std::size_t n = 0; n < model_->scenarios().size(); ++n) {
    const auto& scenario = model_->scenarios()[n];
    if (!scenario.chosen) continue;
    if (!onFile()) {
      plan.specs.push_back(specs_[n]);
      continue;
    }
    const QString device = scenario.parameters.empty() ? QString("cpu") : scenario.parameters.front().value;
    plan.choices.push_back({scenario.name.toStdString(), device.toStdString()});
  }
  if (plan.choices.empty() && plan.specs.empty()) return say(tr("Choose a scenario."));
  runner_.start(plan);
}

void ScenarioPane::showProgress(double fraction, const QString& phase, double secondsLeft) {
  progress_->setValue(static_cast<int>(std::lround(1000 * fraction)));
  QString text = QString("%1 %").arg(100 * fraction, 0, 'f', 0);
  if (const QString left = timeLeft(secondsLeft); !left.isEmpty()) text += ", " + left;
  note_->setText(text + "\n" + note_->fontMetrics().elidedText(phase, Qt::ElideMiddle, note_->width()));
  note_->setToolTip(phase);
}

}  // namespace voxmark::ui
