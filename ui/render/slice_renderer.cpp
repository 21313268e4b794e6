#include "ui/render/slice_renderer.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkImageData.h>
#include <vtkImageProperty.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "ui/render/mark_overlay.h"
#include "ui/render/slice_annotations.h"
#include "ui/render/slice_layers.h"
#include "ui/render/slice_layout.h"

namespace voxmark::render {
namespace {

constexpr double kMargin = 1.06;
constexpr double kLetterRoom = 26;  ///< pixels that crosshair lines leave to the letters at the edges
constexpr const char* kTitles[] = {"Axial", "Sagittal", "Coronal"};

/// About four significant digits, without an exponent where people would write none.
std::string shortNumber(double value) {
  const double size = std::abs(value);
  if (size >= 1000 && size < 1e7) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

/// What the picture depends on besides the layers.
struct Painted {
  std::array<int, 2> size{0, 0};
  std::array<double, 2> middle{0, 0};
  double mm = 0;
  double offset = 0;
  std::int64_t frame = 0;
  Slab slab;
  std::array<Vec3, 3> axes{};
  double ratio = 1;
  friend bool operator==(const Painted&, const Painted&) = default;
};

/// The picture of the view, pixel by pixel.
struct Sheet {
  vtkNew<vtkImageData> image;
  vtkNew<vtkImageSliceMapper> mapper;
  vtkNew<vtkImageSlice> slice;
  std::vector<std::uint8_t> layer;  ///< of one layer, before it is blended

  Sheet() {
    mapper->SetInputData(image);
    mapper->SetOrientationToZ();
    mapper->BorderOn();
    slice->SetMapper(mapper);
    slice->PickableOff();
    vtkImageProperty* property = slice->GetProperty();
    property->SetColorWindow(255);
    property->SetColorLevel(127.5);
    property->SetInterpolationTypeToNearest();
  }

  /// Black pixels, in the middle of whose lower left one the scene begins.
  std::uint8_t* clear(int columns, int rows) {
    image->SetDimensions(columns, rows, 1);
    image->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
    auto* pixels = static_cast<std::uint8_t*>(image->GetScalarPointer());
    const auto count = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
    std::fill(pixels, pixels + 4 * count, std::uint8_t{0});
    for (std::size_t n = 0; n < count; ++n) pixels[4 * n + 3] = 255;
    image->Modified();
    return pixels;
  }
};

bool sameLayer(const SliceLayer& a, const SliceLayer& b) {
  return a.volume == b.volume && a.shown == b.shown && a.display == b.display && a.active == b.active;
}

}  // namespace

struct SliceRenderer::Impl {
  explicit Impl(Plane which) : plane(which), annotations(renderer, which) {
    renderer->SetBackground(0, 0, 0);
    renderer->AddViewProp(sheet.slice);
    renderer->GetActiveCamera()->ParallelProjectionOn();
    // The owner may resize the window without a word, so everything that depends on pixels is placed at each render.
    beforeRender->SetClientData(this);
    beforeRender->SetCallback([](vtkObject*, unsigned long, void* self, void*) { static_cast<Impl*>(self)->update(); });
    tag = renderer->AddObserver(vtkCommand::StartEvent, beforeRender);
  }
  ~Impl() { renderer->RemoveObserver(tag); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::array<int, 2> pixels() const {
    if (renderer->GetRenderWindow() == nullptr) return {512, 512};
    const int* size = renderer->GetSize();
    return {std::max(1, size[0]), std::max(1, size[1])};
  }
  [[nodiscard]] SliceViewState state() const {
    const auto found = views.slices.find(planeKey(plane));
    SliceViewState out = found == views.slices.end() ? SliceViewState{} : found->second;
    out.zoom = std::clamp(out.zoom, 1e-3, 1e4);
    return out;
  }
  [[nodiscard]] double mmPerPixel() const {
    if (!layout) return 1;
    const auto extent = layout->extent();
    const auto size = pixels();
    return kMargin * std::max(extent[0] / size[0], extent[1] / size[1]) / state().zoom;
  }
  /// Scene position (mm from the middle of the slice) under a pixel.
  [[nodiscard]] std::array<double, 2> sceneAt(double x, double y) const {
    const auto size = pixels();
    const SliceViewState view = state();
    return {(x - 0.5 * size[0]) * mmPerPixel() - view.pan[0], (y - 0.5 * size[1]) * mmPerPixel() - view.pan[1]};
  }
  [[nodiscard]] std::array<double, 2> pixelOf(const Vec3& world) const {
    const auto scene = layout->sceneOf(world);
    const auto size = pixels();
    const SliceViewState view = state();
    return {(scene[0] + view.pan[0]) / mmPerPixel() + 0.5 * size[0],
            (scene[1] + view.pan[1]) / mmPerPixel() + 0.5 * size[1]};
  }

  /// What is missing still: how much of each layer is there, and whether anything of the shown slice is.
  void noteMissing(SliceNotes& out) const {
    for (const SliceLayer& layer : layers) {
      if (!layer.volume) continue;
      const std::int64_t frame = std::clamp<std::int64_t>(views.frame, 0, layer.volume->info().frames - 1);
      if (layer.volume->complete(frame)) continue;
      const FilledSlices& filled = *layer.volume->filled();
      const std::int64_t count = filled.count(frame);
      const double percent = 100.0 * static_cast<double>(count) / static_cast<double>(layer.volume->geometry().size[2]);
      const bool coming = !filled.givenUp(frame);
      const std::string note = coming ? fmt::format("loading {:.0f} %", percent) : "not read";
      if (out.topRight.find(note) == std::string::npos) out.topRight += (out.topRight.empty() ? "" : "   ") + note;
      if (&layer == base && !showsVoxels(filled, frame, count)) out.middle = coming ? "Loading" : "Not read";
    }
  }

  /// Whether any voxel of the shown slice of the bottom layer is in place.
  [[nodiscard]] bool showsVoxels(const FilledSlices& filled, std::int64_t frame, std::int64_t count) const {
    if (!layout->own || layout->axis[2] != 2) return count > 0;
    return filled.has(frame, static_cast<std::int64_t>(layout->gridAt(slice).start[2]));
  }

  [[nodiscard]] SliceNotes notes() const {
    SliceNotes out;
    noteMissing(out);
    if (!views.annotations) return {{}, {}, {}, {}, out.middle};
    out.edges = layout->edgeLetters();
    out.topLeft = fmt::format("{} {} / {}", kTitles[static_cast<int>(plane)], slice + 1, layout->count);
    if (base->volume->info().frames > 1) {
      out.topLeft += fmt::format("\nframe {} / {}", std::min(views.frame + 1, base->volume->info().frames),
                                 base->volume->info().frames);
    }
    const auto active =
        std::find_if(layers.begin(), layers.end(), [](const SliceLayer& layer) { return layer.active; });
    const LayerDisplay& display = (active != layers.end() ? *active : *base).display;
    if (!display.labels) {  // labels have colours, no window
      out.bottomLeft = fmt::format("W {} L {}", shortNumber(display.window.width), shortNumber(display.window.level));
    }
    const bool preview =
        std::any_of(layers.begin(), layers.end(), [](const auto& layer) { return layer.shown != nullptr; });
    if (preview) out.topRight += out.topRight.empty() ? "preview" : "   preview";
    const std::string badge = orientationBadge();
    if (!badge.empty()) out.topRight += (out.topRight.empty() ? "" : "   ") + badge;
    return out;
  }

  /// What the viewer should know of how the planes lie.
  [[nodiscard]] std::string orientationBadge() const {
    std::string out;
    const double angle = obliqueAngle(layout->geometry);
    if (views.alignment == Alignment::Patient) {
      out = "patient axes";
    } else if (angle > 1) {
      out = fmt::format("oblique {:.0f}°", angle);
    }
    if (!views.rotation.none()) {
      out += fmt::format("{}rotated {:.0f}°", out.empty() ? "" : ", ", angleOf(views.rotation));
    }
    return out;
  }

  void layOut() {
    const auto found =
        std::find_if(layers.begin(), layers.end(), [](const SliceLayer& layer) { return layer.volume != nullptr; });
    base = found == layers.end() ? nullptr : &*found;
    layout.reset();
    if (base != nullptr) layout = layoutOf(base->volume->geometry(), plane, views);
    slice = layout ? layout->sliceOf(views.crosshair) : 0;
    offset = layout ? layout->planeThrough(views.crosshair) : 0;
  }

  [[nodiscard]] Painted wanted() const {
    const SliceViewState view = state();
    return {pixels(), {-view.pan[0], -view.pan[1]}, mmPerPixel(), offset, views.frame, views.slab, layout->axes, ratio};
  }

  void repaint(const Painted& now) {
    const auto& [columns, rows] = now.size;
    std::uint8_t* picture = sheet.clear(columns, rows);
    const PixelPlane cut = pixelPlane(*layout, now.middle, now.offset, now.mm, columns, rows, now.slab);
    const int line = std::max(1, static_cast<int>(std::lround(1.5 * ratio)));
    incomplete = paintLayers(layers, views.frame, cut, line, sheet.layer, picture);
  }

  void update() {
    const auto size = pixels();
    sheet.slice->SetVisibility(layout.has_value());
    if (layout && (dirty || wanted() != painted)) {
      painted = wanted();
      repaint(painted);
      dirty = false;
    }
    // One pixel of the picture on one of the screen.
    vtkCamera* camera = renderer->GetActiveCamera();
    const double middle[] = {0.5 * (size[0] - 1), 0.5 * (size[1] - 1)};
    camera->SetFocalPoint(middle[0], middle[1], 0);
    camera->SetPosition(middle[0], middle[1], 100);
    camera->SetViewUp(0, 1, 0);
    camera->SetClippingRange(1, 200);
    camera->SetParallelScale(0.5 * size[1]);
    std::optional<std::array<double, 2>> cross;
    if (layout && views.crosshairVisible) cross = pixelOf(views.crosshair);
    annotations.showCrosshair(cross, size[0], size[1], ratio, views.annotations ? kLetterRoom : 0);
    annotations.showNotes(layout ? std::optional(notes()) : std::nullopt, size[0], size[1], ratio);
  }

  Plane plane;
  vtkNew<vtkRenderer> renderer;
  SliceAnnotations annotations;
  std::vector<SliceLayer> layers;
  const SliceLayer* base = nullptr;  ///< the bottom layer that has voxels
  Sheet sheet;
  Painted painted;
  ViewsState views;
  std::optional<SliceLayout> layout;
  std::int64_t slice = 0;
  double offset = 0;  ///< of the plane across the scene, mm
  double ratio = 1;
  bool dirty = true;
  bool incomplete = false;  ///< the picture lacked voxels when it was painted
  vtkNew<vtkCallbackCommand> beforeRender;
  unsigned long tag = 0;
};

SliceRenderer::SliceRenderer(Plane plane)
    : impl_(std::make_unique<Impl>(plane)), marks_(std::make_unique<MarkOverlay>(*this)) {}
SliceRenderer::~SliceRenderer() = default;

vtkRenderer* SliceRenderer::renderer() const {
  return impl_->renderer;
}
Plane SliceRenderer::plane() const {
  return impl_->plane;
}

void SliceRenderer::setLayers(std::vector<SliceLayer> layers) {
  if (std::equal(layers.begin(), layers.end(), impl_->layers.begin(), impl_->layers.end(), sameLayer)) return;
  impl_->layers = std::move(layers);
  impl_->dirty = true;
  impl_->layOut();
}
const std::vector<SliceLayer>& SliceRenderer::layers() const {
  return impl_->layers;
}
void SliceRenderer::setViews(const ViewsState& views) {
  if (views == impl_->views) return;
  impl_->views = views;
  impl_->layOut();
}

bool SliceRenderer::voxelsChanged() {
  impl_->dirty = impl_->dirty || impl_->incomplete;
  return impl_->dirty;
}
void SliceRenderer::setPixelRatio(double ratio) {
  impl_->ratio = std::max(ratio, 0.5);
  marks_->setPixelRatio(impl_->ratio);
}

void SliceRenderer::setMarks(MarkScene scene) {
  marks_->setScene(std::move(scene));
}

std::optional<Vec3> SliceRenderer::worldAt(double x, double y) const {
  if (!impl_->layout) return std::nullopt;
  const auto scene = impl_->sceneAt(x, y);
  return impl_->layout->worldOf({scene[0], scene[1], impl_->offset});
}

std::optional<std::array<double, 2>> SliceRenderer::pixelOf(const Vec3& world) const {
  if (!impl_->layout) return std::nullopt;
  return impl_->pixelOf(world);
}

std::array<Vec3, 3> SliceRenderer::axes() const {
  if (!impl_->layout) return {Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  return impl_->layout->axes;
}

double SliceRenderer::distanceTo(const Vec3& world) const {
  return impl_->layout ? impl_->layout->sceneOf(world)[2] - impl_->offset : 0;
}

double SliceRenderer::sliceSpacing() const {
  return impl_->layout ? impl_->layout->step : 1;
}

std::int64_t SliceRenderer::slice() const {
  return impl_->slice;
}
std::int64_t SliceRenderer::sliceCount() const {
  return impl_->layout ? impl_->layout->count : 0;
}

Vec3 SliceRenderer::crosshairAtSlice(std::int64_t index) const {
  return impl_->layout ? impl_->layout->movedTo(impl_->views.crosshair, index) : impl_->views.crosshair;
}

double SliceRenderer::mmPerPixel() const {
  return impl_->mmPerPixel();
}

SliceViewState SliceRenderer::zoomedAt(double x, double y, double factor) const {
  const auto fixed = impl_->sceneAt(x, y);
  const auto size = impl_->pixels();
  SliceViewState out = impl_->state();
  const double before = out.zoom;
  out.zoom = std::clamp(before * factor, 0.05, 200.0);
  const double mm = impl_->mmPerPixel() * before / out.zoom;
  out.pan = {(x - 0.5 * size[0]) * mm - fixed[0], (y - 0.5 * size[1]) * mm - fixed[1]};
  return out;
}

std::array<std::string, 4> SliceRenderer::edgeLetters() const {
  if (impl_->layout) return impl_->layout->edgeLetters();
  return layoutOf(Geometry{}, impl_->plane, impl_->views.radiological).edgeLetters();
}

}  // namespace voxmark::render
