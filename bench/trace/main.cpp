// What recording the trace costs: a stage by itself, and all stages of loading and normalising a volume as a part of
// the time that this takes. Recording is always on, so that its part is the number of stages times the cost of one,
// which is measured with as many threads as record at once.
//   bench_trace [FILE]
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "core/backend/backend.h"
#include "core/base/parallel_for.h"
#include "core/io/source_registry.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

std::string file = VOXMARK_BENCH_SAMPLE;

void recordAStage(benchmark::State& state) {
  const trace::Action action("bench");
  for (auto _ : state) {
    const trace::Scope scope("bench", 1);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(recordAStage)->Threads(1)->Threads(2)->UseRealTime();

/// Nanoseconds of one stage while as many threads record as a load has.
double nanosecondsAStage() {
  constexpr int kStages = 200000;
  const int threads = defaultThreads();
  const trace::Action action("bench");
  const std::int64_t start = trace::now();
  parallelFor(static_cast<std::size_t>(threads), 1, threads, [&](std::size_t, std::size_t, std::size_t) {
    const trace::Adopt adopt(action.id());
    for (int n = 0; n < kStages; ++n) {
      const trace::Scope scope("bench", 1);
      benchmark::ClobberMemory();
    }
  });
  return static_cast<double>(trace::now() - start) / kStages;
}

/// Runs `work` and says which part of its time went into recording its stages.
template <typename Work>
void share(benchmark::State& state, Work&& work) {
  std::uint64_t cursor = 0;
  std::uint64_t stages = 0;
  std::int64_t ns = 0;
  for (auto _ : state) {
    (void)trace::eventsSince(cursor);
    const std::int64_t start = trace::now();
    {
      const trace::Action action("bench");
      work();
    }
    ns += trace::now() - start;
    stages += trace::eventsSince(cursor).size();
  }
  const double cost = nanosecondsAStage();
  state.counters["stages"] = static_cast<double>(stages) / static_cast<double>(state.iterations());
  state.counters["ns_a_stage"] = cost;
  state.counters["percent"] = 100 * cost * static_cast<double>(stages) / static_cast<double>(ns);
}

void load(benchmark::State& state) {
  SourceRegistry sources;
  addNativeReaders(sources);
  JobContext job;
  share(state, [&] { benchmark::DoNotOptimize(readVolume(*sources.open(file), job)); });
}
BENCHMARK(load)->Unit(benchmark::kMillisecond)->UseRealTime();

void normalise(benchmark::State& state) {
  SourceRegistry sources;
  addNativeReaders(sources);
  JobContext job;
  const auto volume = readVolume(*sources.open(file), job);
  const auto backend = makeCpuBackend();
  const Plan steps = plan({Normalize{NormalizeMethod::ZScore}}, volume->info());
  share(state, [&] {
    MemorySource source(volume);
    MemorySink sink;
    (void)backend->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
    benchmark::DoNotOptimize(sink.take());
  });
}
BENCHMARK(normalise)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace voxmark

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (count > 1) voxmark::file = arguments[1];
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
