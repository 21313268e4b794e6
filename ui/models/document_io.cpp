#include "ui/models/document_io.h"

#include <algorithm>
#include <filesystem>

#include "core/backend/references.h"
#include "core/backend/verify_sink.h"
#include "core/base/log.h"
#include "core/document/load_layer.h"
#include "core/document/session_file.h"
#include "core/trace/trace.h"
#include "ui/models/loss_text.h"
#include "ui/models/restored_layer.h"
#include "ui/models/step_references.h"

namespace voxmark::ui {
namespace {

/// Share of the available memory beyond which the user is asked before a volume is read: what shows it needs some too.
constexpr double kMostShare = 0.7;

bool sameFile(const std::string& a, const std::string& b) {
  std::error_code none;
  return std::filesystem::equivalent(a, b, none);
}

}  // namespace

DocumentIo::DocumentIo(Session& session, JobController& jobs, const SourceRegistry& sources,
                       const WriterRegistry& writers, const BackendRegistry& backends, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs), sources_(sources), writers_(writers), backends_(backends) {
  connect(&session_, &Session::filled, this, [this] {
    if (!reading_ || !reading_->layer) return;
    reading_->layer->follow();
    if (reading_->layer->wantsWindow()) findWindow();
  });
  connect(&session_, &Session::changed, this, [this] {
    if (reading_ && reading_->layer && reading_->layer->removed()) jobs_.cancel(job_);
  });
}

void DocumentIo::open(const QStringList& paths, bool replace) {
  const auto session =
      std::find_if(paths.begin(), paths.end(), [](const QString& path) { return isSessionName(path.toStdString()); });
  if (session != paths.end()) {
    QStringList others = paths;
    others.removeOne(*session);
    Q_EMIT sessionNeeded(*session, others);
    return;
  }
  const std::string key = "open-" + std::to_string(++calls_);
  for (const QString& path : paths) waiting_.push_back({path, {}, replace, key, {}});
  startNext();
}

void DocumentIo::openSeries(const QString& path, const QString& series, bool replace) {
  open(OpenRequest{path, series, replace, {}, {}});
}

void DocumentIo::open(const OpenRequest& request) {
  waiting_.push_back(request);
  waiting_.back().mergeKey = "open-" + std::to_string(++calls_);
  startNext();
}

void DocumentIo::restore(const Layer& layer) {
  waiting_.push_back({QString::fromStdString(layer.path),
                      QString::fromStdString(layer.series),
                      false,
                      {},
                      layer.reduction,
                      false,
                      layer.id});
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
        if (!ask(*reading)) finish(*reading, result);
        startNext();
      });
}

void DocumentIo::read(const std::shared_ptr<Reading>& reading, JobContext& job) {
  const std::string path = reading->request.path.toStdString();
  try {
    auto whole = sources_.open(path, {reading->request.series.toStdString()});
    const VolumeInfo header = whole->info();
    auto source = reduced(std::move(whole), reading->request.reduction);
    if (!fits(*reading, source->info())) {
      reading->tooLarge = header;
      return;
    }
    reading->frames = std::make_shared<FrameStore>(std::move(source), available_);
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
      reading->first = initialWindow(volume, frame);
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

void DocumentIo::findWindow() {
  const auto window = std::make_shared<DisplayWindow>();
  windows_.startLatest(
      "window", QString(),
      [window, frames = reading_->frames, frame = reading_->frame](JobContext&) {
        *window = initialWindow(*frames->volume(), frame);
      },
      [=, this, reading = reading_](const JobResult& result) {
        if (result.state != JobState::Done || reading_ != reading || reading->layer->removed()) return;
        reading->layer->setWindow(*window);
      });
}

void DocumentIo::appear(Reading& reading) {
  if (!reading.layer) {
    const OpenRequest& request = reading.request;
    reading.layer = std::make_unique<OpeningLayer>(
        session_, reading.frames, reading.frame,
        OpeningLayer::Origin{displayName(request.path.toStdString()), request.series.toStdString(), request.replace,
                             request.mergeKey, request.reduction, request.restored});
  }
  reading.layer->appear(reading.first);
}

bool DocumentIo::fits(Reading& reading, const VolumeInfo& info) const {
  reading.available = available_();
  return reading.request.sure ||
         static_cast<double>(info.frameBytes()) <= kMostShare * static_cast<double>(reading.available);
}

bool DocumentIo::ask(const Reading& reading) {
  const OpenRequest& request = reading.request;
  if (!reading.choices.empty() && request.restored != 0) {
    markMissing(session_, request.restored, tr("its folder holds several series now").toStdString());
    Q_EMIT restored(request.restored);
  } else if (!reading.choices.empty()) {
    Q_EMIT seriesNeeded(request.path, reading.choices, request.replace);
  } else if (reading.tooLarge) {
    if (request.restored != 0) {
      markMissing(session_, request.restored, tr("memory is short").toStdString());
      Q_EMIT restored(request.restored);
    }
    Q_EMIT roomNeeded(request, *reading.tooLarge, reading.available);
  } else {
    return false;
  }
  return true;
}

void DocumentIo::fail(Reading& reading, const JobResult& result) {
  const std::string why = result.state == JobState::Failed ? result.error : tr("reading was cancelled").toStdString();
  if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
  const auto giveUp = [&](const OpenRequest& request) {
    if (request.restored == 0) return;
    markMissing(session_, request.restored, why);
    Q_EMIT restored(request.restored);
  };
  if (reading.layer && reading.request.restored == 0) reading.layer->withdraw();
  giveUp(reading.request);
  if (result.state != JobState::Cancelled) return;
  const auto others = std::exchange(waiting_, {});
  std::for_each(others.begin(), others.end(), giveUp);
}

void DocumentIo::finish(Reading& reading, const JobResult& result) {
  if (result.state != JobState::Done) {
    fail(reading, result);
    return;
  }
  if (!reading.layer) reading.first = reading.window;
  appear(reading);
  reading.layer->finish(reading.window);
  session_.announceFilled();
  for (OpenRequest& other : waiting_) {  // those opened together lie on one another
    if (other.mergeKey == reading.request.mergeKey) other.replace = false;
  }
  QStringList warnings;
  for (const std::string& warning : reading.frames->info().warnings) warnings << QString::fromStdString(warning);
  if (!warnings.isEmpty()) {
    Q_EMIT warned(QString::fromStdString(reading.layer->name()) + ": " + warnings.join("; "));
  }
  if (reading.request.restored != 0) {
    Q_EMIT restored(reading.request.restored);
  } else {
    Q_EMIT opened(reading.layer->id());
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
  if (!request.layer && !canExport()) return;
  const Document& document = session_.document();
  const Layer* layer = request.layer ? document.find(*request.layer) : document.active();
  if (layer == nullptr || !layer->volume || layer->opening) return;  // removed while the dialog was open
  const std::string target = request.path.toStdString();
  if (layer->frames && !layer->volume->filled()->complete() && sameFile(target, layer->path)) {
    Q_EMIT failed(tr("%1 cannot be replaced while frames of it are still to be read from it: choose another name.")
                      .arg(request.path));
    return;
  }
  const std::shared_ptr<VolumeSource> source = sourceOf(*layer);
  const auto loss = std::make_shared<Loss>();
  const auto notes = std::make_shared<std::vector<std::string>>();
  jobs_.start(
      tr("Export %1").arg(QString::fromStdString(displayName(target))),
      [=, this, open = opener(session_.document(), sources_)](JobContext& job) {
        Pipeline pipeline = request.steps;
        resolveReferences(pipeline, *source, open, job);
        const Plan steps = plan(pipeline, source->info());
        const Region whole = wholeOf(steps.output.geometry.size);
        trace::addActionBytes(steps.output.totalBytes());
        const auto backend = backends_.get("cpu");
        const auto sink = writers_.create(target, {request.level, true, 0});
        const auto write = job.part(0, request.verify ? 0.7 : 1);
        *loss = backend->execute(steps, *source, *sink, whole, *write).loss;
        *notes = sink->notes();
        if (!request.verify) return;
        const auto written = sources_.open(target);
        VerifySink check(*written);
        const auto rest = job.part(0.7, 1);
        (void)backend->execute(steps, *source, check, whole, *rest);
      },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state != JobState::Done) return;
        Q_EMIT exported(request.path);
        if (loss->maxAbsError > 0) log::info("Loss of the export: " + lossText(*loss).toStdString());
        QStringList remarks;
        if (loss->clipped > 0 || loss->nonfinite > 0) remarks << tr("loss: %1").arg(lossText(*loss));
        for (const std::string& note : *notes) remarks << QString::fromStdString(note);
        if (!remarks.empty()) Q_EMIT warned(tr("%1 is written; %2.").arg(request.path, remarks.join("; ")));
      });
}

QString DocumentIo::openFilter() const {
  QStringList out;
  for (const Reader& reader : sources_.readers()) {
    for (const std::string& extension : reader.extensions) out << "*" + QString::fromStdString(extension);
  }
  out.removeDuplicates();
  return tr("Volumes and sessions (%1 *%2);;All files (*)").arg(out.join(' '), kSessionEnding);
}

}  // namespace voxmark::ui
