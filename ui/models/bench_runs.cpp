#include "ui/models/bench_runs.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/log.h"

namespace voxmark::ui {
namespace {

const QRegularExpression& sizePattern() {
  static const QRegularExpression pattern("(\\d+)x(\\d+)x(\\d+)");
  return pattern;
}

}  // namespace

int BenchRuns::add(BenchRun run) {
  run.id = nextId_++;
  if (run.measuredHere && run.file.environment.empty()) run.file.environment = profiling::environmentNow(run.notes);
  if (!runs_.empty() && baseline_ == 0) baseline_ = current_;
  current_ = run.id;
  runs_.push_back(std::move(run));
  Q_EMIT changed();
  return current_;
}

void BenchRuns::addResult(int id, const profiling::RunResult& result) {
  for (BenchRun& run : runs_) {
    if (run.id == id) run.file.results.push_back(result);
  }
  std::erase_if(comparisons_, [id](const auto& one) { return one.first.first == id || one.first.second == id; });
  if (id == current_) {
    Q_EMIT resultAdded();
  } else {
    Q_EMIT changed();
  }
}

int BenchRuns::open(const QString& path) {
  BenchRun run;
  run.file = profiling::readResultFile(path.toStdString());
  run.title = QFileInfo(path).fileName();
  return add(std::move(run));
}

void BenchRuns::save(int id, const QString& path) {
  for (BenchRun& run : runs_) {
    if (run.id != id) continue;
    profiling::writeResults(path.toStdString(), run.file.results, run.notes);
    run.file.path = path.toStdString();
    run.title = QFileInfo(path).fileName();
  }
  Q_EMIT changed();
}

void BenchRuns::remove(int id) {
  std::erase_if(runs_, [id](const BenchRun& run) { return run.id == id; });
  std::erase_if(comparisons_, [id](const auto& one) { return one.first.first == id || one.first.second == id; });
  if (baseline_ == id) baseline_ = 0;
  if (current_ == id) current_ = runs_.empty() ? 0 : runs_.back().id;
  if (baseline_ == current_) baseline_ = 0;
  Q_EMIT changed();
}

const BenchRun* BenchRuns::find(int id) const {
  const auto found = std::find_if(runs_.begin(), runs_.end(), [id](const BenchRun& run) { return run.id == id; });
  return found == runs_.end() ? nullptr : &*found;
}

void BenchRuns::setCurrent(int id) {
  if (id == current_ || find(id) == nullptr) return;
  if (id == baseline_) baseline_ = current_;  // they change places
  current_ = id;
  Q_EMIT changed();
}

void BenchRuns::setBaseline(int id) {
  if (id == baseline_) return;
  if (id == current_) current_ = baseline_ != 0 ? baseline_ : current_;
  baseline_ = id == current_ ? 0 : id;
  Q_EMIT changed();
}

const profiling::Comparison* BenchRuns::comparison(int baseline, int current) const {
  const BenchRun* before = find(baseline);
  const BenchRun* after = find(current);
  if (before == nullptr || after == nullptr || baseline == current) return nullptr;
  const auto [at, isNew] = comparisons_.try_emplace({baseline, current});
  if (isNew) {
    try {
      at->second = profiling::compareResults(before->file, after->file);
    } catch (const Error& error) {
      log::info(error.what());
    }
  }
  return at->second ? &*at->second : nullptr;
}

std::optional<double> voxelsIn(const std::string& name) {
  const auto match = sizePattern().match(QString::fromStdString(name));
  if (!match.hasMatch()) return std::nullopt;
  double out = 1;
  for (int n = 1; n <= 3; ++n) out *= match.captured(n).toDouble();
  return out;
}

QString familyOf(const std::string& name) {
  return QString::fromStdString(name).replace(sizePattern(), "…");
}

QString sizeIn(const std::string& name) {
  const auto match = sizePattern().match(QString::fromStdString(name));
  return match.hasMatch() ? match.captured(0).replace('x', "×") : QString();
}

std::vector<double> blockTimes(const profiling::RunResult& result) {
  std::vector<double> out;
  for (const profiling::Block& block : result.blocks) out.push_back(block.medianMs());
  return out;
}

}  // namespace voxmark::ui
