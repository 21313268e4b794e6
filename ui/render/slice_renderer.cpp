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
#include "ui/render/slice_image.h"
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

/// One layer on the screen: its picture and the prop that shows it.
struct Sheet {
  vtkNew<vtkImageData> image;
  vtkNew<vtkImageSliceMapper> mapper;
  vtkNew<vtkImageSlice> slice;

  Sheet() {
    mapper->SetInputData(image);
    mapper->SetOrientationToZ();
    mapper->BorderOn();  // whole voxels at the edges
    slice->SetMapper(mapper);
    slice->PickableOff();
  }

  void paint(const SliceLayer& layer, std::int64_t frame, const SliceGrid& grid, double depth) {
    const auto columns = static_cast<int>(grid.columns);
    const auto rows = static_cast<int>(grid.rows);
    image->SetDimensions(columns, rows, 1);
    image->SetSpacing(grid.spacing[0], grid.spacing[1], 1);
    image->SetOrigin(-0.5 * (columns - 1) * grid.spacing[0], -0.5 * (rows - 1) * grid.spacing[1], depth);
    image->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
    paintSlice(*layer.volume, frame, grid, layer.display, static_cast<std::uint8_t*>(image->GetScalarPointer()));
    image->Modified();
    vtkImageProperty* property = slice->GetProperty();
    property->SetColorWindow(255);
    property->SetColorLevel(127.5);
    property->SetOpacity(std::clamp(layer.display.opacity, 0.0, 1.0));
    if (layer.display.interpolate) {
      property->SetInterpolationTypeToLinear();
    } else {
      property->SetInterpolationTypeToNearest();
    }
  }
};

bool sameLayer(const SliceLayer& a, const SliceLayer& b) {
  return a.volume == b.volume && a.display == b.display && a.active == b.active;
}

}  // namespace

std::string planeKey(Plane plane) {
  switch (plane) {
    case Plane::Axial:
      return "axial";
    case Plane::Sagittal:
      return "sagittal";
    case Plane::Coronal:
      break;
  }
  return "coronal";
}

struct SliceRenderer::Impl {
  explicit Impl(Plane which) : plane(which), annotations(renderer, which) {
    renderer->SetBackground(0, 0, 0);
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

  [[nodiscard]] static std::int64_t frameOf(const VolumeInfo& info, std::int64_t frame) {
    return std::clamp<std::int64_t>(frame, 0, info.frames - 1);
  }

  /// What is missing still: how much of each layer is there, and whether anything of the shown slice is.
  void noteMissing(SliceNotes& out) const {
    for (const SliceLayer& layer : layers) {
      if (!layer.volume) continue;
      const std::int64_t frame = frameOf(layer.volume->info(), views.frame);
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
    if (layout->axis[2] != 2) return count > 0;
    return filled.has(frame, static_cast<std::int64_t>(layout->gridAt(slice).start[2]));
  }

  [[nodiscard]] SliceNotes notes() const {
    SliceNotes out;
    noteMissing(out);
    if (!views.annotations) return {{}, {}, {}, {}, out.middle};
    out.edges = edgeLettersOf(plane, views.radiological);
    out.topLeft = fmt::format("{} {} / {}", kTitles[static_cast<int>(plane)], slice + 1, layout->size(2));
    if (base->volume->info().frames > 1) {
      out.topLeft += fmt::format("   frame {} / {}", std::min(views.frame + 1, base->volume->info().frames),
                                 base->volume->info().frames);
    }
    const auto active =
        std::find_if(layers.begin(), layers.end(), [](const SliceLayer& layer) { return layer.active; });
    const DisplayWindow& window = (active != layers.end() ? *active : *base).display.window;
    out.bottomLeft = fmt::format("W {} L {}", shortNumber(window.width), shortNumber(window.level));
    const double angle = obliqueAngle(layout->geometry);
    if (angle > 1) out.topRight += fmt::format("{}oblique {:.0f}°", out.topRight.empty() ? "" : "   ", angle);
    return out;
  }

  void layOut() {
    const auto found =
        std::find_if(layers.begin(), layers.end(), [](const SliceLayer& layer) { return layer.volume != nullptr; });
    base = found == layers.end() ? nullptr : &*found;
    layout.reset();
    if (base != nullptr) layout = layoutOf(base->volume->geometry(), plane, views.radiological);
    const std::int64_t before = slice;
    slice = layout ? layout->sliceOf(views.crosshair) : 0;
    if (slice != before) dirty = true;
  }

  void repaint() {
    for (const auto& sheet : sheets) renderer->RemoveViewProp(sheet->slice);
    sheets.resize(layers.size());
    incomplete = false;
    if (!layout) return;
    const SliceGrid grid = layout->gridAt(slice);
    double depth = 0;
    for (std::size_t n = 0; n < layers.size(); ++n) {
      if (!sheets[n]) sheets[n] = std::make_unique<Sheet>();
      const SliceLayer& layer = layers[n];
      if (!layer.volume || !layer.display.visible || !layer.volume->onHost()) continue;
      const std::int64_t frame = frameOf(layer.volume->info(), views.frame);
      incomplete = incomplete || !layer.volume->complete(frame);  // asked before painting: better once too often
      sheets[n]->paint(layer, frame, gridIn(layer.volume->geometry(), grid, layout->geometry), depth);
      sheets[n]->slice->SetForceTranslucent(depth > 0);
      renderer->AddViewProp(sheets[n]->slice);
      depth += 0.5;
    }
  }

  void update() {
    if (dirty) {
      repaint();
      dirty = false;
    }
    const auto size = pixels();
    const SliceViewState view = state();
    vtkCamera* camera = renderer->GetActiveCamera();
    camera->SetFocalPoint(-view.pan[0], -view.pan[1], 0);
    camera->SetPosition(-view.pan[0], -view.pan[1], 100);
    camera->SetViewUp(0, 1, 0);
    camera->SetClippingRange(1, 200);
    camera->SetParallelScale(0.5 * size[1] * mmPerPixel());
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
  std::vector<std::unique_ptr<Sheet>> sheets;
  ViewsState views;
  std::optional<SliceLayout> layout;
  std::int64_t slice = 0;
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

void SliceRenderer::setViews(const ViewsState& views) {
  if (views == impl_->views) return;
  if (views.frame != impl_->views.frame || views.radiological != impl_->views.radiological) impl_->dirty = true;
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
  return impl_->layout->worldAt(impl_->sceneAt(x, y), impl_->slice);
}

std::optional<std::array<double, 2>> SliceRenderer::pixelOf(const Vec3& world) const {
  if (!impl_->layout) return std::nullopt;
  return impl_->pixelOf(world);
}

std::array<Vec3, 3> SliceRenderer::axes() const {
  std::array<Vec3, 3> out{Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}};
  if (!impl_->layout) return out;
  for (std::size_t d = 0; d < 3; ++d) {
    out[d] = axisDirection(impl_->layout->geometry, static_cast<int>(impl_->layout->axis[d]));
    if (impl_->layout->reversed[d]) out[d] = {-out[d][0], -out[d][1], -out[d][2]};
  }
  return out;
}

double SliceRenderer::distanceTo(const Vec3& world) const {
  if (!impl_->layout) return 0;
  const std::size_t axis = impl_->layout->axis[2];
  const double from = impl_->layout->gridAt(impl_->slice).start[axis];
  const double steps = worldToVoxel(impl_->layout->geometry, world)[axis] - from;
  return (impl_->layout->reversed[2] ? -steps : steps) * sliceSpacing();
}

double SliceRenderer::sliceSpacing() const {
  return impl_->layout ? impl_->layout->spacing(2) : 1;
}

std::int64_t SliceRenderer::slice() const {
  return impl_->slice;
}
std::int64_t SliceRenderer::sliceCount() const {
  return impl_->layout ? impl_->layout->size(2) : 0;
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
  return edgeLettersOf(impl_->plane, impl_->views.radiological);
}

}  // namespace voxmark::render
