#include "ui/models/session_files.h"

#include <algorithm>
#include <memory>

#include "core/backend/references.h"
#include "core/document/load_layer.h"
#include "core/document/session_file.h"
#include "core/trace/trace.h"
#include "ui/models/loss_text.h"
#include "ui/models/restored_layer.h"

namespace voxmark::ui {
namespace {

/// What a derived layer is made of: taken from the document where the layer that it came from is complete, else from
/// the file.
struct Ingredients {
  std::shared_ptr<VolumeSource> source;  ///< null: of the recipe's file
  Recipe recipe;
};

std::optional<Ingredients> ingredientsOf(const Document& document, const Layer& layer) {
  const Layer* from = layer.derivedFrom ? document.find(*layer.derivedFrom) : nullptr;
  if (from != nullptr && from->volume && !from->opening) {
    Recipe steps;
    steps.steps = layer.history;
    return Ingredients{sourceOf(*from), steps};
  }
  if (layer.recipe && !layer.recipe->path.empty()) return Ingredients{nullptr, *layer.recipe};
  return std::nullopt;
}

void shiftIds(Document& document, int by) {
  for (Layer& layer : document.layers) {
    layer.id += by;
    if (layer.derivedFrom) *layer.derivedFrom += by;
  }
  if (document.activeLayer) *document.activeLayer += by;
  if (document.crop) document.crop->layer += by;
  document.nextLayerId += by;
}

}  // namespace

SessionFiles::SessionFiles(Session& session, JobController& jobs, DocumentIo& io, const SourceRegistry& sources,
                           const BackendRegistry& backends, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs), io_(io), sources_(sources), backends_(backends) {
  connect(&io_, &DocumentIo::restored, this, &SessionFiles::layerEnded);
  connect(&io_, &DocumentIo::sessionNeeded, this, &SessionFiles::open);
}

void SessionFiles::save(const QString& path) {
  const QString target = path.endsWith(".json") ? path : path + kSessionEnding;
  const DocumentPtr document = session_.history().current();
  jobs_.start(
      tr("Save %1").arg(QString::fromStdString(displayName(target.toStdString()))),
      [document, target](JobContext&) { saveSession(*document, target.toStdString()); },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state != JobState::Done) return;
        path_ = target;
        Q_EMIT saved(target);
      });
}

void SessionFiles::open(const QString& path, const QStringList& others) {
  read(path, tr("Open %1").arg(QString::fromStdString(displayName(path.toStdString()))), others, true);
}

void SessionFiles::recover(const QString& path, const QString& name) {
  read(path, name, {}, false);
}

void SessionFiles::read(const QString& path, const QString& label, const QStringList& others, bool ours) {
  const auto document = std::make_shared<Document>();
  jobs_.start(
      label, [document, path](JobContext&) { *document = readSession(path.toStdString()); },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state != JobState::Done) {
          if (!others.isEmpty()) io_.open(others, false);
          return;
        }
        path_ = ours ? path : QString();
        others_ = others;
        adopt(std::move(*document), label);
        Q_EMIT opened(path);
      });
}

void SessionFiles::adopt(Document document, const QString& label) {
  shiftIds(document, session_.document().nextLayerId - 1);
  reading_.clear();
  derived_.clear();
  restoring_ = true;
  for (const Layer& layer : document.layers) {
    if (layer.derivedFrom || layer.recipe) {
      derived_.push_back(layer.id);
    } else {
      reading_.insert(layer.id);
    }
  }
  std::sort(derived_.begin(), derived_.end(), std::greater<>());  // what a layer was made from is older than it
  const std::vector<Layer> layers = document.layers;
  session_.edit(label, [&](Document& d) { d = std::move(document); });
  for (const Layer& layer : layers) {
    if (!reading_.contains(layer.id)) continue;
    if (layer.path.empty()) {
      markMissing(session_, layer.id, tr("no file is known that it came from").toStdString());
      reading_.erase(layer.id);
    } else {
      io_.restore(layer);
    }
  }
  if (reading_.empty()) restoreDerived();
}

void SessionFiles::layerEnded(int id) {
  if (reading_.erase(id) > 0 && reading_.empty()) restoreDerived();
}

void SessionFiles::restoreDerived() {
  while (!derived_.empty() && session_.document().find(derived_.back()) == nullptr) derived_.pop_back();
  if (derived_.empty()) {
    finish();
    return;
  }
  const int id = derived_.back();
  derived_.pop_back();
  const Layer& layer = *session_.document().find(id);
  const auto ingredients = ingredientsOf(session_.document(), layer);
  if (!ingredients) {
    markMissing(session_, id, tr("the layer that it was made from is not there").toStdString());
    restoreDerived();
    return;
  }
  struct Made {
    VolumePtr volume;
    DisplayWindow automatic;
    std::shared_ptr<const RunLoss> loss;
  };
  auto made = std::make_shared<Made>();
  jobs_.start(
      tr("Make %1 again").arg(QString::fromStdString(layer.name)),
      [made, from = *ingredients, backend = backends_.get("cpu"), &sources = sources_](JobContext& job) {
        const Recipe& recipe = from.recipe;
        std::shared_ptr<VolumeSource> source = from.source;
        if (!source) source = reduced(sources.open(recipe.path, {recipe.series}), recipe.reduction);
        Pipeline pipeline = recipe.steps;
        resolveReferences(
            pipeline, *source, [&](const std::string& path) { return sources.open(path); }, job);
        const Plan steps = plan(pipeline, source->info());
        trace::addActionBytes(steps.output.totalBytes());
        MemorySink sink;
        const auto report = backend->execute(steps, *source, sink, wholeOf(steps.output.geometry.size), job);
        made->loss = runLossOf(report);
        made->volume = sink.take();
        made->automatic = initialWindow(*made->volume, 0);
      },
      [=, this](const JobResult& result) {
        if (result.state == JobState::Done) {
          reviseLayer(session_, id, [&](Layer& one) {
            one.volume = made->volume;
            one.automatic = made->automatic;
            one.loss = made->loss;
            one.missing.clear();
          });
        } else {
          markMissing(session_, id,
                      result.state == JobState::Failed ? result.error : tr("making it was cancelled").toStdString());
        }
        restoreDerived();
      });
}

void SessionFiles::finish() {
  if (!restoring_) return;
  restoring_ = false;
  QStringList lines;
  for (const Layer& layer : session_.document().layers) {
    if (!layer.missing.empty()) lines << QString::fromStdString(layer.name + " (" + layer.missing + ")");
  }
  if (!lines.isEmpty()) {
    Q_EMIT incomplete(tr("Shown without voxels, and kept in the session with all settings: %1").arg(lines.join("; ")));
  }
  if (!others_.isEmpty()) io_.open(std::exchange(others_, {}), false);
}

}  // namespace voxmark::ui
