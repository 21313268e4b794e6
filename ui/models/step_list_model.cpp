#include "ui/models/step_list_model.h"

#include <algorithm>

#include "ui/models/loss_text.h"
#include "ui/models/step_edits.h"

namespace voxmark::ui {

QString shapeText(const VolumeInfo& info) {
  const Index3& size = info.geometry.size;
  QString text = QString("%1 × %2 × %3").arg(size[0]).arg(size[1]).arg(size[2]);
  if (info.frames > 1) text += StepListModel::tr(" × %1 frames").arg(info.frames);
  return text + ", " + QString::fromStdString(std::string(pixelTypeName(info.pixelType)));
}

namespace {

/// Whether a step loses anything that matters.
bool loses(const StepCheck& check) {
  constexpr double kInaudible = 100;  // dB: rounding to f32 and the like
  return check.loss && (check.loss->clipped > 0 || check.loss->nonfinite > 0 || check.loss->psnr() < kInaudible);
}

/// What a step that fits leaves and loses; what can be cut off for want of room comes last.
QString fineNote(const PipelineStep& step, const StepCheck& check) {
  QString text = "→ " + shapeText(*check.output);
  if (loses(check)) text += " · " + shortLossText(*check.loss);
  if (!step.name.empty()) text += " · " + QString::fromStdString(describe(step.operation));
  return text;
}

}  // namespace

StepListModel::StepListModel(Session& session, QObject* parent) : QAbstractListModel(parent), session_(session) {
  connect(&session_, &Session::changed, this, &StepListModel::refresh);
  refresh();
}

void StepListModel::refresh() {
  const std::vector<PipelineStep>& now = session_.document().steps;
  if (now == steps_) return;
  // What is the same before and behind what has changed stays, so that a view's selection and place do.
  const auto [begin, newBegin] = std::mismatch(steps_.begin(), steps_.end(), now.begin(), now.end());
  const auto first = static_cast<int>(begin - steps_.begin());
  auto end = steps_.end();
  auto newEnd = now.end();
  while (end != begin && newEnd != newBegin && *(end - 1) == *(newEnd - 1)) {
    --end;
    --newEnd;
  }
  const auto gone = static_cast<int>(end - begin);
  const auto come = static_cast<int>(newEnd - newBegin);
  if (gone != come && gone > 0) {
    beginRemoveRows({}, first, first + gone - 1);
    steps_.erase(begin, end);
    endRemoveRows();
  }
  if (gone != come && come > 0) {
    beginInsertRows({}, first, first + come - 1);
    steps_ = now;
    endInsertRows();
  }
  steps_ = now;
  if (!steps_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void StepListModel::setChecks(std::vector<StepCheck> checks) {
  checks_ = std::move(checks);
  if (!steps_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int StepListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(steps_.size());
}

QString StepListModel::noteOf(std::size_t row) const {
  if (!steps_[row].enabled) return tr("switched off");
  if (row >= checks_.size()) return {};
  const StepCheck& check = checks_[row];
  switch (check.state) {
    case StepCheck::State::Wrong:
      return QString::fromStdString(check.problem);
    case StepCheck::State::Fine:
      return fineNote(steps_[row], check);
    case StepCheck::State::Unknown:
      return tr("waits for the step before");
    case StepCheck::State::Disabled:
      break;
  }
  return {};
}

QString StepListModel::tipOf(std::size_t row) const {
  QString text = QString::fromStdString(describe(steps_[row].operation)) + "\n" + noteOf(row);
  if (row >= checks_.size() || checks_[row].state != StepCheck::State::Fine || !loses(checks_[row])) return text;
  return text + "\n" + tr("Loss: %1").arg(lossText(*checks_[row].loss));
}

QVariant StepListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto row = static_cast<std::size_t>(index.row());
  const QString name = nameOf(steps_[row]);
  const bool wrong = steps_[row].enabled && row < checks_.size() && checks_[row].state == StepCheck::State::Wrong;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return name;
    case Qt::ToolTipRole:
      return tipOf(row);
    case Qt::AccessibleTextRole:
      return QString("%1, %2").arg(name, noteOf(row));
    case Qt::CheckStateRole:
      return steps_[row].enabled ? Qt::Checked : Qt::Unchecked;
    case NoteRole:
      return noteOf(row);
    case WrongRole:
      return wrong;
    default:
      return {};
  }
}

Qt::ItemFlags StepListModel::flags(const QModelIndex& index) const {
  if (!index.isValid()) return Qt::ItemIsDropEnabled;  // between the rows, not onto them
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable | Qt::ItemIsDragEnabled |
         Qt::ItemIsUserCheckable | Qt::ItemNeverHasChildren;
}

bool StepListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return false;
  if (role == Qt::EditRole) {
    renameStep(session_, index.row(), value.toString());
  } else if (role == Qt::CheckStateRole) {
    switchStep(session_, index.row(), value.toInt() == Qt::Checked);
  } else {
    return false;
  }
  return true;
}

bool StepListModel::moveRows(const QModelIndex& from, int row, int count, const QModelIndex& to, int child) {
  if (from.isValid() || to.isValid() || count != 1 || row < 0 || row >= rowCount() || child < 0 || child > rowCount()) {
    return false;
  }
  if (child == row || child == row + 1) return false;
  const int target = child > row ? child - 1 : child;
  moveStep(session_, row, target);
  Q_EMIT moved(target);
  return true;
}

}  // namespace voxmark::ui
