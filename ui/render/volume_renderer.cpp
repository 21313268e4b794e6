#include "ui/render/volume_renderer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkMath.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "ui/render/backdrop.h"
#include "ui/render/camera_axes.h"
#include "ui/render/gpu_volume.h"
#include "ui/render/label_volume.h"
#include "ui/render/orientation_compass.h"
#include "ui/render/transfer_table.h"

namespace voxmark::render {
namespace {

bool isSoftware(vtkRenderWindow* window) {
  const char* text = window->ReportCapabilities();
  const std::string_view capabilities = text == nullptr ? "" : text;
  for (const char* name : {"llvmpipe", "softpipe", "SWR", "Software Rasterizer"}) {
    if (capabilities.find(name) != std::string_view::npos) return true;
  }
  return false;
}

/// Of the outermost voxel centres: lowest and highest x, y, z.
std::array<double, 6> boundsOf(const Geometry& geometry) {
  std::array<double, 6> out{};
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 voxel{};
    for (std::size_t a = 0; a < 3; ++a) {
      voxel[a] = ((corner >> a) & 1) != 0 ? static_cast<double>(geometry.size[a] - 1) : 0.0;
    }
    const Vec3 world = voxelToWorld(geometry, voxel);
    for (std::size_t a = 0; a < 3; ++a) {
      out[2 * a] = corner == 0 ? world[a] : std::min(out[2 * a], world[a]);
      out[2 * a + 1] = corner == 0 ? world[a] : std::max(out[2 * a + 1], world[a]);
    }
  }
  return out;
}

RayCamera cameraOf(vtkCamera* camera) {
  RayCamera out;
  camera->GetPosition(out.position.data());
  camera->GetFocalPoint(out.focalPoint.data());
  camera->GetViewUp(out.up.data());
  out.viewAngle = camera->GetViewAngle();
  out.parallel = camera->GetParallelProjection() != 0;
  out.parallelScale = camera->GetParallelScale();
  return out;
}

}  // namespace

const std::vector<std::string>& volumePresets() {
  static const std::vector<std::string> kNames{"auto",       "MIP",      "CT-Bone",
                                               "CT-Muscle",  "CT-Lung",  "CT-Coronary-Arteries",
                                               "MR-Default", "MR-Angio", "MR-T2-Brain"};
  return kNames;
}

struct VolumeRenderer::Impl {
  Impl() : backdrop(renderer), compass(renderer), gpu(renderer) {
    renderer->SetBackground(0, 0, 0);
    beforeRender->SetClientData(this);
    beforeRender->SetCallback([](vtkObject*, unsigned long, void* self, void*) { static_cast<Impl*>(self)->update(); });
    tag = renderer->AddObserver(vtkCommand::StartEvent, beforeRender);
  }
  ~Impl() { renderer->RemoveObserver(tag); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// The graphics card would mix neighbouring labels.
  [[nodiscard]] bool onCpu() const { return withinRender || software || (shown && !shown->labels.empty()); }

  [[nodiscard]] std::optional<RayScene> scene() const {
    if (!shown || !table || !visible) return std::nullopt;
    return RayScene{shown, table, cameraOf(renderer->GetActiveCamera())};
  }

  /// Whether the function is another one.
  bool applyTransfer() {
    if (!shown) return false;
    if (!shown->labels.empty()) return applyLabels();
    TransferFunction wanted = transferFor(*shown, display);
    const bool changed = !table || wanted != function;
    function = std::move(wanted);
    if (changed) table = std::make_shared<const TransferTable>(tableOf(function, shown->low, shown->high));
    return changed;
  }

  bool applyLabels() {
    const bool changed = !table || table->labels.empty() || labelTable != display.labelTable;
    labelTable = display.labelTable;
    if (changed) table = std::make_shared<const TransferTable>(labelColours(*shown, labelTable.get()));
    return changed;
  }

  void updateGpu() {
    gpu.setVolume(shown);
    gpu.setFunction(function);
    gpu.setVisible(visible);
    gpu.setInteracting(interacting);
    backdrop.clear();
    if (shown) renderer->ResetCameraClippingRange();
  }

  void castNow() {
    const int* size = renderer->GetSize();
    JobContext job;
    if (const auto what = scene()) {
      backdrop.show(castRays(*what->volume, *what->table, what->camera, {size[0], size[1]}, job));
    } else {
      backdrop.clear();
    }
  }

  void update() {
    vtkRenderWindow* window = renderer->GetRenderWindow();
    if (window == nullptr) return;
    if (!capabilitiesKnown) {
      software = isSoftware(window);
      capabilitiesKnown = true;
    }
    if (!onCpu()) updateGpu();
    if (withinRender) castNow();
    const int* size = renderer->GetSize();
    compass.place(shown && views.annotations, std::max(1, size[0]), std::max(1, size[1]), ratio);
  }

  vtkNew<vtkRenderer> renderer;
  Backdrop backdrop;
  OrientationCompass compass;
  GpuVolume gpu;
  DisplayVolumePtr shown;
  std::optional<Geometry> geometry;  ///< that the camera was set up for
  LayerDisplay display;
  bool visible = true;
  TransferFunction function;
  LabelTablePtr labelTable;  ///< that `table` was made from
  std::shared_ptr<const TransferTable> table;
  ViewsState views;
  double ratio = 1;
  bool interacting = false;
  bool withinRender = false;
  bool software = true;  ///< until the first render tells otherwise
  bool capabilitiesKnown = false;
  vtkNew<vtkCallbackCommand> beforeRender;
  unsigned long tag = 0;
};

VolumeRenderer::VolumeRenderer() : impl_(std::make_unique<Impl>()) {}
VolumeRenderer::~VolumeRenderer() = default;

vtkRenderer* VolumeRenderer::renderer() const {
  return impl_->renderer;
}

void VolumeRenderer::setVolume(DisplayVolumePtr volume) {
  if (volume == impl_->shown) return;
  impl_->shown = std::move(volume);
  impl_->table.reset();
  impl_->gpu.setVolume(nullptr);  // until the next render knows who draws
  impl_->backdrop.clear();
  if (!impl_->shown) return;
  impl_->applyTransfer();
  const Geometry& geometry = impl_->shown->voxels->geometry();
  if (impl_->geometry == geometry) return;
  impl_->geometry = geometry;
  resetCamera();
}

bool VolumeRenderer::setDisplay(const LayerDisplay& display) {
  const bool toggled = std::exchange(impl_->visible, display.visible) != display.visible;
  impl_->display = display;
  return impl_->applyTransfer() || toggled;
}

void VolumeRenderer::setViews(const ViewsState& views) {
  impl_->views = views;
}
void VolumeRenderer::setPixelRatio(double ratio) {
  impl_->ratio = std::max(ratio, 0.5);
}
void VolumeRenderer::setInteracting(bool interacting) {
  impl_->interacting = interacting;
}
void VolumeRenderer::castWithinRender() {
  impl_->withinRender = true;
}
bool VolumeRenderer::castsRays() const {
  return impl_->onCpu();
}
std::optional<RayScene> VolumeRenderer::scene() const {
  return impl_->scene();
}
void VolumeRenderer::show(const RayImage& image) {
  impl_->backdrop.show(image);
}
void VolumeRenderer::showNothing() {
  impl_->backdrop.clear();
}

void VolumeRenderer::resetCamera() {
  if (!impl_->shown) return;
  vtkCamera* camera = impl_->renderer->GetActiveCamera();
  const Vec3 centre = centreOf(impl_->shown->voxels->geometry());
  camera->SetFocalPoint(centre.data());
  camera->SetPosition(centre[0], centre[1] - 1, centre[2]);  // in front of the patient
  camera->SetViewUp(0, 0, 1);
  camera->Azimuth(25);
  camera->Elevation(15);
  camera->OrthogonalizeViewUp();
  impl_->renderer->ResetCamera(boundsOf(impl_->shown->voxels->geometry()).data());
  camera->Dolly(1.35);  // the fit above is to the sphere around the corners
}

void VolumeRenderer::rotate(double azimuth, double elevation) {
  vtkCamera* camera = impl_->renderer->GetActiveCamera();
  camera->Azimuth(azimuth);
  camera->Elevation(elevation);
  camera->OrthogonalizeViewUp();
}

void VolumeRenderer::pan(double dx, double dy) {
  vtkCamera* camera = impl_->renderer->GetActiveCamera();
  const double height =
      impl_->renderer->GetRenderWindow() == nullptr ? 512 : std::max(1, impl_->renderer->GetSize()[1]);
  const double mm =
      2 * camera->GetDistance() * std::tan(vtkMath::RadiansFromDegrees(0.5 * camera->GetViewAngle())) / height;
  const CameraAxes axes = axesOf(camera);
  Vec3 position{};
  Vec3 focal{};
  camera->GetPosition(position.data());
  camera->GetFocalPoint(focal.data());
  for (std::size_t a = 0; a < 3; ++a) {
    const double shift =
        mm * (dx * axes.right[a] + dy * axes.up[a]);  // the picture follows the hand: the camera goes against it
    position[a] -= shift;
    focal[a] -= shift;
  }
  camera->SetPosition(position.data());
  camera->SetFocalPoint(focal.data());
}

void VolumeRenderer::zoom(double factor) {
  if (factor > 0) impl_->renderer->GetActiveCamera()->Dolly(factor);
}

std::string VolumeRenderer::badge() const {
  if (!impl_->shown) return {};
  std::string text = impl_->onCpu() ? "CPU ray casting" : "";
  if (impl_->shown->reduction > 1) {
    text += fmt::format("{}downsampled ×{}", text.empty() ? "" : " · ", impl_->shown->reduction);
  }
  return text;
}

}  // namespace voxmark::render
