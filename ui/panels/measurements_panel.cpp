#include "ui/panels/measurements_panel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/document/table_text.h"

namespace voxmark::ui {

MeasurementsPanel::MeasurementsPanel(Session& session, MarkMeasurements& measurements, QWidget* parent)
    : QWidget(parent),
      session_(session),
      measurements_(measurements),
      model_(new MeasurementModel(session, measurements, this)),
      table_(new QTableView(this)),
      about_(new QLabel(this)),
      hint_(new QLabel(
          tr("No measurements yet. Choose a tool (distance, angle, profile, region …) and draw in a view."), this)) {
  const auto button = [this](const QString& text, const char* name, const QString& tip) {
    auto* made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
  };
  copy_ = button(tr("Copy"), "copyMeasurements", tr("Copy the chosen rows, or all, for a spreadsheet"));
  export_ = button(tr("Export…"), "exportMeasurements", tr("Save all measurements as CSV or JSON"));
  remove_ = button(tr("Remove"), "removeMeasurement", tr("Remove the chosen measurements (Delete)"));
  clear_ = button(tr("Remove all"), "clearMeasurements", tr("Remove all measurements"));
  about_->setObjectName("measurementsAbout");
  hint_->setObjectName("measurementsHint");
  hint_->setAlignment(Qt::AlignCenter);
  hint_->setEnabled(false);
  makeTable();
  auto* row = new QHBoxLayout;
  row->addWidget(about_, 1);
  for (QPushButton* one : {copy_, export_, remove_, clear_}) row->addWidget(one);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(6, 4, 6, 4);
  column->addLayout(row);
  column->addWidget(table_, 1);
  column->addWidget(hint_, 1);
  connect(copy_, &QPushButton::clicked, this, &MeasurementsPanel::copy);
  connect(export_, &QPushButton::clicked, this, &MeasurementsPanel::chooseExport);
  connect(remove_, &QPushButton::clicked, this, &MeasurementsPanel::removeChosen);
  connect(clear_, &QPushButton::clicked, this, &MeasurementsPanel::removeAll);
  connect(&measurements_, &MarkMeasurements::settledNow, this, &MeasurementsPanel::writeWaiting);
  connect(&session_, &Session::changed, this, [this] {
    followSelection();
    refresh();
  });
  refresh();
}

void MeasurementsPanel::makeTable() {
  table_->setModel(model_);
  table_->setObjectName("measurementsTable");
  table_->setAccessibleName(tr("Measurements"));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setTabKeyNavigation(false);  // Tab leaves the table, as it leaves any other control
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  QHeaderView* header = table_->horizontalHeader();
  header->setHighlightSections(false);
  header->setStretchLastSection(false);
  const int unit = fontMetrics().horizontalAdvance('0');
  constexpr int kWidths[MeasurementModel::ColumnCount] = {22, 12, 30, 14, 12, 12, 12, 12, 12};
  for (int n = 0; n < MeasurementModel::ColumnCount; ++n) table_->setColumnWidth(n, kWidths[n] * unit);
  header->setSectionResizeMode(MeasurementModel::Name, QHeaderView::Stretch);
  header->setMinimumSectionSize(8 * unit);
  connect(table_, &QTableView::clicked, this, [this](const QModelIndex& index) { goTo(index.row()); });
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MeasurementsPanel::refresh);
  const auto shortcut = [this](const QKeySequence& key, auto run) {
    auto* made = new QShortcut(key, table_);
    made->setContext(Qt::WidgetShortcut);
    connect(made, &QShortcut::activated, this, run);
  };
  shortcut(QKeySequence::Delete, [this] { removeChosen(); });
  shortcut(QKeySequence::Copy, [this] { copy(); });
  shortcut(QKeySequence(Qt::Key_Return), [this] {
    if (table_->currentIndex().isValid()) goTo(table_->currentIndex().row());
  });
}

void MeasurementsPanel::refresh() {
  const bool any = model_->rowCount() > 0;
  table_->setVisible(any);
  hint_->setVisible(!any);
  for (QPushButton* one : {copy_, export_, clear_}) one->setEnabled(any);
  remove_->setEnabled(table_->selectionModel()->hasSelection());
  const MarkTable table = measurements_.table({-1});  // where, and nothing measured
  QString about;
  if (!table.layer.empty()) {
    about = tr("Values of %1").arg(QString::fromStdString(table.layer));
    const Layer* layer = session_.document().active();
    if (layer->volume->info().frames > 1) about += tr(", frame %1").arg(table.frame + 1);
    if (table.number != VoxelNumber::Value) about += " (" + QString::fromStdString(describe(table.number)) + ")";
  }
  about_->setText(any ? about : QString());
}

void MeasurementsPanel::followSelection() {
  const auto& selected = session_.document().selectedMark;
  if (selected == selected_) return;
  selected_ = selected;
  for (int row = 0; selected && row < model_->rowCount(); ++row) {
    if (model_->markAt(row) == *selected && !table_->selectionModel()->isRowSelected(row)) table_->selectRow(row);
  }
}

std::vector<int> MeasurementsPanel::chosenRows() const {
  std::set<int> rows;
  for (const QModelIndex& index : table_->selectionModel()->selectedIndexes()) rows.insert(index.row());
  return {rows.begin(), rows.end()};
}

void MeasurementsPanel::goTo(int row) {
  const Mark* mark = session_.document().findMark(model_->markAt(row));
  if (mark == nullptr) return;
  const Vec3 place = middleOf(*mark);
  session_.look([place, id = mark->id](Document& d) {
    d.views.crosshair = place;
    d.selectedMark = id;
  });
}

void MeasurementsPanel::removeChosen() {
  std::set<int> ids;
  for (const int row : chosenRows()) ids.insert(model_->markAt(row));
  if (ids.empty()) return;
  session_.edit(ids.size() == 1 ? tr("Remove measurement") : tr("Remove measurements"), [&](Document& d) {
    std::erase_if(d.marks, [&](const Mark& mark) { return ids.contains(mark.id); });
    if (d.selectedMark && ids.contains(*d.selectedMark)) d.selectedMark.reset();
  });
}

void MeasurementsPanel::removeAll() {
  if (session_.document().marks.empty()) return;
  session_.edit(tr("Remove all measurements"), [](Document& d) {
    d.marks.clear();
    d.selectedMark.reset();
  });
}

void MeasurementsPanel::copy() const {
  std::vector<int> rows = chosenRows();
  if (rows.empty()) {
    rows.resize(static_cast<std::size_t>(model_->rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
  }
  QGuiApplication::clipboard()->setText(model_->text(rows));
}

void MeasurementsPanel::chooseExport() {
  if (model_->rowCount() == 0) return;
  auto* dialog = new QFileDialog(this, tr("Export measurements"), {}, tr("CSV table (*.csv);;JSON (*.json)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix("csv");
  dialog->selectFile("measurements.csv");
  connect(dialog, &QFileDialog::filterSelected, dialog,
          [dialog](const QString& filter) { dialog->setDefaultSuffix(filter.contains("json") ? "json" : "csv"); });
  connect(dialog, &QFileDialog::fileSelected, this, &MeasurementsPanel::exportTo);
  dialog->open();
}

void MeasurementsPanel::exportTo(const QString& path) {
  waiting_ = path;
  if (measurements_.settled()) writeWaiting();
}

void MeasurementsPanel::writeWaiting() {
  if (!waiting_) return;
  const QString path = *waiting_;
  waiting_.reset();
  const MarkTable table = measurements_.table();
  try {
    const bool json = path.endsWith(".json", Qt::CaseInsensitive);
    saveText(path.toStdString(), json ? toJson(table).dump(2) + "\n" : toCsv(table));
    Q_EMIT exported(path);
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromStdString(error.what()));
  }
}

}  // namespace voxmark::ui
