// How long work goes on after it has been told to stop. Prints, for each operation on 256³ f32, how long it takes when
// it is left alone, and the delays of runs that were cancelled at moments spread over that time.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"
#include "core/ops/difference.h"
#include "core/ops/plan.h"

namespace voxmark::bench {
namespace {

constexpr std::int64_t kSide = 256;
constexpr int kMoments = 25;

using Clock = std::chrono::steady_clock;
using Work = std::function<void(JobContext&)>;

double msBetween(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

/// Noise about a few waves: nothing that any step could take a short way through.
VolumePtr madeVolume() {
  VolumeInfo info;
  info.geometry.size = {kSide, kSide, kSide};
  info.geometry.spacing = {0.9, 0.9, 1.2};
  info.pixelType = PixelType::F32;
  auto volume = std::make_shared<Volume>(info);
  auto* values = reinterpret_cast<float*>(volume->mutableFrameData(0));
  std::uint32_t state = 1;
  for (std::int64_t n = 0; n < info.voxelsPerFrame(); ++n) {
    state = state * 1664525U + 1013904223U;
    values[n] = 500 * std::sin(static_cast<float>(n % kSide) / 20) + static_cast<float>(state >> 20) / 16;
  }
  return volume;
}

/// From telling to the end of the work; empty where the work ended before it was told.
std::optional<double> delayAfter(const Work& work, double ms) {
  const auto token = std::make_shared<CancelToken>();
  Clock::time_point ended;
  bool cancelled = false;
  std::thread worker([&] {
    JobContext job(token, {});
    try {
      work(job);
    } catch (const Cancelled&) {
      cancelled = true;
    }
    ended = Clock::now();
  });
  std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(ms));
  const auto told = Clock::now();
  token->cancel();
  worker.join();
  if (!cancelled) return std::nullopt;
  return std::max(0.0, msBetween(told, ended));
}

void measure(const std::string& name, const Work& work) {
  const auto begin = Clock::now();
  JobContext alone;
  work(alone);
  const double whole = msBetween(begin, Clock::now());
  std::vector<double> delays;
  for (int n = 0; n < kMoments; ++n) {
    if (const auto delay = delayAfter(work, whole * n / kMoments)) delays.push_back(*delay);
  }
  std::sort(delays.begin(), delays.end());
  if (delays.empty()) {
    fmt::print("{:<28}{:>10.1f} ms  ended before it was told\n", name, whole);
  } else {
    fmt::print("{:<28}{:>10.1f} ms  {:>7.2f} ms  {:>7.2f} ms  {:>3}\n", name, whole, delays[delays.size() / 2],
               delays.back(), delays.size());
  }
}

Operation normalized(NormalizeMethod method, double first = 0, double second = 0) {
  return Normalize{method, first, second, false};
}

Operation resampled(Interpolation how, std::int64_t side) {
  Resample out;
  out.shape = Index3{side, side, side};
  out.interpolation = how;
  return out;
}

Operation turned(Interpolation how, Geometry grid) {
  const double c = std::cos(0.3), s = std::sin(0.3);
  grid.direction = {c, -s, 0, s, c, 0, 0, 0, 1};
  Resample out;
  out.grid = grid;
  out.interpolation = how;
  return out;
}

}  // namespace

void run(const std::string& folder) {
  const VolumePtr volume = madeVolume();
  const Geometry& grid = volume->geometry();
  const auto backend = makeCpuBackend();
  const std::pair<const char*, Operation> operations[] = {
      {"z-score", normalized(NormalizeMethod::ZScore)},
      {"min-max", normalized(NormalizeMethod::MinMax)},
      {"percentile", normalized(NormalizeMethod::Percentile, 1, 99)},
      {"robust z-score", normalized(NormalizeMethod::Robust)},
      {"clamp", Clamp{-200, 300}},
      {"cast to bf16", Cast{PixelType::BF16}},
      {"reorient", Reorient{"SAR"}},
      {"resample, linear", resampled(Interpolation::Linear, 320)},
      {"resample, cubic", resampled(Interpolation::Cubic, 320)},
      {"resample, coarser", resampled(Interpolation::Linear, 100)},
      {"turned, linear", turned(Interpolation::Linear, grid)},
      {"turned, cubic", turned(Interpolation::Cubic, grid)},
      {"smooth", Smooth{2}}};
  fmt::print("{:<28}{:>13}  {:>10}  {:>10}  {:>3}\n", "256³ f32", "left alone", "median", "longest", "of");
  for (const auto& [name, operation] : operations) {
    measure(name, [&, steps = plan({operation}, volume->info())](JobContext& job) {
      MemorySource source(volume);
      MemorySink sink;
      (void)backend->execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
    });
  }
  measure("difference with SSIM", [&](JobContext& job) {
    MemorySource a(volume), b(volume);
    (void)difference(a, b, job);
  });
  SourceRegistry sources;
  addNativeReaders(sources);
  WriterRegistry writers;
  addNativeWriters(writers);
  for (const char* ending : {".nii", ".nii.gz"}) {
    const std::string path = folder + "/cancel" + ending;
    measure(std::string("write ") + ending, [&](JobContext& job) {
      WriteOptions options;
      options.overwrite = true;
      MemorySource source(volume);
      const auto sink = writers.create(path, options);
      (void)backend->execute(plan({}, volume->info()), source, *sink, wholeOf(grid.size), job);
    });
    measure(std::string("read ") + ending, [&](JobContext& job) { (void)readVolume(*sources.open(path), job); });
  }
}

}  // namespace voxmark::bench

int main() {
  const std::string folder = std::filesystem::temp_directory_path() / "voxmark-bench-cancel";
  std::filesystem::create_directories(folder);
  voxmark::bench::run(folder);
  std::filesystem::remove_all(folder);
  return 0;
}
