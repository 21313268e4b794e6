#include "ui/models/document_io.h"

#include <algorithm>
#include <filesystem>

#include "core/backend/verify_sink.h"
#include "core/base/log.h"
#include "core/document/load_layer.h"
#include "core/trace/trace.h"

namespace voxmark::ui {
namespace {

bool sameFile(const std::string& a, const std::string& b) {
  std::error_code none;
  return std::filesystem::equivalent(a, b, none);
}

}  // namespace

DocumentIo::DocumentIo(Session& session, JobController& jobs, const SourceRegistry& sources,
                       const WriterRegistry& writers, const BackendRegistry& backends, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs), sources_(sources), writers_(writers), backends_(backends) {
  connect(&session_, &Session::filled, this, [this] {
    if (reading_ && reading_->layer) reading_->layer->follow();
  });
  connect(&session_, &Session::changed, this, [this] {
    if (reading_ && reading_->layer && reading_->layer->removed()) jobs_.cancel(job_);
  });
}

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
  if (reading_ || waiting_.empty()) return;
  const auto reading = std::make_shared<Reading>();
  reading->request = waiting_.front();
  waiting_.pop_front();
  const Document& document = session_.document();
  if (!reading->request.replace && !document.layers.empty()) reading->frame = document.views.frame;
  reading_ = reading;
  job_ = jobs_.start(
      tr("Open %1").arg(QString::fromStdString(displayName(reading->request.path.toStdString()))),
      [=, this](JobContext& job) { read(reading, job); },
      [=, this](const JobResult& result) {
        reading_.reset();
        if (reading->choices.empty()) {
          finish(*reading, result);
        } else {
          Q_EMIT seriesNeeded(reading->request.path, reading->choices, reading->request.replace);
        }
        startNext();
      });
}

void DocumentIo::read(const std::shared_ptr<Reading>& reading, JobContext& job) {
  const std::string path = reading->request.path.toStdString();
  try {
    reading->frames = std::make_shared<FrameStore>(sources_.open(path, {reading->request.series.toStdString()}));
  } catch (const SeveralSeries& several) {  // a question, not a failure
    reading->choices = several.choices();
    return;
  }
  const Volume& volume = *reading->frames->volume();
  const std::int64_t frame = std::clamp<std::int64_t>(reading->frame, 0, volume.info().frames - 1);
  reading->frame = frame;
  const auto show = [this, reading] {
    if (reading_ == reading) appear(*reading);
  };
  std::atomic<bool> announced{false};
  reading->frames->load(frame, job, [&](const Region&) {
    if (!announced && volume.filled()->count(frame) > 0 && !announced.exchange(true)) {
      QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
    }
    session_.noteFilled();
  });
  trace::addActionBytes(volume.info().frameBytes());
  for (const std::string& warning : volume.info().warnings) log::warning(path + ": " + warning);
  for (const std::string& warning : reading->frames->readWarnings()) log::warning(path + ": " + warning);
  trace::Scope scope("window");
  reading->window = initialWindow(volume, frame);
}

void DocumentIo::appear(Reading& reading) {
  if (!reading.layer) {
    const Request& request = reading.request;
    reading.layer = std::make_unique<OpeningLayer>(
        session_, reading.frames, reading.frame,
        OpeningLayer::Origin{displayName(request.path.toStdString()), request.series.toStdString(), request.replace,
                             request.mergeKey});
  }
  reading.layer->appear();
}

void DocumentIo::finish(Reading& reading, const JobResult& result) {
  if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
  if (result.state == JobState::Cancelled) waiting_.clear();
  if (result.state != JobState::Done) {
    if (reading.layer) reading.layer->withdraw();
    return;
  }
  appear(reading);
  reading.layer->finish(reading.window);
  session_.noteFilled();
  for (Request& other : waiting_) {  // those opened together lie on one another
    if (other.mergeKey == reading.request.mergeKey) other.replace = false;
  }
  QStringList warnings;
  for (const std::string& warning : reading.frames->info().warnings) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) {
    Q_EMIT warned(QString::fromStdString(reading.layer->name()) + ": " + warnings.join("; "));
  }
}

bool DocumentIo::canExport() {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume) return false;
  if (!active->opening) return true;
  const QString name = QString::fromStdString(active->name);
  Q_EMIT failed(tr("%1 is still being read: export it once it is complete.").arg(name));
  return false;
}

void DocumentIo::exportActive(const ExportRequest& request) {
  if (!canExport()) return;
  const Layer* active = session_.document().active();
  const std::string target = request.path.toStdString();
  if (active->frames && !active->volume->filled()->complete() && sameFile(target, active->path)) {
    Q_EMIT failed(tr("%1 cannot be replaced while frames of it are still to be read from it: choose another name.")
                      .arg(request.path));
    return;
  }
  const std::shared_ptr<VolumeSource> source = sourceOf(*active);
  jobs_.start(
      tr("Export %1").arg(QString::fromStdString(displayName(target))),
      [=, this](JobContext& job) {
        const Plan steps = plan(request.steps, source->info());
        const Region whole = wholeOf(steps.output.geometry.size);
        trace::addActionBytes(steps.output.totalBytes());
        const auto backend = backends_.get("cpu");
        const auto sink = writers_.create(target, {request.level, true, 0});
        const auto write = job.part(0, request.verify ? 0.7 : 1);
        (void)backend->execute(steps, *source, *sink, whole, *write);
        if (!request.verify) return;
        const auto written = sources_.open(target);
        VerifySink check(*written);
        const auto rest = job.part(0.7, 1);
        (void)backend->execute(steps, *source, check, whole, *rest);
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
