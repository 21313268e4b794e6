#include "ui/models/result_model.h"

#include <algorithm>
#include <cmath>

#include "core/profiling/median_interval.h"
#include "ui/models/verdict_look.h"

namespace voxmark::ui {
namespace {

QString number(double value) {
  if (value == 0) return "0";
  const int digits = std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 6);
  return QString::number(value, 'f', digits);
}

const profiling::RunResult* resultNamed(const BenchRun* run, const std::string& name) {
  if (run == nullptr) return nullptr;
  for (const auto& result : run->file.results) {
    if (result.scenario.name == name) return &result;
  }
  return nullptr;
}

std::optional<double> metricOf(const profiling::RunResult& result, const char* name) {
  if (result.blocks.empty()) return std::nullopt;
  const auto& metrics = result.blocks.front().metrics;
  const auto found = metrics.find(name);
  return found == metrics.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

ResultModel::ResultModel(BenchRuns& runs, QObject* parent) : QAbstractTableModel(parent), runs_(runs) {
  connect(&runs_, &BenchRuns::changed, this, &ResultModel::rebuild);
  connect(&runs_, &BenchRuns::resultAdded, this, &ResultModel::follow);
  rebuild();
}

void ResultModel::rebuild() {
  beginResetModel();
  others_.clear();
  names_.clear();
  const BenchRun* current = runs_.current();
  current_ = current == nullptr ? 0 : current->id;
  const auto take = [this](const BenchRun& run) {
    for (const auto& result : run.file.results) {
      const std::string& name = result.scenario.name;
      if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
    }
  };
  if (current != nullptr) take(*current);
  for (const BenchRun& run : runs_.all()) {
    if (run.id == current_) continue;
    others_.push_back(run.id);
    take(run);
  }
  endResetModel();
}

void ResultModel::follow() {
  const BenchRun* current = runs_.current();
  if (current == nullptr || current->id != current_ || current->file.results.empty()) return rebuild();
  const std::string& name = current->file.results.back().scenario.name;
  const auto known = std::find(names_.begin(), names_.end(), name);
  if (known == names_.end()) {
    const int row = static_cast<int>(names_.size());
    beginInsertRows({}, row, row);
    names_.push_back(name);
    endInsertRows();
  }
  Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const profiling::RunResult* ResultModel::resultAt(int row) const {
  return resultNamed(runs_.find(current_), names_.at(static_cast<std::size_t>(row)));
}

int ResultModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(names_.size());
}

int ResultModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : FixedColumns + static_cast<int>(others_.size());
}

QString ResultModel::fixedText(const profiling::RunResult& result, int column) const {
  if (column == Name) return QString::fromStdString(result.scenario.name);
  if (column == State) {
    const std::string state(profiling::statusName(result.status));
    return QString::fromStdString(result.message.empty() ? state : state + ": " + result.message);
  }
  if (result.blocks.empty()) return {};
  switch (column) {
    case Median:
      return number(result.medianMs());
    case Interval: {
      const auto interval = profiling::medianInterval(blockTimes(result));
      return number(interval.low) + " – " + number(interval.high);
    }
    case MegabytesPerSecond: {
      const double rate =
          result.scenario.bytes > 0 ? result.bytesPerSecond() : metricOf(result, "bytes_per_second").value_or(0);
      return rate > 0 ? number(rate / 1e6) : QString();
    }
    case VolumesPerSecond: {
      const double rate =
          result.scenario.volumes > 0 ? result.volumesPerSecond() : metricOf(result, "items_per_second").value_or(0);
      return rate > 0 ? number(rate) : QString();
    }
    default: {
      const auto peak = result.peakRss();
      const double bytes = peak ? static_cast<double>(*peak) : metricOf(result, "peak_rss").value_or(0);
      return bytes > 0 ? number(bytes / 1e6) : QString();
    }
  }
}

const profiling::ComparisonRow* ResultModel::comparisonAt(int row, int column) const {
  const auto* comparison = runs_.comparison(others_[static_cast<std::size_t>(column - FixedColumns)], current_);
  if (comparison == nullptr) return nullptr;
  for (const auto& one : comparison->rows) {
    if (one.name == names_[static_cast<std::size_t>(row)]) return &one;
  }
  return nullptr;
}

QString ResultModel::otherText(int row, int column) const {
  const BenchRun* other = runs_.find(others_[static_cast<std::size_t>(column - FixedColumns)]);
  const auto* result = resultNamed(other, names_[static_cast<std::size_t>(row)]);
  if (result == nullptr) return {};
  if (result->blocks.empty()) return QString::fromUtf8(profiling::statusName(result->status).data());
  QString text = number(result->medianMs());
  const auto* compared = comparisonAt(row, column);
  if (compared != nullptr && compared->time) text += QString("   ×%1").arg(compared->time->estimate.ratio, 0, 'f', 3);
  return text;
}

QString ResultModel::tip(int row, int column) const {
  if (column < FixedColumns) {
    const auto* result = resultAt(row);
    if (result == nullptr) return nameAt(row);
    if (column != Interval || result->blocks.empty()) return fixedText(*result, column);
    const auto interval = profiling::medianInterval(blockTimes(*result));
    return tr("The median lies here with %1 % confidence, from %2 blocks")
        .arg(100 * interval.confidence, 0, 'f', 1)
        .arg(result->blocks.size());
  }
  const auto* compared = comparisonAt(row, column);
  if (compared == nullptr) return {};
  QStringList lines{tr("The run in front, against this one: %1").arg(wordFor(*compared))};
  for (const std::string& reason : compared->reasons) lines << QString::fromStdString(reason);
  for (const std::string& note : compared->notes) lines << QString::fromStdString(note);
  return lines.join('\n');
}

QVariant ResultModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const int row = index.row();
  const int column = index.column();
  if (role == Qt::DisplayRole) {
    if (column >= FixedColumns) return otherText(row, column);
    if (column == Name) return nameAt(row);
    const auto* result = resultAt(row);
    return result == nullptr ? (column == State ? tr("not measured") : QString()) : fixedText(*result, column);
  }
  if (role == Qt::ToolTipRole) return tip(row, column);
  if (role == Qt::DecorationRole && column >= FixedColumns) {
    const auto* compared = comparisonAt(row, column);
    return compared == nullptr || !compared->time ? QVariant() : QVariant(iconOf(markOf(*compared)));
  }
  if (role == Qt::TextAlignmentRole && column != Name && column != State)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QVariant ResultModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
  if (section >= FixedColumns) {
    const BenchRun* run = runs_.find(others_[static_cast<std::size_t>(section - FixedColumns)]);
    if (run == nullptr) return {};
    if (role == Qt::DisplayRole) return run->title;
    if (role == Qt::ToolTipRole)
      return tr("Median of %1 in ms, and how many times as long the run in front takes").arg(run->title);
    return {};
  }
  const QString titles[] = {tr("Scenario"),  tr("Median, ms"), tr("Interval, ms"), tr("MB/s"),
                            tr("Volumes/s"), tr("Peak, MB"),   tr("State")};
  const QString tips[] = {{},
                          tr("Median of the blocks"),
                          tr("Where the median lies with 99 % confidence; with fewer than 8 blocks all of them"),
                          tr("Voxel bytes a second"),
                          {},
                          tr("Largest resident memory during a block"),
                          {}};
  if (role == Qt::DisplayRole) return titles[section];
  return role == Qt::ToolTipRole ? QVariant(tips[section]) : QVariant();
}

}  // namespace voxmark::ui
