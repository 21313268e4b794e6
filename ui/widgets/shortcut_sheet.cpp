#include "ui/widgets/shortcut_sheet.h"

#include <QApplication>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/widgets/mouse_summary.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

/// A heading and its rows.
QWidget* makeGroup(const ShortcutGroup& group, QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* grid = new QGridLayout(box);
  grid->setContentsMargins(0, 0, 0, 14);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(3);
  grid->setColumnStretch(0, 1);
  auto* heading = new QLabel(group.title, box);
  QFont bold = heading->font();
  bold.setBold(true);
  heading->setFont(bold);
  grid->addWidget(heading, 0, 0, 1, 2);
  int row = 1;
  for (const auto& [what, keys] : group.rows) {
    auto* name = new QLabel(what, box);
    name->setWordWrap(true);
    auto* how = new QLabel(keys, box);
    how->setAlignment(Qt::AlignRight | Qt::AlignTop);
    setTone(how, "soft");
    grid->addWidget(name, row, 0);
    grid->addWidget(how, row++, 1);
  }
  return box;
}

}  // namespace

ShortcutSheet::ShortcutSheet(const ActionList& actions, QWidget* window)
    : QFrame(window), actions_(actions), scroll_(new QScrollArea(this)) {
  setObjectName("shortcutSheet");
  setAccessibleName(tr("Keys and mouse"));
  setAutoFillBackground(true);
  setFocusPolicy(Qt::StrongFocus);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setWidgetResizable(true);
  scroll_->setFocusPolicy(Qt::NoFocus);
  auto* heading = new QLabel(tr("Keys and mouse"), this);
  QFont large = heading->font();
  large.setPointSizeF(large.pointSizeF() * 1.5);
  heading->setFont(large);
  auto* hint = new QLabel(tr("Esc, ? or a click closes this. Edit > Settings changes the keys."), this);
  setTone(hint, "soft");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(28, 20, 28, 20);
  layout->addWidget(heading);
  layout->addWidget(hint);
  layout->addSpacing(10);
  layout->addWidget(scroll_, 1);
  window->installEventFilter(this);
  hide();
}

void ShortcutSheet::fill() {
  QList<ShortcutGroup> groups = shortcutGroups(actions_);
  groups.append(mouseSummary());
  qsizetype rows = 0;
  for (const ShortcutGroup& group : groups) rows += group.rows.size() + 2;
  const int columns = std::clamp(width() / (42 * fontMetrics().averageCharWidth() + 40), 1, 4);
  auto* content = new QWidget;
  auto* across = new QHBoxLayout(content);
  across->setContentsMargins(0, 0, 0, 0);
  across->setSpacing(36);
  QVBoxLayout* column = nullptr;
  qsizetype used = 0;
  int begun = 0;
  for (const ShortcutGroup& group : groups) {
    // A column ends where the next group would lie beyond its share by more than half.
    const qsizetype next = group.rows.size() + 2;
    if (column == nullptr || (begun < columns && used + next / 2 > rows * begun / columns)) {
      if (column != nullptr) column->addStretch(1);
      column = new QVBoxLayout;
      across->addLayout(column, 1);
      ++begun;
    }
    column->addWidget(makeGroup(group, content));
    used += next;
  }
  if (column != nullptr) column->addStretch(1);
  scroll_->setWidget(content);  // the one before is deleted
}

void ShortcutSheet::ask() {
  if (isVisible()) {
    leave();
    return;
  }
  before_ = QApplication::focusWidget();
  setGeometry(parentWidget()->rect());
  fill();
  show();
  raise();
  setFocus();
}

void ShortcutSheet::leave() {
  hide();
  if (before_ != nullptr) before_->setFocus();
}

bool ShortcutSheet::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {  // the keys are explained here, not used
    event->accept();
    return true;
  }
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape || key->text() == "?") leave();
    if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up || key->key() == Qt::Key_PageDown ||
        key->key() == Qt::Key_PageUp) {
      QApplication::sendEvent(scroll_->verticalScrollBar(), event);
    }
    return true;
  }
  return QFrame::event(event);
}

bool ShortcutSheet::eventFilter(QObject* object, QEvent* event) {
  if (object == parentWidget() && event->type() == QEvent::Resize && isVisible()) {
    setGeometry(parentWidget()->rect());
    fill();
  }
  return QFrame::eventFilter(object, event);
}

void ShortcutSheet::mousePressEvent(QMouseEvent*) {
  leave();
}

}  // namespace voxmark::ui
