#include "ui/models/bench_runner.h"

#include <QDateTime>
#include <QPointer>
#include <algorithm>

#include "core/profiling/file_scenarios.h"

namespace voxmark::ui {
namespace {

constexpr int kCollectMs = 200;

}  // namespace

BenchRunner::BenchRunner(BenchRuns& runs, JobController& jobs, const SourceRegistry& sources,
                         const BackendRegistry& backends, QObject* parent)
    : QObject(parent), runs_(runs), jobs_(jobs), sources_(sources), backends_(backends) {
  connect(&jobs_, &JobController::progressed, this,
          [this](std::uint64_t id, const QString&, double fraction, const QString& phase) {
            if (id != job_ || job_ == 0) return;
            constexpr double kEnoughToTell = 0.03;
            const double passed = static_cast<double>(clock_.elapsed()) / 1000;
            const double left = fraction > kEnoughToTell ? passed * (1 - fraction) / fraction : -1;
            Q_EMIT progressed(fraction, phase, left);
          });
}

void BenchRunner::start(const BenchPlan& plan) {
  if (running()) return;
  BenchRun run;
  run.title = tr("%1, %2").arg(plan.title, QDateTime::currentDateTime().toString("HH:mm:ss"));
  run.input = plan.file;
  run.measuredHere = true;
  run.notes.dataFile = plan.file;
  run.notes.preset = plan.preset.name;
  run.notes.before = profiling::readConditions();
  const int id = runs_.add(std::move(run));
  startedNs_ = trace::now();
  (void)trace::eventsSince(cursor_);
  clock_.start();
  collector_.disconnect(this);
  connect(&collector_, &QTimer::timeout, this, [this, id] { collectTrace(id); });
  collector_.start(kCollectMs);
  job_ = jobs_.start(
      tr("Benchmark"), [this, plan, id](JobContext& job) { work(plan, id, job); },
      [this, id](const JobResult& result) {
        job_ = 0;
        collector_.stop();
        collectTrace(id);
        Q_EMIT finished(result.state == JobState::Failed ? QString::fromStdString(result.error) : QString());
      });
  Q_EMIT started();
}

void BenchRunner::cancel() {
  if (running()) jobs_.cancel(job_);
}

void BenchRunner::work(const BenchPlan& plan, int run, JobContext& job) {
  const QPointer<BenchRunner> self(this);
  const auto deliver = [self](auto&& call) {
    if (self) QMetaObject::invokeMethod(self.data(), std::forward<decltype(call)>(call), Qt::QueuedConnection);
  };
  profiling::RunnerHooks hooks;
  hooks.onRepetition = [self, deliver](const profiling::Repetition& one) {
    deliver([self, one, ns = trace::now()] { Q_EMIT self->repeated(one, ns); });
  };
  hooks.onResult = [self, deliver, run](const profiling::RunResult& one) {
    deliver([self, run, one, ns = trace::now()] {
      self->runs_.addResult(run, one);
      self->collectTrace(run);
      Q_EMIT self->measured(one, ns);
    });
  };
  const profiling::ScenarioRooms rooms{sources_, backends_};
  std::vector<profiling::ScenarioSpec> specs = plan.specs;
  for (const BenchPlan::Choice& choice : plan.choices) {
    auto some = profiling::fileScenarioSpecs(plan.file, choice.device, {choice.scenario}, rooms);
    std::move(some.begin(), some.end(), std::back_inserter(specs));
  }
  profiling::ScenarioList list = profiling::makeScenarios(specs, {}, rooms);
  (void)profiling::runScenarios(list, plan.preset, job, hooks);
}

void BenchRunner::collectTrace(int run) {
  const BenchRun* mine = runs_.find(run);
  if (mine == nullptr) return;
  mine->trace->add(trace::eventsSince(cursor_));
  std::vector<trace::ActionReport> actions = trace::actions();
  std::erase_if(actions, [this](const trace::ActionReport& one) { return one.startNs < startedNs_; });
  mine->trace->setActions(std::move(actions));
}

}  // namespace voxmark::ui
