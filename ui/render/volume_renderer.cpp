#include "ui/render/volume_renderer.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkColorTransferFunction.h>
#include <vtkFixedPointVolumeRayCastMapper.h>
#include <vtkImageData.h>
#include <vtkMath.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkOpenGLGPUVolumeRayCastMapper.h>
#include <vtkPiecewiseFunction.h>
#include <vtkPointData.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkUnsignedShortArray.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

#include "ui/render/orientation_compass.h"
#include "ui/render/transfer_presets.h"

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

/// The voxels without a copy; `volume` must outlive the result. Direction and origin go on the prop: the CPU mapper
/// ignores those of an image.
vtkSmartPointer<vtkImageData> wrap(const Volume& volume) {
  const Geometry& geometry = volume.geometry();
  auto array = vtkSmartPointer<vtkUnsignedShortArray>::New();
  // VTK takes a pointer to mutable values, which nothing downstream of an input writes.
  auto* values = const_cast<unsigned short*>(reinterpret_cast<const unsigned short*>(volume.frameData(0)));
  array->SetArray(values, volume.info().voxelsPerFrame(), 1);
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(static_cast<int>(geometry.size[0]), static_cast<int>(geometry.size[1]),
                       static_cast<int>(geometry.size[2]));
  image->SetSpacing(geometry.spacing.data());
  image->GetPointData()->SetScalars(array);
  return image;
}

vtkSmartPointer<vtkMatrix4x4> patientMatrix(const Geometry& geometry) {
  auto matrix = vtkSmartPointer<vtkMatrix4x4>::New();
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      matrix->SetElement(row, column, geometry.direction[static_cast<std::size_t>(3 * row + column)]);
    }
    matrix->SetElement(row, 3, geometry.origin[static_cast<std::size_t>(row)]);
  }
  return matrix;
}

}  // namespace

const std::vector<std::string>& volumePresets() {
  static const std::vector<std::string> kNames{"auto",       "MIP",      "CT-Bone",
                                               "CT-Muscle",  "CT-Lung",  "CT-Coronary-Arteries",
                                               "MR-Default", "MR-Angio", "MR-T2-Brain"};
  return kNames;
}

struct VolumeRenderer::Impl {
  Impl() : compass(renderer) {
    renderer->SetBackground(0, 0, 0);
    cpuMapper->SetAutoAdjustSampleDistances(0);
    cpuMapper->SetLockSampleDistanceToInputSpacing(0);
    gpuMapper->SetAutoAdjustSampleDistances(0);
    gpuMapper->SetUseJittering(1);
    volume->PickableOff();
    beforeRender->SetClientData(this);
    beforeRender->SetCallback([](vtkObject*, unsigned long, void* self, void*) { static_cast<Impl*>(self)->update(); });
    tag = renderer->AddObserver(vtkCommand::StartEvent, beforeRender);
  }
  ~Impl() { renderer->RemoveObserver(tag); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] bool onCpu() const { return alwaysCpu || software; }

  void applyTransfer() {
    if (!shown) return;
    const TransferFunction function = transferFor(*shown, display);
    const double gain = 65535.0 / (shown->high - shown->low);
    const auto stored = [&](double value) { return (value - shown->low) * gain; };
    vtkNew<vtkColorTransferFunction> colours;
    for (const auto& point : function.colours) {
      colours->AddRGBPoint(stored(point.value), point.rgb[0], point.rgb[1], point.rgb[2]);
    }
    vtkNew<vtkPiecewiseFunction> opacities;
    for (const auto& point : function.opacities) opacities->AddPoint(stored(point.value), point.alpha);
    vtkVolumeProperty* property = volume->GetProperty();
    property->SetColor(colours);
    property->SetScalarOpacity(opacities);
    property->SetScalarOpacityUnitDistance(1.0);
    property->SetInterpolationTypeToLinear();
    property->SetShade(function.shaded);
    property->SetAmbient(0.3);
    property->SetDiffuse(1.0);
    property->SetSpecular(0.15);
    property->SetSpecularPower(12);
    const int mode = function.maximum ? vtkVolumeMapper::MAXIMUM_INTENSITY_BLEND : vtkVolumeMapper::COMPOSITE_BLEND;
    cpuMapper->SetBlendMode(mode);
    gpuMapper->SetBlendMode(mode);
    volume->SetVisibility(display.visible);
  }

  void chooseMapper() {
    const auto& spacing = shown->voxels->geometry().spacing;
    const double step = std::min({spacing[0], spacing[1], spacing[2]});
    const auto pixel = static_cast<float>(std::max(1.0, std::round(ratio)));
    if (onCpu()) {
      cpuMapper->SetSampleDistance(static_cast<float>(interacting ? 2.0 * step : 0.7 * step));
      cpuMapper->SetInteractiveSampleDistance(cpuMapper->GetSampleDistance());
      cpuMapper->SetImageSampleDistance(interacting ? 4.0F * pixel : pixel);
      volume->SetMapper(cpuMapper);
    } else {
      gpuMapper->SetSampleDistance(static_cast<float>(interacting ? 1.5 * step : 0.5 * step));
      gpuMapper->SetImageSampleDistance(interacting ? 2.0F : 1.0F);
      volume->SetMapper(gpuMapper);
    }
  }

  void update() {
    vtkRenderWindow* window = renderer->GetRenderWindow();
    if (window == nullptr) return;
    if (!capabilitiesKnown) {
      software = isSoftware(window);
      capabilitiesKnown = true;
    }
    if (shown) {
      chooseMapper();
      renderer->ResetCameraClippingRange();
    }
    const int* size = renderer->GetSize();
    compass.place(shown && views.annotations, std::max(1, size[0]), std::max(1, size[1]), ratio);
  }

  vtkNew<vtkRenderer> renderer;
  OrientationCompass compass;
  vtkNew<vtkFixedPointVolumeRayCastMapper> cpuMapper;
  vtkNew<vtkOpenGLGPUVolumeRayCastMapper> gpuMapper;
  vtkNew<vtkVolume> volume;
  DisplayVolumePtr shown;
  LayerDisplay display;
  ViewsState views;
  double ratio = 1;
  bool interacting = false;
  bool alwaysCpu = false;
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
  const bool moved = volume && (!impl_->shown || volume->voxels->geometry() != impl_->shown->voxels->geometry());
  impl_->renderer->RemoveViewProp(impl_->volume);
  const DisplayVolumePtr before = std::exchange(impl_->shown, std::move(volume));  // alive until the mappers let go
  if (!impl_->shown) {
    impl_->cpuMapper->RemoveAllInputs();
    impl_->gpuMapper->RemoveAllInputs();
    return;
  }
  const auto image = wrap(*impl_->shown->voxels);
  impl_->cpuMapper->SetInputData(image);
  impl_->gpuMapper->SetInputData(image);
  impl_->volume->SetUserMatrix(patientMatrix(impl_->shown->voxels->geometry()));
  impl_->applyTransfer();
  impl_->chooseMapper();
  impl_->renderer->AddViewProp(impl_->volume);
  if (moved) resetCamera();
}

void VolumeRenderer::setDisplay(const LayerDisplay& display) {
  if (display == impl_->display) return;
  impl_->display = display;
  impl_->applyTransfer();
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
void VolumeRenderer::useCpu(bool always) {
  impl_->alwaysCpu = always;
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
  impl_->renderer->ResetCamera();
  camera->Dolly(1.35);  // the fit above is to the sphere around the corners
  impl_->renderer->ResetCameraClippingRange();
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
  double forward[3];
  double right[3];
  double up[3];
  camera->GetDirectionOfProjection(forward);
  vtkMath::Cross(forward, camera->GetViewUp(), right);
  vtkMath::Normalize(right);
  vtkMath::Cross(right, forward, up);
  Vec3 position{};
  Vec3 focal{};
  camera->GetPosition(position.data());
  camera->GetFocalPoint(focal.data());
  for (std::size_t a = 0; a < 3; ++a) {
    const double shift = mm * (dx * right[a] + dy * up[a]);  // the picture follows the hand: the camera goes against it
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
