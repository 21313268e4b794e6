#include "ui/render/offscreen.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "core/base/error.h"
#include "core/document/layout_name.h"
#include "core/ops/label_summary.h"
#include "core/trace/trace.h"
#include "ui/render/display_server.h"
#include "ui/render/label_volume.h"
#include "ui/render/legend_overlay.h"
#include "ui/render/lightbox_renderer.h"
#include "ui/render/mark_scene.h"
#include "ui/render/slice_layers.h"
#include "ui/render/slice_renderer.h"
#include "ui/render/volume_renderer.h"

namespace voxmark::render {
namespace {

constexpr std::int64_t kLongestAxis3d = 256;
constexpr int kSeparator = 2;  ///< pixels
constexpr std::array kPlanes{Plane::Axial, Plane::Sagittal, Plane::Coronal};

/// Where a pane lies: pixels from the lower left.
struct Pane {
  int x, y, width, height;
};

/// `size` pixels in `parts` with separators between them, the last ones a pixel longer where it does not divide.
std::vector<std::pair<int, int>> divide(int size, int parts) {
  std::vector<std::pair<int, int>> out;  // begin, length
  int from = 0;
  for (int n = 0; n < parts; ++n) {
    const int length = (size - from - kSeparator * (parts - 1 - n)) / (parts - n);
    out.emplace_back(from, length);
    from += length + kSeparator;
  }
  return out;
}

/// Those that a legend of the document lists.
std::optional<std::vector<std::int64_t>> legendLabels(const Document& document) {
  const Layer* active = document.active();
  if (!document.views.legend || active == nullptr || !active->volume || !active->volume->onHost()) return std::nullopt;
  if (!active->display.labels) return std::nullopt;
  JobContext job;
  const auto found = summariseLabels(
      *active->volume, std::clamp<std::int64_t>(document.views.frame, 0, active->volume->info().frames - 1), job);
  if (!found) return std::nullopt;
  std::vector<std::int64_t> out;
  for (const auto& entry : *found) out.push_back(entry.first);
  return out;
}

/// The scene of one request; the renderers live as long as the window that draws them.
class Scene {
 public:
  explicit Scene(const OffscreenRequest& request) : request_(request) {
    window_->SetOffScreenRendering(1);
    window_->SetMultiSamples(0);
    window_->SetSize(request.width, request.height);
    separators_->SetBackground(0.16, 0.16, 0.17);
    window_->AddRenderer(separators_);
    const std::optional<std::vector<std::int64_t>> labels = legendLabels(request.document);
    labels_ = labels ? &*labels : nullptr;
    layOut();
    labels_ = nullptr;
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
  void layOut() {
    const int w = request_.width;
    const int h = request_.height;
    const auto columns = divide(w, 2);
    const auto rows = divide(h, 2);  // from the bottom
    const auto cell = [&](std::size_t column, std::size_t row) {
      return Pane{columns[column].first, rows[row].first, columns[column].second, rows[row].second};
    };
    if (request_.view == "quad") {
      addSlice(Plane::Axial, cell(0, 1));
      addSlice(Plane::Sagittal, cell(1, 1));
      addSlice(Plane::Coronal, cell(0, 0));
      addVolume(cell(1, 0));
    } else if (request_.view == "row") {
      const auto thirds = divide(w, 3);
      std::size_t n = 0;
      for (const Plane plane : kPlanes) {
        addSlice(plane, {thirds[n].first, 0, thirds[n].second, h});
        ++n;
      }
    } else if (const auto large = largeView(request_.view)) {
      layOutAround(*large);
    } else if (request_.view == "lightbox") {
      lightbox_.emplace();
      window_->AddRenderer(lightbox_->renderer());
      lightbox_->setDocument(request_.document, labels_);
      lightbox_->arrange();
    } else if (request_.view == "3d") {
      addVolume({0, 0, w, h});
    } else {
      for (const Plane plane : kPlanes) {
        if (planeKey(plane) == request_.view) addSlice(plane, {0, 0, w, h});
      }
    }
  }

  /// One large view, and the others beside it from the top down.
  void layOutAround(const std::string& large) {
    const int w = request_.width;
    const int h = request_.height;
    const auto thirds = divide(h, 3);  // from the bottom
    const int narrow = std::max(1, (w - kSeparator) * 3 / 11);
    const int left = w - narrow;
    std::size_t small = 0;
    const auto next = [&](const std::string& view) {
      if (view == large) return Pane{0, 0, std::max(1, left - kSeparator), h};
      const auto& third = thirds[2 - small++];
      return Pane{left, third.first, narrow, third.second};
    };
    for (const Plane plane : kPlanes) addSlice(plane, next(planeKey(plane)));
    addVolume(next("3d"));
  }

  void place(vtkRenderer* renderer, const Pane& pane) {
    const double w = request_.width;
    const double h = request_.height;
    renderer->SetViewport(pane.x / w, pane.y / h, (pane.x + pane.width) / w, (pane.y + pane.height) / h);
    window_->AddRenderer(renderer);
  }

  void addSlice(Plane plane, const Pane& pane) {
    auto& slice = slices_.emplace_back(std::make_unique<SliceRenderer>(plane));
    slice->setLayers(sliceLayersOf(request_.document));
    slice->setViews(request_.document.views);
    legends_.emplace_back(std::make_unique<LegendOverlay>(slice->renderer()))->show(request_.document, labels_);
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
      volume_->setVolume(volumeFor(*shown->volume, shown->display, request_.document.views.frame, kLongestAxis3d, job));
    }
    place(volume_->renderer(), pane);
  }

  const OffscreenRequest& request_;
  const std::vector<std::int64_t>* labels_ = nullptr;  ///< for the legends
  // The window goes first: a renderer that it still knows must not die before it.
  std::vector<std::unique_ptr<SliceRenderer>> slices_;
  std::vector<std::unique_ptr<LegendOverlay>> legends_;
  std::optional<LightboxRenderer> lightbox_;
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
  const auto& views = layoutNames();
  if (std::find(views.begin(), views.end(), request.view) == views.end()) {
    throw Error(ErrorCode::Usage,
                fmt::format("there is no such view (expected {}, found {})", fmt::join(views, ", "), request.view));
  }
  requireDisplay();
  const trace::Scope scope("render",
                           static_cast<std::uint64_t>(request.width) * static_cast<std::uint64_t>(request.height) * 3);
  return Scene(request).draw();
}

}  // namespace voxmark::render
