#include <string>
#include <vector>

#include "bench/slices/bench_scene.h"
#include "ui/render/slice_image.h"
#include "ui/render/slice_layout.h"

namespace voxmark::bench {
namespace {

using render::Plane;

constexpr std::size_t kPixels = static_cast<std::size_t>(kPicture) * kPicture;

struct Setup {
  Plane plane = Plane::Axial;
  bool linear = true;
  bool turned = false;
  double slab = 0;  ///< mm of a maximum
  bool labels = false;
};

/// Paints and blends pictures of a fitted view while the crosshair moves from slice to slice.
void paint(benchmark::State& state, const Setup& setup) {
  const VolumePtr volume = noiseVolume();
  const Geometry& geometry = volume->geometry();
  const VolumePtr labels = setup.labels ? labelVolume() : nullptr;
  const LayerDisplay display = noiseDisplay(setup.linear);
  const LayerDisplay outlines = outlineDisplay();
  ViewsState views;
  if (setup.turned) views.rotation = freeTurn();
  if (setup.slab > 0) views.slab = {SlabMode::Maximum, setup.slab};
  const render::SliceLayout layout = layoutOf(geometry, setup.plane, views);
  const double mm = 1.06 * static_cast<double>(kEdge) / kPicture;
  std::vector<std::uint8_t> layer(4 * kPixels);
  std::vector<std::uint8_t> picture(4 * kPixels);
  std::int64_t call = 0;
  for (auto unused : state) {
    static_cast<void>(unused);
    const double offset = layout.planeThrough(scrubbed(geometry, call++));
    const auto plane = pixelPlane(layout, {0, 0}, offset, mm, kPicture, kPicture, views.slab);
    const render::SliceGrid grid = gridIn(plane, geometry);
    render::paintSlice(*volume, 0, grid, display, layer.data());
    render::blendLayer(layer.data(), kPixels, Blend::Over, 1, picture.data());
    if (labels) {
      render::paintSlice(*labels, 0, grid, outlines, layer.data(), 2);
      render::blendLayer(layer.data(), kPixels, Blend::Over, 1, picture.data());
    }
    benchmark::DoNotOptimize(picture.data());
    benchmark::ClobberMemory();
  }
  reportPictures(state);
}

void add(const std::string& name, const Setup& setup) {
  benchmark::RegisterBenchmark(("picture/" + name).c_str(), [setup](benchmark::State& state) { paint(state, setup); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace

void addPictureBenches() {
  for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
    add(planeKey(plane) + "/linear", {plane});
    add(planeKey(plane) + "/nearest", {plane, false});
  }
  add("turned/linear", {Plane::Axial, true, true});
  add("turned/nearest", {Plane::Axial, false, true});
  add("axial/maximum_10mm", {Plane::Axial, true, false, 10});
  add("sagittal/maximum_10mm", {Plane::Sagittal, true, false, 10});
  add("turned/maximum_10mm", {Plane::Axial, true, true, 10});
  add("axial/linear_and_outlines", {Plane::Axial, true, false, 0, true});
}

}  // namespace voxmark::bench
