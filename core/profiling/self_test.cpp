#include "core/profiling/self_test.h"

#include "core/base/error.h"
#include "core/profiling/interleaved.h"
#include "core/trace/trace.h"

namespace voxmark::profiling {
namespace {

class Slowed final : public Scenario {
 public:
  Slowed(Scenario& inner, double percent) : Scenario(inner.info()), inner_(inner), percent_(percent) {}
  void prepare(JobContext& job) override { inner_.prepare(job); }
  void rewind(JobContext& job) override { inner_.rewind(job); }
  void run(JobContext& job) override {
    const std::int64_t start = trace::now();
    inner_.run(job);
    const std::int64_t end = trace::now();
    const auto until = end + static_cast<std::int64_t>(static_cast<double>(end - start) * percent_ / 100);
    while (trace::now() < until) {
    }
  }
  void check() override { inner_.check(); }
  void release() override { inner_.release(); }
  [[nodiscard]] std::map<std::string, double> metrics() const override { return inner_.metrics(); }
  [[nodiscard]] std::string label() const override { return inner_.label(); }

 private:
  Scenario& inner_;
  double percent_;
};

std::vector<ScenarioSpec> specs() {
  const auto spec = [](const char* kind, std::map<std::string, std::string> axes) {
    ScenarioSpec out;
    out.kind = kind;
    out.axes = std::move(axes);
    return out;
  };
  return {spec("load", {{"container", "nii"}, {"type", "i16"}, {"shape", "96x96x96"}}),
          spec("normalise", {{"method", "zscore"}, {"type", "f32"}, {"shape", "96x96x96"}}),
          spec("reorient", {{"letters", "RAS"}, {"type", "i16"}, {"shape", "96x96x96"}})};
}

}  // namespace

std::unique_ptr<Scenario> makeSlowed(Scenario& inner, double percent) {
  return std::make_unique<Slowed>(inner, percent);
}

SelfTest runSelfTest(const ScenarioRooms& rooms, int blocks, double slowdownPercent, JobContext& job) {
  SelfTest out;
  out.slowdownPercent = slowdownPercent;
  InterleavingOptions options;
  options.preset = {"self-test", 3, blocks, 5};
  const auto compare = [&](double percent) {
    ResultFile baseline{"as it is", {}, {}};
    ResultFile current{percent > 0 ? "slowed down" : "as it is, again", {}, {}};
    for (const ScenarioSpec& spec : specs()) {
      ScenarioList a = makeScenarios({spec}, {}, rooms);
      ScenarioList b = makeScenarios({spec}, {}, rooms);
      const auto slowed = makeSlowed(*b.front(), percent);
      const auto first = makeBlockRunner(*a.front(), options.preset.warmUps, options.preset.repetitions);
      const auto second = makeBlockRunner(*slowed, options.preset.warmUps, options.preset.repetitions);
      ++options.seed;
      PairResult pair = runInterleaved(*first, *second, options, job);
      job.throwIfCancelled();
      for (const RunResult* one : {&pair.baseline, &pair.current}) {
        if (one->status == RunStatus::Failed) throw Error(ErrorCode::Verification, one->message);
      }
      baseline.results.push_back(std::move(pair.baseline));
      current.results.push_back(std::move(pair.current));
    }
    return compareResults(baseline, current, {kDefaultTolerancePercent, true, {}, false});
  };
  out.same = compare(0);
  out.slowed = compare(slowdownPercent);
  return out;
}

}  // namespace voxmark::profiling
