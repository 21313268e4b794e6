#include "ui/widgets/step_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>

#include "ui/models/step_list_model.h"
#include "ui/widgets/row_switch.h"
#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

constexpr int kMargin = 4;
constexpr int kTextLeft = 26;  ///< behind the switch
constexpr int kMostLines = 3;  ///< of what is wrong

QRect textIn(const QRect& row) {
  return row.adjusted(kTextLeft, kMargin, -kMargin, -kMargin);
}

QFont smallFont(const QFont& font) {
  QFont out = font;
  out.setPointSizeF(font.pointSizeF() * 0.9);
  return out;
}

/// Lines that a note takes: what is wrong is said in full, as far as there is room.
int linesOf(const QModelIndex& index, const QFontMetrics& metrics, int width) {
  if (!index.data(StepListModel::WrongRole).toBool()) return 1;
  const QRect box = metrics.boundingRect(QRect(0, 0, std::max(width, 60), 10000), Qt::TextWordWrap,
                                         index.data(StepListModel::NoteRole).toString());
  return std::clamp((box.height() + metrics.lineSpacing() - 1) / metrics.lineSpacing(), 1, kMostLines);
}

}  // namespace

void StepDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const {
  QStyleOptionViewItem option = given;
  initStyleOption(&option, index);
  option.text.clear();
  QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  const bool wrong = index.data(StepListModel::WrongRole).toBool();
  const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
  const QColor strong = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
  const QColor weak = selected ? strong : themeColours().soft;
  const QRect text = textIn(option.rect);
  const int line = option.fontMetrics.height();
  painter->save();
  if (!on) paintEmptySwitch(painter, option);
  painter->setFont(option.font);
  painter->setPen(on ? strong : weak);
  painter->drawText(QRect(text.left(), text.top(), text.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                    option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, text.width()));
  const QFont small = smallFont(option.font);
  const QFontMetrics metrics(small);
  painter->setFont(small);
  painter->setPen(wrong && !selected ? themeColours().warning : weak);
  const QRect note(text.left(), text.top() + line, text.width(), text.height() - line);
  const QString words = index.data(StepListModel::NoteRole).toString();
  if (wrong) {
    painter->drawText(note, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, words);
  } else {
    painter->drawText(note, Qt::AlignLeft | Qt::AlignTop, metrics.elidedText(words, Qt::ElideRight, note.width()));
  }
  painter->restore();
}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const QFontMetrics metrics(smallFont(option.font));
  const int width = option.widget != nullptr ? option.widget->width() - kTextLeft - 2 * kMargin - 20 : 200;
  return {120, option.fontMetrics.height() + linesOf(index, metrics, width) * metrics.lineSpacing() + 2 * kMargin};
}

void StepDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const {
  const QRect text = textIn(option.rect);
  const int height = std::max(editor->sizeHint().height(), option.fontMetrics.height());
  editor->setGeometry(text.left() - 3, option.rect.top() + 1, text.width() + 3, height);
}

}  // namespace voxmark::ui
