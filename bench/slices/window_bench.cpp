#include <memory>
#include <vector>

#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "bench/slices/bench_scene.h"
#include "core/base/error.h"
#include "ui/render/display_server.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::bench {
namespace {

using render::Plane;

/// Whole views, with crosshair and annotations, drawn into a window that is not shown while the crosshair moves. One
/// view fills kPicture² pixels; three are laid out as in a 2×2 of that size each, whose fourth quarter stays empty.
void draw(benchmark::State& state, std::size_t count) {
  try {
    render::requireDisplay();
  } catch (const Error& error) {
    state.SkipWithError(error.what());
    return;
  }
  constexpr Plane kPlanes[] = {Plane::Axial, Plane::Sagittal, Plane::Coronal};
  const VolumePtr volume = noiseVolume();
  std::vector<std::unique_ptr<render::SliceRenderer>> views;
  vtkNew<vtkRenderWindow> window;
  window->SetOffScreenRendering(1);
  window->SetMultiSamples(0);
  const int parts = count == 1 ? 1 : 2;
  window->SetSize(parts * kPicture, parts * kPicture);
  for (std::size_t n = 0; n < count; ++n) {
    views.push_back(std::make_unique<render::SliceRenderer>(kPlanes[n]));
    views[n]->setLayers({{volume, noiseDisplay(true), true}});
    const double x = static_cast<double>(n % 2) / parts;
    const double y = static_cast<double>(n / 2) / parts;
    views[n]->renderer()->SetViewport(x, y, x + 1.0 / parts, y + 1.0 / parts);
    window->AddRenderer(views[n]->renderer());
  }
  ViewsState looks;
  std::int64_t call = 0;
  for (auto unused : state) {
    static_cast<void>(unused);
    looks.crosshair = scrubbed(volume->geometry(), call++);
    for (const auto& view : views) view->setViews(looks);
    window->Render();
    window->WaitForCompletion();
  }
  reportPictures(state);
  for (const auto& view : views) window->RemoveRenderer(view->renderer());
}

void add(const char* name, std::size_t count) {
  benchmark::RegisterBenchmark(name, [count](benchmark::State& state) { draw(state, count); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace

void addWindowBenches() {
  add("window/axial", 1);
  add("window/three_of_2x2", 3);
}

}  // namespace voxmark::bench
