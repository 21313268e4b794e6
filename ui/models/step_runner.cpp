#include "ui/models/step_runner.h"

#include <algorithm>
#include <memory>
#include <string>

#include "core/backend/references.h"
#include "core/document/load_layer.h"
#include "core/document/step_check.h"
#include "core/trace/trace.h"
#include "ui/models/loss_text.h"
#include "ui/models/step_references.h"

namespace voxmark::ui {
namespace {

/// A layer to apply steps to.
struct Input {
  Layer layer;
  std::shared_ptr<VolumeSource> source;
};

/// How a result is first shown: as what it was made of, where its values still mean the same.
LayerDisplay displayOf(const Layer& made, const Layer& from, const Pipeline& steps) {
  LayerDisplay out = from.display;
  out.visible = true;
  out.opacity = 1;
  out.blend = Blend::Over;
  if (keepsUnits(steps)) return out;
  out.window = made.display.window;
  out.hideBelow.reset();
  out.hideAbove.reset();
  out.labels = false;
  return out;
}

/// "ct.nii · processed", "ct.nii · processed 2": the first that no layer has.
std::string freeName(const Document& document, const std::string& name) {
  const auto taken = [&](const std::string& wanted) {
    return std::any_of(document.layers.begin(), document.layers.end(),
                       [&](const Layer& layer) { return layer.name == wanted; });
  };
  std::string out = name;
  for (int n = 2; taken(out); ++n) out = name + " " + std::to_string(n);
  return out;
}

Layer process(const Input& input, const Pipeline& steps, const OpenFile& open, Backend& backend, JobContext& job) {
  Pipeline lookedUp = steps;
  resolveReferences(lookedUp, *input.source, open, job);
  const Plan made = plan(lookedUp, input.source->info());
  trace::addActionBytes(made.output.totalBytes());
  MemorySink sink;
  const ExecutionReport report = backend.execute(made, *input.source, sink, wholeOf(made.output.geometry.size), job);
  Layer out = makeLayer(sink.take(), 0, input.layer.name + " · processed");  // numbered once it is added
  out.path.clear();
  out.display = displayOf(out, input.layer, steps);
  out.derivedFrom = input.layer.id;
  out.history = steps;
  out.recipe = recipeOf(input.layer, steps);
  out.ofSteps = true;
  out.loss = runLossOf(report);
  return out;
}

}  // namespace

StepRunner::StepRunner(Session& session, JobController& jobs, const SourceRegistry& sources,
                       const BackendRegistry& backends, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs), sources_(sources), backends_(backends) {
  connect(&jobs_, &JobController::progressed, this,
          [this](std::uint64_t id, const QString&, double fraction, const QString& phase) {
            if (id != job_) return;
            constexpr double kEnough = 0.03;  // before that, the first slabs say little about the others
            const double spent = static_cast<double>(clock_.elapsed()) / 1000;
            const double left = fraction > kEnough ? spent * (1 - fraction) / fraction : -1;
            Q_EMIT progressed(fraction, left, phase);
          });
}

void StepRunner::run(const std::vector<int>& layers, const std::string& device) {
  if (running()) return;
  const Document& document = session_.document();
  std::vector<Input> inputs;
  for (const int id : layers) {
    const Layer* layer = document.find(id);
    if (layer != nullptr && layer->volume && !layer->opening) inputs.push_back({*layer, sourceOf(*layer)});
  }
  const Pipeline steps = document.pipeline();
  if (inputs.empty() || steps.empty()) return;
  const QString title = inputs.size() == 1 ? tr("Process %1").arg(QString::fromStdString(inputs.front().layer.name))
                                           : tr("Process %n layers", nullptr, static_cast<int>(inputs.size()));
  const auto made = std::make_shared<std::vector<Layer>>();
  clock_.start();
  job_ = jobs_.start(
      title,
      [=, &backends = backends_, open = opener(document, sources_)](JobContext& job) {
        const auto backend = backends.get(device);
        const auto count = static_cast<double>(inputs.size());
        for (std::size_t n = 0; n < inputs.size(); ++n) {
          const auto part = job.part(static_cast<double>(n) / count, static_cast<double>(n + 1) / count);
          made->push_back(process(inputs[n], steps, open, *backend, *part));
        }
      },
      [=, this](const JobResult& result) {
        job_.reset();
        if (result.state == JobState::Failed) Q_EMIT failed(QString::fromStdString(result.error));
        if (result.state == JobState::Done) addResults(*made);
        Q_EMIT finished();
      });
  Q_EMIT started();
}

void StepRunner::addResults(const std::vector<Layer>& made) {
  const QString label =
      made.size() == 1 ? tr("Process") : tr("Process %n layers", nullptr, static_cast<int>(made.size()));
  session_.edit(label, [&](Document& d) {
    for (const Layer& one : made) {
      Layer layer = one;
      layer.id = d.nextLayerId;
      layer.name = freeName(d, layer.name);
      d = withLayer(d, std::move(layer));
    }
  });
}

void StepRunner::cancel() {
  if (job_) jobs_.cancel(*job_);
}

}  // namespace voxmark::ui
