#include "ui/models/document_io.h"

#include "core/backend/verify_sink.h"
#include "core/base/log.h"
#include "core/document/load_layer.h"
#include "core/trace/trace.h"

namespace voxmark::ui {
namespace {

template <typename Entries>
QString patterns(const Entries& entries) {
  QStringList out;
  for (const auto& entry : entries) {
    for (const std::string& extension : entry.extensions) out << "*" + QString::fromStdString(extension);
  }
  out.removeDuplicates();
  return out.join(' ');
}

}  // namespace

DocumentIo::DocumentIo(Session& session, JobController& jobs, const SourceRegistry& sources,
                       const WriterRegistry& writers, const BackendRegistry& backends, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs), sources_(sources), writers_(writers), backends_(backends) {}

void DocumentIo::open(const QStringList& paths, bool replace) {
  if (paths.isEmpty()) return;
  auto layers = std::make_shared<std::vector<Layer>>();
  const QString first = QString::fromStdString(displayName(paths.front().toStdString()));
  const QString title = paths.size() == 1 ? tr("Open %1").arg(first) : tr("Open %1 files").arg(paths.size());
  jobs_.start(
      title,
      [=, &sources = sources_](JobContext& job) {
        for (const QString& path : paths) {
          const auto part = job.part(static_cast<double>(layers->size()) / static_cast<double>(paths.size()),
                                     static_cast<double>(layers->size() + 1) / static_cast<double>(paths.size()));
          const auto source = sources.open(path.toStdString());
          VolumePtr volume = readVolume(*source, *part);
          for (const std::string& warning : volume->info().warnings) log::warning(path.toStdString() + ": " + warning);
          for (const std::string& warning : source->readWarnings()) log::warning(path.toStdString() + ": " + warning);
          trace::Scope scope("window");
          layers->push_back(makeLayer(std::move(volume), 0, displayName(path.toStdString())));
        }
      },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state != JobState::Done) return;
        session_.edit(title, [&](Document& d) {
          if (replace) {
            d.layers.clear();
            d.activeLayer.reset();
          }
          for (Layer& layer : *layers) {
            layer.id = d.nextLayerId;
            d = withLayer(d, std::move(layer));
          }
        });
      });
}

void DocumentIo::exportActive(const QString& path, const Pipeline& pipeline, bool verify) {
  const Layer* active = session_.document().active();
  if (active == nullptr || !active->volume) return;
  const VolumePtr volume = active->volume;
  const std::string target = path.toStdString();
  jobs_.start(
      tr("Export %1").arg(QString::fromStdString(displayName(target))),
      [=, this](JobContext& job) {
        MemorySource source(volume);
        const Plan steps = plan(pipeline, volume->info());
        const Region whole = wholeOf(steps.output.geometry.size);
        const auto backend = backends_.get("cpu");
        const auto sink = writers_.create(target, {-1, true, 0});
        const auto write = job.part(0, verify ? 0.7 : 1);
        (void)backend->execute(steps, source, *sink, whole, *write);
        if (!verify) return;
        const auto written = sources_.open(target);
        VerifySink check(*written);
        const auto rest = job.part(0.7, 1);
        (void)backend->execute(steps, source, check, whole, *rest);
      },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state == JobState::Done) Q_EMIT exported(path);
      });
}

QString DocumentIo::openFilter() const {
  return tr("Volumes (%1);;All files (*)").arg(patterns(sources_.readers()));
}

QString DocumentIo::saveFilter() const {
  QStringList out;
  for (const Writer& writer : writers_.writers()) {
    for (const std::string& extension : writer.extensions) {
      out << QString("%1 (*%2)").arg(QString::fromStdString(writer.name), QString::fromStdString(extension));
    }
  }
  return out.join(";;");
}

}  // namespace voxmark::ui
