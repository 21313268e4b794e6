#include "core/profiling/memory_scenarios.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/ops/difference.h"
#include "core/profiling/output_checks.h"

namespace voxmark::profiling {
namespace {

VolumePtr runSteps(const Pipeline& pipeline, const VolumePtr& input, Backend& backend, JobContext& job) {
  MemorySource source(input);
  MemorySink sink;
  const Plan steps = plan(pipeline, input->info());
  (void)backend.execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
  return sink.take();
}

/// The volume in memory that the backend reads fastest.
VolumePtr inHostMemoryOf(Backend& backend, const VolumePtr& volume) {
  auto storage = backend.hostMemory(volume->info().totalBytes());
  std::memcpy(storage->mutableData(), volume->frameData(0), volume->info().totalBytes());
  return std::make_shared<Volume>(volume->info(), std::move(storage));
}

class MemoryScenario final : public Scenario {
 public:
  MemoryScenario(const ScenarioSpec& spec, ScenarioInfo info, std::shared_ptr<InputStore> store,
                 std::shared_ptr<Backend> backend)
      : Scenario(std::move(info)),
        spec_(spec),
        pipeline_(stepsOf(spec)),
        store_(std::move(store)),
        backend_(std::move(backend)) {}

  void prepare(JobContext& job) override {
    input_ = store_->volume(spec_, job);
    if (spec_.value("memory") == "pinned") input_ = inHostMemoryOf(*backend_, input_);
    run(job);
    JobContext quiet(job.token(), {});
    if (pipeline_.size() == 1) checkOperation(pipeline_.front(), input_, output_);
    checkSlab(plan(pipeline_, input_->info()), input_, output_, *backend_, quiet);
    if (spec_.kind == "transfer" && checksumOf(*output_) != checksumOf(*input_)) {
      throw Error(ErrorCode::Verification, "what came back from the device is not what was sent");
    }
    measureError(quiet);
    expected_ = checksumOf(*output_);
    output_.reset();
  }
  void run(JobContext& job) override {
    JobContext quiet(job.token(), {});
    output_ = runSteps(pipeline_, input_, *backend_, quiet);
  }
  void check() override {
    const VolumePtr output = std::move(output_);
    if (checksumOf(*output) != expected_) throw Error(ErrorCode::Verification, "two runs gave different voxels");
  }
  void release() override {
    input_.reset();
    output_.reset();
  }
  [[nodiscard]] std::map<std::string, double> metrics() const override { return metrics_; }
  [[nodiscard]] std::string label() const override {
    if (spec_.kind == "transfer")
      return spec_.value("memory") == "pinned" ? "both ways, from pinned memory" : "both ways";
    return {};
  }

 private:
  void measureError(JobContext& job) {
    if (spec_.kind != "cast" && spec_.kind != "precision") return;
    VolumePtr exact = input_;
    if (spec_.kind == "precision") {
      Pipeline wide = pipeline_;
      wide.back() = Cast{PixelType::F64};
      // On the CPU, whatever device the scenario is about: that is where f64 is the definition.
      exact = runSteps(wide, input_, *makeCpuBackend(), job);
    }
    MemorySource a(exact);
    MemorySource b(output_);
    const Difference found = difference(a, b, job, false);
    metrics_["max_error"] = found.maxAbs;
    metrics_["mean_error"] = found.mae;
    metrics_["output_bytes"] = static_cast<double>(output_->info().totalBytes());
  }

  ScenarioSpec spec_;
  Pipeline pipeline_;
  std::shared_ptr<InputStore> store_;
  std::shared_ptr<Backend> backend_;
  VolumePtr input_;
  VolumePtr output_;
  std::uint64_t expected_ = 0;
  std::map<std::string, double> metrics_;
};

}  // namespace

Pipeline stepsOf(const ScenarioSpec& spec) {
  const auto type = [&](const char* axis) {
    const auto found = parsePixelType(spec.value(axis));
    if (!found) throw Error(ErrorCode::Format, fmt::format("there is no pixel type {}", spec.value(axis)));
    return Cast{*found};
  };
  if (spec.kind == "normalise") return {parseNormalize(spec.value("method"))};
  if (spec.kind == "reorient") return {Reorient{spec.value("letters")}};
  if (spec.kind == "cast") return {type("to")};
  if (spec.kind == "precision") return {parseNormalize(spec.value("method")), type("to")};
  if (spec.kind == "transfer") return {type("type")};
  if (spec.kind == "resample") {
    Resample resample;
    resample.shape = parseExtent(spec.value("to"));
    resample.interpolation = parseInterpolation(spec.value("interpolation"));
    return {resample};
  }
  if (spec.kind == "pipeline")
    return pipelineFromJson({{"voxmarkPipeline", 1}, {"steps", nlohmann::json::parse(spec.steps)}});
  throw Error(ErrorCode::Format, fmt::format("a {} scenario has no steps", spec.kind));
}

std::unique_ptr<Scenario> makeMemoryScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                             std::shared_ptr<InputStore> store, std::shared_ptr<Backend> backend) {
  return std::make_unique<MemoryScenario>(spec, std::move(info), std::move(store), std::move(backend));
}

}  // namespace voxmark::profiling
