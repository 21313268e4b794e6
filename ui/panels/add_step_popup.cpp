#include "ui/panels/add_step_popup.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>
#include <vector>

#include "ui/models/fuzzy_match.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {

AddStepPopup::AddStepPopup(QWidget* parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint), typed_(new QLineEdit(this)), list_(new QListWidget(this)) {
  setObjectName("addStepPopup");
  setFrameShape(QFrame::StyledPanel);
  setWindowTitle(tr("Add a step"));
  typed_->setObjectName("addStepText");
  typed_->setAccessibleName(tr("Name of a step"));
  typed_->setPlaceholderText(tr("Type what is to be done"));
  typed_->installEventFilter(this);
  list_->setObjectName("addStepList");
  list_->setAccessibleName(tr("Steps that can be added"));
  list_->setFocusPolicy(Qt::NoFocus);  // the keyboard stays with the text
  list_->setFrameShape(QFrame::NoFrame);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setMouseTracking(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(6, 6, 6, 6);
  layout->addWidget(typed_);
  layout->addWidget(list_, 1);
  connect(typed_, &QLineEdit::textEdited, this, &AddStepPopup::list);
  connect(list_, &QListWidget::itemClicked, this, &AddStepPopup::choose);
}

void AddStepPopup::ask(const QWidget* button) {
  typed_->clear();
  list();
  const QSize room = button->screen()->availableSize();
  int rows = 0;
  for (int row = 0; row < list_->count(); ++row) rows += list_->sizeHintForRow(row);
  const QSize size(list_->sizeHintForColumn(0) + 40,
                   std::min(rows + typed_->sizeHint().height() + 30, room.height() - 80));
  resize(size);
  QPoint at = button->mapToGlobal(QPoint(0, button->height() + 2));
  const QRect screen = button->screen()->availableGeometry();
  at.setX(std::clamp(at.x(), screen.left(), std::max(screen.left(), screen.right() - size.width())));
  at.setY(std::clamp(at.y(), screen.top(), std::max(screen.top(), screen.bottom() - size.height())));
  move(at);
  show();
  typed_->setFocus();
}

void AddStepPopup::list() {
  list_->clear();
  const QString typed = typed_->text().trimmed();
  std::vector<std::pair<int, StepKind>> found;
  for (StepKind& kind : stepKinds()) {
    constexpr int kInName = 4;  // a match in the name counts as much as four beside it
    const auto name = fuzzyMatch(typed, kind.name);
    const auto all = fuzzyMatch(typed, kind.group + " " + kind.name + " " + kind.words);
    if (name || all) found.emplace_back(std::max(name.value_or(0) * kInName, all.value_or(0)), std::move(kind));
  }
  // Groups are for looking around; whoever types wants the best match first.
  if (!typed.isEmpty()) {
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  }
  QString group;
  for (const auto& [score, kind] : found) {
    if (typed.isEmpty() && kind.group != group) addHeading(group = kind.group);
    auto* item = new QListWidgetItem("   " + kind.name, list_);
    item->setData(Qt::UserRole, QString(kind.id));
    item->setData(Qt::AccessibleTextRole, QString("%1, %2").arg(kind.name, kind.group));
  }
  list_->setCurrentRow(-1);
  mark(1);
}

void AddStepPopup::addHeading(const QString& text) {
  auto* heading = new QListWidgetItem(text, list_);
  heading->setFlags(Qt::NoItemFlags);
  QFont font = heading->font();
  font.setWeight(QFont::DemiBold);
  heading->setFont(font);
  heading->setForeground(themeColours().soft);
}

void AddStepPopup::mark(int step) {
  const int count = list_->count();
  int row = list_->currentRow();
  if (row < 0 && step < 0) row = 0;
  for (int tried = 0; tried < count; ++tried) {
    row = (row + step + count) % count;
    if (list_->item(row)->flags() == Qt::NoItemFlags) continue;
    list_->setCurrentRow(row);
    return;
  }
}

void AddStepPopup::choose(const QListWidgetItem* item) {
  if (item == nullptr || item->flags() == Qt::NoItemFlags) return;
  const QString id = item->data(Qt::UserRole).toString();
  close();  // first, so that what it opens gets the keyboard
  Q_EMIT chosen(id);
}

bool AddStepPopup::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {  // no key of the window's means anything here
    event->accept();
    return true;
  }
  if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(object, event);
  switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
      mark(-1);
      return true;
    case Qt::Key_Down:
      mark(1);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      choose(list_->currentItem());
      return true;
    case Qt::Key_Escape:
      close();
      return true;
    default:
      return QFrame::eventFilter(object, event);
  }
}

}  // namespace voxmark::ui
