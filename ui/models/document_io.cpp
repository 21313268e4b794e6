#include "ui/models/document_io.h"

#include "core/backend/verify_sink.h"
#include "core/base/log.h"
#include "core/document/load_layer.h"
#include "core/trace/trace.h"

namespace voxmark::ui {
namespace {

Layer readLayer(VolumeSource& source, const std::string& path, JobContext& job) {
  VolumePtr volume = readVolume(source, job);
  trace::addActionBytes(volume->info().totalBytes());
  for (const std::string& warning : volume->info().warnings) log::warning(path + ": " + warning);
  for (const std::string& warning : source.readWarnings()) log::warning(path + ": " + warning);
  trace::Scope scope("window");
  return makeLayer(std::move(volume), 0, displayName(path));
}

}  // namespace

DocumentIo::DocumentIo(Session& session, JobController& jobs, const SourceRegistry& sources,
                       const WriterRegistry& writers, const BackendRegistry& backends, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs), sources_(sources), writers_(writers), backends_(backends) {}

void DocumentIo::open(const QStringList& paths, bool replace) {
  const std::string key = "open-" + std::to_string(++calls_);
  for (const QString& path : paths) waiting_.push_back({path, {}, replace, key});
  startNext();
}

void DocumentIo::openSeries(const QString& path, const QString& series, bool replace) {
  waiting_.push_back({path, series, replace, "open-" + std::to_string(++calls_)});
  startNext();
}

void DocumentIo::startNext() {
  if (opening_ || waiting_.empty()) return;
  opening_ = true;
  const Request request = waiting_.front();
  waiting_.pop_front();
  const std::string path = request.path.toStdString();
  auto layer = std::make_shared<Layer>();
  auto choices = std::make_shared<std::vector<SeriesChoice>>();
  jobs_.start(
      tr("Open %1").arg(QString::fromStdString(displayName(path))),
      [=, &sources = sources_](JobContext& job) {
        try {
          const auto source = sources.open(path, {request.series.toStdString()});
          *layer = readLayer(*source, path, job);
          layer->series = request.series.toStdString();
        } catch (const SeveralSeries& several) {  // a question, not a failure
          *choices = several.choices();
        }
      },
      [=, this](const JobResult& result) {
        opening_ = false;
        if (choices->empty()) {
          finish(request, result, layer);
        } else {
          Q_EMIT seriesNeeded(request.path, *choices, request.replace);
        }
        startNext();
      });
}

void DocumentIo::finish(const Request& request, const JobResult& result, const std::shared_ptr<Layer>& layer) {
  if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
  if (result.state == JobState::Cancelled) waiting_.clear();
  if (result.state != JobState::Done) return;
  session_.edit(
      tr("Open %1").arg(QString::fromStdString(layer->name)),
      [&](Document& d) {
        if (request.replace) {
          d.layers.clear();
          d.activeLayer.reset();
          d.steps.clear();  // they were made for another volume; undo brings them back
        }
        layer->id = d.nextLayerId;
        d = withLayer(d, *layer);
      },
      request.mergeKey);
  for (Request& other : waiting_) {  // those opened together lie on one another
    if (other.mergeKey == request.mergeKey) other.replace = false;
  }
  QStringList warnings;
  for (const std::string& warning : layer->volume->info().warnings) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) Q_EMIT warned(QString::fromStdString(layer->name) + ": " + warnings.join("; "));
}

void DocumentIo::exportActive(const ExportRequest& request) {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume) return;
  const VolumePtr volume = active->volume;
  const std::string target = request.path.toStdString();
  jobs_.start(
      tr("Export %1").arg(QString::fromStdString(displayName(target))),
      [=, this](JobContext& job) {
        MemorySource source(volume);
        const Plan steps = plan(request.steps, volume->info());
        const Region whole = wholeOf(steps.output.geometry.size);
        trace::addActionBytes(steps.output.totalBytes());
        const auto backend = backends_.get("cpu");
        const auto sink = writers_.create(target, {request.level, true, 0});
        const auto write = job.part(0, request.verify ? 0.7 : 1);
        (void)backend->execute(steps, source, *sink, whole, *write);
        if (!request.verify) return;
        const auto written = sources_.open(target);
        VerifySink check(*written);
        const auto rest = job.part(0.7, 1);
        (void)backend->execute(steps, source, check, whole, *rest);
      },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state == JobState::Done) Q_EMIT exported(request.path);
      });
}

QString DocumentIo::openFilter() const {
  QStringList out;
  for (const Reader& reader : sources_.readers()) {
    for (const std::string& extension : reader.extensions) out << "*" + QString::fromStdString(extension);
  }
  out.removeDuplicates();
  return tr("Volumes (%1);;All files (*)").arg(out.join(' '));
}

}  // namespace voxmark::ui
