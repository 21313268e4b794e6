#include "ui/panels/settings/shortcuts_page.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace voxmark::ui {

ShortcutsPage::ShortcutsPage(ActionList& actions, QWidget* parent)
    : SettingsPage(parent),
      actions_(actions),
      model_(actions),
      search_(new QLineEdit(this)),
      table_(new QTableView(this)) {
  search_->setObjectName("shortcutSearch");
  search_->setAccessibleName(tr("Search actions and keys"));
  search_->setPlaceholderText(tr("Search actions and keys"));
  search_->setClearButtonEnabled(true);
  found_.setSourceModel(&model_);
  found_.setFilterKeyColumn(-1);
  found_.setFilterCaseSensitivity(Qt::CaseInsensitive);
  table_->setObjectName("shortcutTable");
  table_->setAccessibleName(tr("Actions and their keys"));
  table_->setModel(&found_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->setAlternatingRowColors(true);
  table_->setWordWrap(false);
  table_->verticalHeader()->hide();
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setSectionResizeMode(ShortcutModel::Name, QHeaderView::Stretch);
  table_->horizontalHeader()->setSectionResizeMode(ShortcutModel::Menu, QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(ShortcutModel::Keys, QHeaderView::ResizeToContents);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(search_);
  layout->addWidget(table_, 1);
  layout->addWidget(makeEditor());
  connect(search_, &QLineEdit::textChanged, &found_, &QSortFilterProxyModel::setFilterFixedString);
  connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, &ShortcutsPage::showRow);
  connect(&model_, &QAbstractItemModel::dataChanged, this, &ShortcutsPage::showRow);
  showRow();
}

QWidget* ShortcutsPage::makeEditor() {
  auto* box = new QWidget(this);
  keys_ = new QKeySequenceEdit(box);
  keys_->setObjectName("shortcutKeys");
  keys_->setAccessibleName(tr("Keys of the chosen action"));
  auto* label = new QLabel(tr("&Keys"), box);
  label->setBuddy(keys_);
  const auto button = [&](const QString& text, const char* name) {
    auto* out = new QPushButton(text, box);
    out->setObjectName(name);
    out->setAutoDefault(false);
    return out;
  };
  clear_ = button(tr("&None"), "shortcutClear");
  reset_ = button(tr("De&fault"), "shortcutReset");
  move_ = button(tr("&Move them here"), "shortcutMove");
  conflict_ = new QLabel(box);
  conflict_->setObjectName("shortcutConflict");
  conflict_->setWordWrap(true);
  setTone(conflict_, "warning");
  auto* line = new QHBoxLayout;
  line->addWidget(label);
  line->addWidget(keys_, 1);
  line->addWidget(clear_);
  line->addWidget(reset_);
  auto* warning = new QHBoxLayout;
  warning->addWidget(conflict_, 1);
  warning->addWidget(move_);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(line);
  layout->addLayout(warning);
  connect(keys_, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutsPage::take);
  connect(clear_, &QPushButton::clicked, this, [this] { model_.setKey(row(), {}); });
  connect(reset_, &QPushButton::clicked, this, [this] { model_.reset(row()); });
  connect(move_, &QPushButton::clicked, this, [this] {
    model_.moveKey(row(), keys_->keySequence());
    table_->setFocus();
  });
  return box;
}

int ShortcutsPage::row() const {
  const QModelIndex index = found_.mapToSource(table_->currentIndex());
  return index.isValid() ? index.row() : -1;
}

void ShortcutsPage::showSettings() {
  if (row() < 0) table_->selectRow(0);
  showRow();
}

void ShortcutsPage::showRow() {
  const QAction* action = row() < 0 ? nullptr : model_.action(row());
  for (QWidget* widget : std::initializer_list<QWidget*>{keys_, clear_, reset_}) widget->setEnabled(action != nullptr);
  const QSignalBlocker blocker(keys_);
  keys_->setKeySequence(action != nullptr ? action->shortcut() : QKeySequence());
  hideConflict();
}

void ShortcutsPage::hideConflict() {
  conflict_->clear();
  move_->setEnabled(false);
  move_->setVisible(false);
}

void ShortcutsPage::take(const QKeySequence& typed) {
  if (row() < 0 || typed.isEmpty()) return;
  const QKeySequence key(typed[0]);  // one stroke is what menus and views can take
  if (typed.count() > 1) {
    const QSignalBlocker blocker(keys_);
    keys_->setKeySequence(key);
  }
  const QList<QAction*> others = actions_.usersOf(key, model_.action(row()));
  if (others.isEmpty()) {
    model_.setKey(row(), key);
    return;
  }
  QStringList names;
  for (const QAction* other : others) names << ActionList::plainText(*other);
  conflict_->setText(tr("%1 already does: %2.").arg(key.toString(QKeySequence::NativeText), names.join(", ")));
  move_->setVisible(true);
  move_->setEnabled(true);
}

}  // namespace voxmark::ui
