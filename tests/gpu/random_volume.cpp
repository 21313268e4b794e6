#include "tests/gpu/random_volume.h"

#include <random>

namespace voxmark::gpu {
namespace {

template <typename T>
void fill(Volume& volume, std::mt19937_64& random) {
  const VolumeInfo& info = volume.info();
  const auto count = static_cast<std::size_t>(info.voxelsPerFrame()) * static_cast<std::size_t>(info.components);
  std::normal_distribution<double> normal(40, 300);
  for (std::int64_t frame = 0; frame < info.frames; ++frame) {
    T* out = reinterpret_cast<T*>(volume.mutableFrameData(frame));
    for (std::size_t n = 0; n < count; ++n) {
      if constexpr (std::is_integral_v<T>) {
        out[n] = n % 5 == 0 ? T{0} : static_cast<T>(random());
      } else {
        const double value = n % 5 == 0 ? 0 : normal(random);
        if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
          out[n] = static_cast<T>(value);
        } else {
          out[n] = T(static_cast<float>(value));
        }
      }
    }
  }
}

}  // namespace

std::shared_ptr<Volume> makeVolume(const RandomVolume& kind) {
  std::mt19937_64 random(kind.seed);
  VolumeInfo info;
  info.geometry.size = kind.size;
  info.geometry.spacing = {1.5, 0.75, 2};
  info.geometry.direction = {0, 0, -1, 1, 0, 0, 0, -1, 0};  // LPS columns: P, I, R
  info.pixelType = kind.type;
  info.components = kind.components;
  info.frames = kind.frames;
  if (kind.scalePerSlice) {
    std::vector<LinearScale> scales;
    for (std::int64_t n = 0; n < kind.frames * kind.size[2]; ++n) {
      scales.push_back({0.5 + 0.25 * static_cast<double>(n), -3.0 * static_cast<double>(n)});
    }
    info.scale = ValueScale(std::move(scales));
  } else {
    info.scale = ValueScale(0.5, -10);
  }
  auto volume = std::make_shared<Volume>(info);
  visitPixelType(kind.type, [&](auto tag) { fill<typename decltype(tag)::type>(*volume, random); });
  return volume;
}

std::vector<NamedPipeline> pipelines() {
  const Crop crop{{{1, 2, 1}, {5, 3, 4}}};
  const Normalize zscore{NormalizeMethod::ZScore, 0, 0, false};
  return {
      {"none", {}},
      {"crop", {crop}},
      {"reorient", {Reorient{"RAS"}}},
      {"reorient keeping slices", {Reorient{"ASR"}}},
      {"crop of reoriented", {Reorient{"LPS"}, Crop{{{1, 1, 2}, {3, 5, 3}}}}},
      {"z-score", {zscore}},
      {"z-score of non-zero", {Normalize{NormalizeMethod::ZScore, 0, 0, true}}},
      {"min-max to u8", {Normalize{NormalizeMethod::MinMax, 0, 0, false}, ScaleShift{255, 0}, Cast{PixelType::U8}}},
      {"percentile", {Normalize{NormalizeMethod::Percentile, 1, 99, false}}},
      {"window", {Normalize{NormalizeMethod::Window, 400, 40, false}}},
      {"clamp and shift", {Clamp{-100, 250}, ScaleShift{0.1, 3}}},
      {"to i16", {Cast{PixelType::I16}}},
      {"to u8 and back", {Cast{PixelType::U8}, Cast{PixelType::F32}}},
      {"to f16", {Cast{PixelType::F16}}},
      {"all", {crop, Reorient{"SPL"}, zscore, Clamp{-2, 2}, ScaleShift{30, 7}, Cast{PixelType::I8}}},
  };
}

Outcome runOn(Backend& backend, const Plan& plan, const VolumePtr& input, const Region& region) {
  MemorySource source(input);
  MemorySink sink;
  JobContext job;
  Outcome out;
  out.report = backend.execute(plan, source, sink, region, job);
  out.volume = sink.take();
  return out;
}

std::vector<std::byte> bytesOf(const Volume& volume) {
  std::vector<std::byte> out;
  for (std::int64_t frame = 0; frame < volume.info().frames; ++frame) {
    const std::byte* data = volume.frameData(frame);
    out.insert(out.end(), data, data + volume.info().frameBytes());
  }
  return out;
}

}  // namespace voxmark::gpu
