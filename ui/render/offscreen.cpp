#include "ui/render/offscreen.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "core/base/error.h"
#include "core/trace/trace.h"
#include "ui/render/display_server.h"
#include "ui/render/mark_scene.h"
#include "ui/render/slice_renderer.h"
#include "ui/render/volume_renderer.h"

namespace voxmark::render {
namespace {

constexpr std::int64_t kLongestAxis3d = 256;
constexpr int kSeparator = 2;  ///< pixels

/// Where a pane lies: pixels from the lower left.
struct Pane {
  int x, y, width, height;
};

/// The scene of one request; the renderers live as long as the window that draws them.
class Scene {
 public:
  explicit Scene(const OffscreenRequest& request) : request_(request) {
    window_->SetOffScreenRendering(1);
    window_->SetMultiSamples(0);
    window_->SetSize(request.width, request.height);
    separators_->SetBackground(0.16, 0.16, 0.17);
    window_->AddRenderer(separators_);
    const int w = request.width;
    const int h = request.height;
    const int left = (w - kSeparator) / 2;
    const int lower = (h - kSeparator) / 2;
    const int right = w - kSeparator - left;
    const int upper = h - kSeparator - lower;
    const Pane whole{0, 0, w, h};
    if (request.view == "quad") {
      addSlice(Plane::Axial, {0, h - upper, left, upper});
      addSlice(Plane::Sagittal, {w - right, h - upper, right, upper});
      addSlice(Plane::Coronal, {0, 0, left, lower});
      addVolume({w - right, 0, right, lower});
    } else if (request.view == "3d") {
      addVolume(whole);
    } else {
      for (const Plane plane : {Plane::Axial, Plane::Sagittal, Plane::Coronal}) {
        if (planeKey(plane) == request.view) addSlice(plane, whole);
      }
    }
  }

  Image draw() {
    window_->Render();
    Image image{request_.width, request_.height, {}};
    const std::size_t line = static_cast<std::size_t>(image.width) * 3;
    image.rgb.resize(line * static_cast<std::size_t>(image.height));
    const std::unique_ptr<unsigned char[]> pixels(
        window_->GetPixelData(0, 0, image.width - 1, image.height - 1, /*front=*/0));
    if (!pixels) throw Error(ErrorCode::Display, "the picture cannot be read back");
    for (int y = 0; y < image.height; ++y) {
      std::copy_n(pixels.get() + static_cast<std::size_t>(image.height - 1 - y) * line, line,
                  image.rgb.data() + static_cast<std::size_t>(y) * line);
    }
    return image;
  }

 private:
  void place(vtkRenderer* renderer, const Pane& pane) {
    const double w = request_.width;
    const double h = request_.height;
    renderer->SetViewport(pane.x / w, pane.y / h, (pane.x + pane.width) / w, (pane.y + pane.height) / h);
    window_->AddRenderer(renderer);
  }

  void addSlice(Plane plane, const Pane& pane) {
    auto& slice = slices_.emplace_back(std::make_unique<SliceRenderer>(plane));
    std::vector<SliceLayer> layers;
    for (const Layer& layer : request_.document.layers) layers.push_back({layer.volume, layer.display});
    slice->setLayers(std::move(layers));
    slice->setViews(request_.document.views);
    slice->setMarks(markSceneOf(request_.document));
    place(slice->renderer(), pane);
  }

  void addVolume(const Pane& pane) {
    volume_.emplace();
    volume_->castWithinRender();
    volume_->setViews(request_.document.views);
    const auto& layers = request_.document.layers;
    const auto shown = std::find_if(layers.begin(), layers.end(), [](const Layer& layer) {
      return layer.volume && layer.volume->onHost() && layer.display.visible;
    });
    if (shown != layers.end()) {
      JobContext job;
      volume_->setDisplay(shown->display);
      volume_->setVolume(makeDisplayVolume(*shown->volume, request_.document.views.frame, kLongestAxis3d, job));
    }
    place(volume_->renderer(), pane);
  }

  const OffscreenRequest& request_;
  // The window goes first: a renderer that it still knows must not die before it.
  std::vector<std::unique_ptr<SliceRenderer>> slices_;
  std::optional<VolumeRenderer> volume_;
  vtkNew<vtkRenderer> separators_;
  vtkNew<vtkRenderWindow> window_;
};

}  // namespace

Image renderOffscreen(const OffscreenRequest& request) {
  static constexpr int kLargest = 16384;
  if (request.width < 1 || request.height < 1 || request.width > kLargest || request.height > kLargest) {
    throw Error(ErrorCode::Usage, fmt::format("a picture of {}×{} pixels cannot be drawn (expected 1 to {})",
                                              request.width, request.height, kLargest));
  }
  static const std::vector<std::string> kViews{"axial", "sagittal", "coronal", "3d", "quad"};
  if (std::find(kViews.begin(), kViews.end(), request.view) == kViews.end()) {
    throw Error(ErrorCode::Usage,
                fmt::format("there is no such view (expected {}, found {})", fmt::join(kViews, ", "), request.view));
  }
  requireDisplay();
  const trace::Scope scope("render",
                           static_cast<std::uint64_t>(request.width) * static_cast<std::uint64_t>(request.height) * 3);
  return Scene(request).draw();
}

}  // namespace voxmark::render
