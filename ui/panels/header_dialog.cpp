#include "ui/panels/header_dialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace voxmark::ui {
namespace {

/// Keeps the rows in which every word that was typed occurs, in whatever column.
class WordFilter : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setWords(const QString& text) {
    words_ = text.simplified().split(' ', Qt::SkipEmptyParts);
    invalidateFilter();
  }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    if (!parent.isValid()) return words_.isEmpty();  // a section stays where any of its rows does
    QString all = parent.data().toString();
    for (int column = 0; column < sourceModel()->columnCount(parent); ++column) {
      all += ' ' + sourceModel()->index(row, column, parent).data(Qt::ToolTipRole).toString();
    }
    return std::all_of(words_.begin(), words_.end(),
                       [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
  }

 private:
  QStringList words_;
};

}  // namespace

HeaderDialog::HeaderDialog(Session& session, QWidget* parent)
    : QDialog(parent),
      session_(session),
      model_(new HeaderModel(this)),
      found_(new WordFilter(this)),
      search_(new QLineEdit(this)),
      tree_(new QTreeView(this)),
      nothing_(new QLabel(tr("Nothing in the header has these words."), this)) {
  setObjectName("headerDialog");
  resize(820, 640);
  search_->setObjectName("headerSearch");
  search_->setPlaceholderText(tr("Search names, values and meanings"));
  search_->setAccessibleName(tr("Search the header"));
  search_->setClearButtonEnabled(true);
  nothing_->setAlignment(Qt::AlignCenter);
  nothing_->setEnabled(false);
  nothing_->hide();
  makeTree();
  auto* copyRow = new QPushButton(tr("Copy"), this);
  copyRow->setObjectName("copyHeaderRow");
  copyRow->setToolTip(tr("Copy the chosen rows"));
  auto* copyAll = new QPushButton(tr("Copy all"), this);
  copyAll->setObjectName("copyHeader");
  copyAll->setToolTip(tr("Copy everything that is listed"));
  auto* close = new QPushButton(tr("Close"), this);
  for (QPushButton* button : {copyRow, copyAll, close}) button->setAutoDefault(false);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(copyRow);
  buttons->addWidget(copyAll);
  buttons->addStretch(1);
  buttons->addWidget(close);
  auto* column = new QVBoxLayout(this);
  column->addWidget(search_);
  column->addWidget(tree_, 1);
  column->addWidget(nothing_, 1);
  column->addLayout(buttons);
  connect(search_, &QLineEdit::textChanged, this, &HeaderDialog::filter);
  connect(copyRow, &QPushButton::clicked, this, [this] { copy(false); });
  connect(copyAll, &QPushButton::clicked, this, [this] { copy(true); });
  connect(close, &QPushButton::clicked, this, &QDialog::close);
  connect(&session_, &Session::changed, this, &HeaderDialog::follow);
}

void HeaderDialog::makeTree() {
  found_->setSourceModel(model_);
  found_->setRecursiveFilteringEnabled(true);
  tree_->setObjectName("headerTree");
  tree_->setAccessibleName(tr("Header"));
  tree_->setModel(found_);
  tree_->setAlternatingRowColors(true);
  tree_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  tree_->setUniformRowHeights(true);
  tree_->setStyleSheet("QTreeView::item { padding: 2px 0; }");
  tree_->setTextElideMode(Qt::ElideRight);
  tree_->header()->setStretchLastSection(true);
  const int unit = fontMetrics().horizontalAdvance('0');
  tree_->setColumnWidth(0, 26 * unit);
  tree_->setColumnWidth(1, 38 * unit);
  auto* shortcut = new QShortcut(QKeySequence::Copy, tree_);
  shortcut->setContext(Qt::WidgetShortcut);
  connect(shortcut, &QShortcut::activated, this, [this] { copy(false); });
}

void HeaderDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  search_->setFocus();
}

void HeaderDialog::showLayer(int layer) {
  layer_ = layer;
  shown_ = nullptr;
  fill();
  show();
  raise();
  activateWindow();
}

void HeaderDialog::follow() {
  if (!isVisible()) return;
  const Document& document = session_.document();
  if (document.activeLayer) layer_ = *document.activeLayer;
  if (document.layers.empty()) return static_cast<void>(close());
  fill();
}

void HeaderDialog::fill() {
  const Layer* layer = session_.document().find(layer_);
  if (layer == nullptr || layer->volume == shown_) return;
  shown_ = layer->volume;
  setWindowTitle(tr("Header of %1").arg(QString::fromStdString(layer->name)));
  model_->setSections(headerSections(*layer, session_.document()));
  filter(search_->text());
}

void HeaderDialog::filter(const QString& text) {
  static_cast<WordFilter*>(found_)->setWords(text);
  const bool any = found_->rowCount() > 0;
  tree_->setVisible(any);
  nothing_->setVisible(!any);
  for (int row = 0; row < found_->rowCount(); ++row) tree_->setFirstColumnSpanned(row, {}, true);
  tree_->expandAll();
}

QString HeaderDialog::text(bool all) const {
  QString out;
  for (int s = 0; s < found_->rowCount(); ++s) {
    const QModelIndex section = found_->index(s, 0);
    if (all) out += section.data().toString() + '\n';
    for (int row = 0; row < found_->rowCount(section); ++row) {
      if (!all && !tree_->selectionModel()->isRowSelected(row, section)) continue;
      QStringList cells;
      for (int column = 0; column < 3; ++column) {
        cells << found_->index(row, column, section).data(Qt::ToolTipRole).toString();
      }
      while (!cells.isEmpty() && cells.last().isEmpty()) cells.removeLast();
      out += cells.join('\t') + '\n';
    }
  }
  return out;
}

void HeaderDialog::copy(bool all) const {
  if (const QString copied = text(all); !copied.isEmpty()) QGuiApplication::clipboard()->setText(copied);
}

}  // namespace voxmark::ui
