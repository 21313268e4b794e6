#include "app/render_layers.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/document/load_layer.h"
#include "core/document/session_file.h"
#include "core/io/frame_store.h"
#include "core/io/reduced_source.h"
#include "core/io/volume_sink.h"
#include "core/ops/plan.h"

namespace voxmark::app {
namespace {

/// The frame that is shown, of a layer that comes from a file.
VolumePtr readFrame(const Layer& layer, std::int64_t frame, const Composition& composition) {
  JobContext job;
  FrameStore frames(reduced(composition.sources.open(layer.path, {layer.series}), layer.reduction));
  frames.load(std::clamp<std::int64_t>(frame, 0, frames.volume()->info().frames - 1), job);
  return frames.volume();
}

/// A layer that steps have made.
VolumePtr makeAgain(const Recipe& recipe, const Composition& composition) {
  JobContext job;
  const std::shared_ptr<VolumeSource> source =
      reduced(composition.sources.open(recipe.path, {recipe.series}), recipe.reduction);
  const Plan steps = plan(recipe.steps, source->info());
  MemorySink sink;
  (void)composition.backends.get("cpu")->execute(steps, *source, sink, wholeOf(steps.output.geometry.size), job);
  return sink.take();
}

}  // namespace

void addFileLayer(Document& document, const std::string& path, const std::string& series,
                  const Composition& composition) {
  JobContext job;
  FrameStore frames(composition.sources.open(path, {series}));
  frames.load(0, job);  // the only one that is shown
  document = withLayer(document, makeLayer(frames.volume(), document.nextLayerId, displayName(path)));
}

Document openSession(const std::string& path, const Composition& composition) {
  Document document = readSession(path);
  if (document.layers.empty()) throw fileError(ErrorCode::Format, path, "the session has no layers");
  for (Layer& layer : document.layers) {
    const bool made = layer.recipe && !layer.recipe->path.empty();
    if (!made && layer.path.empty()) {
      throw fileError(ErrorCode::NotFound, path, "the layer " + layer.name + " comes from no file");
    }
    layer.volume = made ? makeAgain(*layer.recipe, composition) : readFrame(layer, document.views.frame, composition);
  }
  return document;
}

}  // namespace voxmark::app
