#include "ui/panels/bench/runs_pane.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/widgets/plain_table.h"

namespace voxmark::ui {

RunsPane::RunsPane(BenchRuns& runs, QWidget* parent)
    : QWidget(parent), runs_(runs), model_(new RunListModel(runs, this)), table_(plainTable(this)) {
  table_->setModel(model_);
  table_->setObjectName("benchmarkRuns");
  table_->setAccessibleName(tr("Runs"));
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->setToolTip(tr("A click puts a run in front. Choose two (Ctrl and click) to compare them."));
  table_->horizontalHeader()->setSectionResizeMode(RunListModel::Title, QHeaderView::Stretch);
  table_->setColumnWidth(RunListModel::Measured, 12 * fontMetrics().horizontalAdvance('0'));
  const auto button = [this](const QString& text, const char* name, const QString& tip) {
    auto* made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
  };
  open_ = button(tr("Open…"), "openResults", tr("Open result files: Voxmark's or any in Google Benchmark's JSON"));
  save_ = button(tr("Save…"), "saveResults", tr("Save the run in front as JSON"));
  compare_ = button(tr("Compare"), "compareRuns", tr("Hold the newer of the two chosen runs against the older"));
  remove_ = button(tr("Remove"), "removeRun", tr("Take the chosen runs out of the list; files stay"));
  auto* buttons = new QGridLayout;
  buttons->addWidget(open_, 0, 0);
  buttons->addWidget(save_, 0, 1);
  buttons->addWidget(compare_, 1, 0);
  buttons->addWidget(remove_, 1, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_, 1);
  column->addLayout(buttons);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
    const QList<int> ids = chosen();
    if (ids.size() == 1) runs_.setCurrent(ids.front());
    refresh();
  });
  connect(&runs_, &BenchRuns::changed, this, &RunsPane::refresh);
  connect(&runs_, &BenchRuns::resultAdded, this, &RunsPane::refresh);
  connect(open_, &QPushButton::clicked, this, &RunsPane::chooseOpen);
  connect(save_, &QPushButton::clicked, this, &RunsPane::chooseSave);
  connect(compare_, &QPushButton::clicked, this, &RunsPane::compare);
  connect(remove_, &QPushButton::clicked, this, [this] {
    for (const int id : chosen()) runs_.remove(id);
  });
  refresh();
}

QList<int> RunsPane::chosen() const {
  QList<int> out;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows()) out << model_->idAt(index.row());
  std::sort(out.begin(), out.end());
  return out;
}

void RunsPane::refresh() {
  const BenchRun* current = runs_.current();
  save_->setEnabled(current != nullptr && !current->file.results.empty());
  compare_->setEnabled(chosen().size() == 2);
  remove_->setEnabled(!chosen().isEmpty());
}

void RunsPane::compare() {
  const QList<int> ids = chosen();
  if (ids.size() != 2) return;
  runs_.setCurrent(ids.back());
  runs_.setBaseline(ids.front());
  Q_EMIT compareRequested();
}

void RunsPane::open(const QStringList& paths) {
  for (const QString& path : paths) {
    try {
      (void)runs_.open(path);
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromStdString(error.what()));
    }
  }
}

void RunsPane::chooseOpen() {
  auto* dialog = new QFileDialog(this, tr("Open results"), {}, tr("Results (*.json);;All files (*)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  connect(dialog, &QFileDialog::filesSelected, this, &RunsPane::open);
  dialog->open();
}

void RunsPane::chooseSave() {
  const BenchRun* current = runs_.current();
  if (current == nullptr) return;
  auto* dialog = new QFileDialog(this, tr("Save the results"), {}, "JSON (*.json)");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix("json");
  dialog->selectFile("benchmark.json");
  connect(dialog, &QFileDialog::fileSelected, this, [this, id = current->id](const QString& path) {
    try {
      runs_.save(id, path);
      Q_EMIT said(tr("Saved %1").arg(path));
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromStdString(error.what()));
    }
  });
  dialog->open();
}

}  // namespace voxmark::ui
