#include "ui/widgets/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace voxmark::ui {
namespace {

constexpr int kRows = 12;

/// "✓ Crosshair   View                 X"
class CommandDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const QPalette& palette = option.palette;
    if (selected) painter->fillRect(option.rect, palette.color(QPalette::Active, QPalette::Highlight));
    const QColor strong = palette.color(enabled ? QPalette::Active : QPalette::Disabled,
                                        selected ? QPalette::HighlightedText : QPalette::Text);
    const QColor weak = selected ? strong : palette.color(QPalette::Active, QPalette::PlaceholderText);
    const int space = option.fontMetrics.horizontalAdvance("  ");
    QRect rest = option.rect.adjusted(space, 0, -space, 0);
    painter->save();
    const auto text = [&](const QString& what, const QColor& colour, Qt::Alignment side) {
      painter->setPen(colour);
      const QString shown = option.fontMetrics.elidedText(what, Qt::ElideRight, rest.width());
      painter->drawText(rest, side | Qt::AlignVCenter | Qt::TextSingleLine, shown);
      const int used = option.fontMetrics.horizontalAdvance(shown) + 2 * space;
      if (side == Qt::AlignRight) {
        rest.setRight(rest.right() - used);
      } else {
        rest.setLeft(rest.left() + used);
      }
    };
    text(index.data(CommandModel::Keys).toString(), weak, Qt::AlignRight);
    const QString tick = index.data(CommandModel::Checked).toBool() ? QString("✓ ") : QString();
    text(tick + index.data().toString(), strong, Qt::AlignLeft);
    text(index.data(CommandModel::Path).toString(), weak, Qt::AlignLeft);
    painter->restore();
  }
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {100, option.fontMetrics.height() + 10};
  }
};

}  // namespace

CommandPalette::CommandPalette(const ActionList& actions, QWidget* window)
    : QFrame(window, Qt::Popup | Qt::FramelessWindowHint),
      model_(actions),
      typed_(new QLineEdit(this)),
      list_(new QListView(this)) {
  setObjectName("commandPalette");
  setFrameShape(QFrame::StyledPanel);
  setWindowTitle(tr("Find a command"));
  typed_->setObjectName("commandText");
  typed_->setAccessibleName(tr("Command"));
  typed_->setPlaceholderText(tr("Type what you want to do"));
  typed_->installEventFilter(this);
  list_->setObjectName("commandList");
  list_->setAccessibleName(tr("Commands"));
  list_->setModel(&model_);
  list_->setItemDelegate(new CommandDelegate(list_));
  list_->setFocusPolicy(Qt::NoFocus);  // the keyboard stays with the text
  list_->setFrameShape(QFrame::NoFrame);
  list_->setUniformItemSizes(true);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 6, 6, 6);
  layout->addWidget(typed_);
  layout->addWidget(list_, 1);
  connect(typed_, &QLineEdit::textEdited, this, &CommandPalette::list);
  connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) {
    if (index == list_->currentIndex()) choose();  // a greyed row does not become the current one
  });
}

void CommandPalette::ask() {
  typed_->clear();
  list();
  const QWidget* window = parentWidget();
  const int line = fontMetrics().height() + 10;
  const QSize size(std::min(window->width() - 20, 48 * fontMetrics().averageCharWidth() + 260),
                   std::min(window->height() - 80, (kRows + 1) * line + 30));
  resize(size);
  move(window->mapToGlobal(QPoint((window->width() - size.width()) / 2, std::min(60, window->height() / 10))));
  show();
  typed_->setFocus();
}

void CommandPalette::list() {
  model_.setFilter(typed_->text());
  list_->setCurrentIndex({});
  mark(1);
}

void CommandPalette::mark(int step) {
  const int count = model_.rowCount();
  int row = list_->currentIndex().row();
  if (row < 0 && step < 0) row = 0;
  for (int tried = 0; tried < count; ++tried) {
    row = (row + step + count) % count;
    const QModelIndex index = model_.index(row);
    if (!model_.flags(index).testFlag(Qt::ItemIsEnabled)) continue;
    list_->setCurrentIndex(index);
    list_->scrollTo(index);
    return;
  }
}

void CommandPalette::choose() {
  QAction* action = model_.action(list_->currentIndex().row());
  if (action == nullptr || !action->isEnabled()) return;
  close();  // first, so that what it opens gets the keyboard
  CommandModel::noteUsed(*action);
  action->trigger();
}

bool CommandPalette::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {  // no key of the window's means anything here
    event->accept();
    return true;
  }
  if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(object, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const bool control = key->modifiers().testFlag(Qt::ControlModifier);
  switch (key->key()) {
    case Qt::Key_Up:
      mark(-1);
      return true;
    case Qt::Key_Down:
      mark(1);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      choose();
      return true;
    case Qt::Key_Escape:
      close();
      return true;
    case Qt::Key_K:
      if (!control) break;
      close();
      return true;
    default:
      break;
  }
  return QFrame::eventFilter(object, event);
}

}  // namespace voxmark::ui
