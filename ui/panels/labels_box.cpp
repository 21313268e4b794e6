#include "ui/panels/labels_box.h"

#include <QCheckBox>
#include <QColorDialog>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/document/label_table_file.h"
#include "ui/models/layer_edits.h"
#include "ui/widgets/label_offer.h"

namespace voxmark::ui {
namespace {

const QString kFolder = "labels/folder";
constexpr double kOverlayOpacity = 0.6;  // what lies below a segmentation stays visible

std::optional<LabelSummary> summarise(const Volume& volume, std::int64_t frame, JobContext& job) {
  return summariseLabels(volume, frame, job);
}

}  // namespace

LabelsBox::LabelsBox(Session& session, JobController& jobs, LayerHistogram& histogram, QWidget* parent)
    : QGroupBox(tr("Labels"), parent),
      session_(session),
      histogram_(histogram),
      labels_(new LabelListModel(session, this)),
      filter_(new LabelFilter(*labels_, this)),
      summary_(jobs, "labels", summarise, [this] { refresh(); }) {
  auto* column = new QVBoxLayout(this);
  on_ = new QCheckBox(tr("Show as labels"), this);
  on_->setObjectName("showAsLabels");
  on_->setToolTip(tr("Each whole number is a structure with a colour and a name of its own"));
  column->addWidget(hint_ = new LabelOffer("labelsHint", false, this));
  connectOffer(hint_);
  column->addWidget(on_);
  column->addWidget(content_ = makeContent());
  connect(on_, &QCheckBox::clicked, this, [this](bool on) {
    editActiveDisplay(session_, on ? tr("Show as labels") : tr("Show as values"),
                      [on](LayerDisplay& d) { d.labels = on; });
  });
  connect(outline_, &QCheckBox::clicked, this, [this](bool on) {
    editActiveDisplay(session_, tr("Label outlines"), [on](LayerDisplay& d) { d.labelOutline = on; });
  });
  connect(&session_, &Session::changed, this, &LabelsBox::refresh);
  connect(&session_, &Session::filled, this, &LabelsBox::refresh);
  connect(&histogram_, &LayerHistogram::changed, this, &LabelsBox::refresh);
  refresh();
}

void LabelsBox::connectOffer(LabelOffer* offer) {
  connect(offer, &LabelOffer::accepted, this, &LabelsBox::showAsLabels);
  connect(offer, &LabelOffer::declined, this, [this] {
    declined_.insert(session_.document().activeLayer.value_or(0));
    refresh();
  });
}

LabelOffer* LabelsBox::makeOffer(QWidget* parent) {
  above_ = new LabelOffer("labelsBar", true, parent);
  above_->hide();
  connectOffer(above_);
  return above_;
}

QWidget* LabelsBox::makeContent() {
  auto* content = new QWidget(this);
  outline_ = new QCheckBox(tr("Outlines only"), content);
  outline_->setObjectName("labelOutline");
  auto* load = new QPushButton(tr("Load table…"), content);
  load->setObjectName("loadLabelTable");
  load->setToolTip(tr("ITK-SNAP's label descriptions or FreeSurfer's colour table"));
  auto* save = new QPushButton(tr("Save table…"), content);
  save->setObjectName("saveLabelTable");
  save->setToolTip(tr("As ITK-SNAP's label descriptions"));
  search_ = new QLineEdit(content);
  search_->setObjectName("labelSearch");
  search_->setPlaceholderText(tr("Search names and numbers"));
  search_->setAccessibleName(tr("Search labels"));
  search_->setClearButtonEnabled(true);
  auto* present = new QCheckBox(tr("Only those in this volume"), content);
  present->setObjectName("labelsPresent");
  present->setChecked(true);
  note_ = new QLabel(content);
  note_->setWordWrap(true);
  makeTable();
  auto* files = new QHBoxLayout;
  files->addWidget(load);
  files->addWidget(save);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(outline_);
  column->addLayout(files);
  column->addWidget(search_);
  column->addWidget(present);
  column->addWidget(table_);
  column->addWidget(note_);
  connect(load, &QPushButton::clicked, this, &LabelsBox::chooseTable);
  connect(save, &QPushButton::clicked, this, &LabelsBox::chooseTarget);
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) { filter_->setText(text); });
  connect(present, &QCheckBox::toggled, this, [this](bool on) { filter_->setPresentOnly(on); });
  return content;
}

void LabelsBox::makeTable() {
  table_ = new QTableView(this);
  table_->setObjectName("labelTable");
  table_->setAccessibleName(tr("Labels"));
  table_->setModel(filter_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(LabelListModel::Number, Qt::AscendingOrder);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setEditTriggers(QAbstractItemView::EditKeyPressed);
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setMinimumHeight(220);
  table_->setToolTip(tr("Double click: go there. F2: rename."));
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  QHeaderView* header = table_->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::Fixed);
  header->setSectionResizeMode(LabelListModel::Name, QHeaderView::Stretch);
  header->setMinimumSectionSize(24);
  header->setHighlightSections(false);
  const int digit = fontMetrics().horizontalAdvance('0');
  header->resizeSection(LabelListModel::Shown, 46);
  header->resizeSection(LabelListModel::Number, 6 * digit + 6);
  header->resizeSection(LabelListModel::Voxels, 8 * digit + 8);
  header->resizeSection(LabelListModel::Opacity, 7 * digit + 10);
  connect(table_, &QWidget::customContextMenuRequested, this, &LabelsBox::showMenu);
  connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
    const std::int64_t value = index.data(LabelListModel::ValueRole).toLongLong();
    if (index.column() == LabelListModel::Shown) {
      chooseColour(value);
    } else {
      jumpTo(value);
    }
  });
}

void LabelsBox::setWatched(bool watched) {
  watched_ = watched;
  refresh();
}

bool LabelsBox::mayOffer() const {
  const Document& document = session_.document();
  const Layer* active = document.active();
  if (active == nullptr || !active->volume || active->display.labels || declined_.contains(active->id)) return false;
  return active->volume->info().meaning == ComponentMeaning::Scalar && &document.layers.front() != active;
}

bool LabelsBox::suggests() const {
  return mayOffer() && histogram_.whole() && histogram_.whole()->likeLabels;
}

void LabelsBox::refresh() {
  const Layer* active = session_.document().active();
  const bool scalar = active != nullptr && active->volume && active->volume->info().meaning == ComponentMeaning::Scalar;
  setVisible(scalar);
  const bool shown = scalar && active->display.labels;
  const bool suggested = scalar && suggests();
  setProperty("labelsSuggested", suggested);
  hint_->setVisible(suggested);
  if (above_ != nullptr) {
    if (active != nullptr) above_->setLayer(QString::fromStdString(active->name));
    above_->setVisible(suggested && !watched_);
  }
  on_->setVisible(!suggested);
  on_->setChecked(shown);
  content_->setVisible(shown);
  outline_->setChecked(shown && active->display.labelOutline);
  if (!watched_) return;
  summary_.follow(shown ? active->volume : nullptr, session_.document().views.frame);
  const auto& result = summary_.result();
  labels_->setSummary(result && *result ? std::shared_ptr<const LabelSummary>(result, &**result) : nullptr);
  const bool tooMany = result && !*result;
  note_->setVisible(shown && (tooMany || !result));
  note_->setText(tooMany ? tr("Too many different values for a segmentation.") : tr("Counting voxels…"));
}

void LabelsBox::showAsLabels() {
  const Document& document = session_.document();
  const bool overlay = !document.layers.empty() && document.layers.front().id != document.activeLayer;
  editActiveDisplay(session_, tr("Show as labels"), [overlay](LayerDisplay& d) {
    d.labels = true;
    if (overlay && d.opacity == 1) d.opacity = kOverlayOpacity;
  });
}

void LabelsBox::chooseTable() {
  auto* dialog = new QFileDialog(window(), tr("Load a label table"), QSettings().value(kFolder).toString(),
                                 tr("Label tables (*.txt *.label *.lut *.ctab);;All files (*)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    QSettings().setValue(kFolder, QFileInfo(path).absolutePath());
    try {
      const auto table = std::make_shared<const LabelTable>(readLabelTable(path.toStdString()));
      editActiveDisplay(session_, tr("Load label table"), [&](LayerDisplay& d) { d.labelTable = table; });
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromStdString(error.what()));
    }
  });
  dialog->open();
}

void LabelsBox::chooseTarget() {
  auto* dialog = new QFileDialog(window(), tr("Save the label table"), QSettings().value(kFolder).toString(),
                                 tr("ITK-SNAP label descriptions (*.txt)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix("txt");
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    try {
      writeLabelTable(path.toStdString(), labels_->fullTable());
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromStdString(error.what()));
    }
  });
  dialog->open();
}

std::vector<std::int64_t> LabelsBox::selected() const {
  std::vector<std::int64_t> out;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows()) {
    out.push_back(index.data(LabelListModel::ValueRole).toLongLong());
  }
  return out;
}

void LabelsBox::showMenu(const QPoint& position) {
  const QModelIndex index = table_->indexAt(position);
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  if (index.isValid()) {
    const std::int64_t value = index.data(LabelListModel::ValueRole).toLongLong();
    menu->addAction(tr("Go there"), this, [this, value] { jumpTo(value); })->setEnabled(labels_->extentOf(value));
    menu->addAction(tr("Colour…"), this, [this, value] { chooseColour(value); });
    const QPersistentModelIndex name = index.siblingAtColumn(LabelListModel::Name);
    menu->addAction(tr("Rename"), this, [this, name] { table_->edit(name); });
    menu->addAction(tr("Show only the selected"), this, [this] { labels_->showOnly(selected()); });
  }
  menu->addAction(tr("Show all"), labels_, &LabelListModel::showAll);
  menu->popup(table_->viewport()->mapToGlobal(position));
}

void LabelsBox::jumpTo(std::int64_t value) {
  const Layer* active = session_.document().active();
  const LabelExtent* extent = labels_->extentOf(value);
  if (active == nullptr || !active->volume || extent == nullptr) return;
  Vec3 voxel{};
  for (std::size_t a = 0; a < 3; ++a) voxel[a] = static_cast<double>(extent->nearest[a]);
  const Vec3 world = voxelToWorld(active->volume->geometry(), voxel);
  session_.look([&](Document& d) { d.views.crosshair = world; });
}

void LabelsBox::chooseColour(std::int64_t value) {
  const Layer* active = session_.document().active();
  if (active == nullptr) return;
  const auto colour = labelOf(active->display.labelTable.get(), value).colour;
  auto* dialog = new QColorDialog(QColor(colour[0], colour[1], colour[2]), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QColorDialog::colorSelected, this,
          [this, value](const QColor& chosen) { labels_->setColour(value, chosen); });
  dialog->open();
}

}  // namespace voxmark::ui
