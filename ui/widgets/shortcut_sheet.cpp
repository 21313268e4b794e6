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

/// In lines, with the heading and the space below.
qsizetype heightOf(const ShortcutGroup& group) {
  return group.rows.size() + 2;
}

/// The least height, in lines, at which `groups` fit into so many columns one after the other.
qsizetype columnHeight(const QList<ShortcutGroup>& groups, int columns) {
  qsizetype height = 0;
  for (const ShortcutGroup& group : groups) height = std::max(height, heightOf(group));
  for (;; ++height) {
    int begun = 1;
    qsizetype used = 0;
    for (const ShortcutGroup& group : groups) {
      if (used + heightOf(group) > height) {
        ++begun;
        used = 0;
      }
      used += heightOf(group);
    }
    if (begun <= columns) return height;
  }
}

/// Keys that a slice view takes itself, which are no commands.
ShortcutGroup viewKeys() {
  const auto keys = [](std::initializer_list<QKeyCombination> codes) {
    QStringList out;
    for (const QKeyCombination& code : codes) out << QKeySequence(code).toString(QKeySequence::NativeText);
    return out.join(" / ");
  };
  return {ShortcutSheet::tr("In a slice view"),
          {{ShortcutSheet::tr("Next or previous slice"), keys({Qt::Key_Up, Qt::Key_Down})},
           {ShortcutSheet::tr("Ten slices"), keys({Qt::SHIFT | Qt::Key_Up, Qt::SHIFT | Qt::Key_Down})},
           {ShortcutSheet::tr("Next or previous frame"), keys({Qt::Key_Right, Qt::Key_Left})},
           {ShortcutSheet::tr("Layer above or below"), keys({Qt::Key_PageUp, Qt::Key_PageDown})},
           {ShortcutSheet::tr("Delete the selected mark"), keys({Qt::Key_Delete})}}};
}

/// A heading and its rows.
QWidget* makeGroup(const ShortcutGroup& group, QWidget* parent) {
  auto* box = new QWidget(parent);
  box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
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
  groups.append(viewKeys());
  groups.append(mouseSummary());
  const int columns = std::clamp(width() / (42 * fontMetrics().averageCharWidth() + 40), 1, 4);
  auto* content = new QWidget;
  auto* across = new QHBoxLayout(content);
  across->setContentsMargins(0, 0, 0, 0);
  across->setSpacing(36);
  QVBoxLayout* column = nullptr;
  qsizetype used = 0;
  const qsizetype most = columnHeight(groups, columns);
  for (const ShortcutGroup& group : groups) {
    if (column == nullptr || used + heightOf(group) > most) {
      if (column != nullptr) column->addStretch(1);
      column = new QVBoxLayout;
      across->addLayout(column, 1);
      used = 0;
    }
    column->addWidget(makeGroup(group, content));
    used += heightOf(group);
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
