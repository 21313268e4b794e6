#include "ui/render/gpu_volume.h"

#include <algorithm>
#include <utility>

#include <vtkColorTransferFunction.h>
#include <vtkImageData.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkOpenGLGPUVolumeRayCastMapper.h>
#include <vtkPiecewiseFunction.h>
#include <vtkPointData.h>
#include <vtkRenderer.h>
#include <vtkUnsignedShortArray.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

namespace voxmark::render {
namespace {

/// The voxels without a copy; `volume` must outlive the result. Direction and origin go on the prop.
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

GpuVolume::GpuVolume(vtkRenderer* renderer)
    : renderer_(renderer),
      mapper_(vtkSmartPointer<vtkOpenGLGPUVolumeRayCastMapper>::New()),
      prop_(vtkSmartPointer<vtkVolume>::New()) {
  mapper_->SetAutoAdjustSampleDistances(0);
  mapper_->SetUseJittering(1);
  prop_->SetMapper(mapper_);
  prop_->PickableOff();
}

void GpuVolume::setVolume(DisplayVolumePtr volume) {
  if (volume == shown_) return;
  renderer_->RemoveViewProp(prop_);
  function_.reset();
  const DisplayVolumePtr before = std::exchange(shown_, std::move(volume));  // alive until the mapper lets go
  if (!shown_) {
    mapper_->RemoveAllInputs();
    return;
  }
  mapper_->SetInputData(wrap(*shown_->voxels));
  prop_->SetUserMatrix(patientMatrix(shown_->voxels->geometry()));
  renderer_->AddViewProp(prop_);
}

void GpuVolume::setFunction(const TransferFunction& function) {
  if (!shown_ || function_ == function) return;
  function_ = function;
  const double gain = 65535.0 / (shown_->high - shown_->low);
  const auto stored = [&](double value) { return (value - shown_->low) * gain; };
  vtkNew<vtkColorTransferFunction> colours;
  for (const auto& point : function.colours) {
    colours->AddRGBPoint(stored(point.value), point.rgb[0], point.rgb[1], point.rgb[2]);
  }
  vtkNew<vtkPiecewiseFunction> opacities;
  for (const auto& point : function.opacities) opacities->AddPoint(stored(point.value), point.alpha);
  vtkVolumeProperty* property = prop_->GetProperty();
  property->SetColor(colours);
  property->SetScalarOpacity(opacities);
  property->SetScalarOpacityUnitDistance(1.0);
  property->SetInterpolationTypeToLinear();
  property->SetShade(function.shaded);
  property->SetAmbient(0.3);
  property->SetDiffuse(1.0);
  property->SetSpecular(0.15);
  property->SetSpecularPower(12);
  mapper_->SetBlendMode(function.maximum ? vtkVolumeMapper::MAXIMUM_INTENSITY_BLEND : vtkVolumeMapper::COMPOSITE_BLEND);
}

void GpuVolume::setVisible(bool visible) {
  prop_->SetVisibility(visible);
}

void GpuVolume::setInteracting(bool interacting) {
  if (!shown_) return;
  const auto& spacing = shown_->voxels->geometry().spacing;
  const double step = std::min({spacing[0], spacing[1], spacing[2]});
  mapper_->SetSampleDistance(static_cast<float>(interacting ? 1.5 * step : 0.5 * step));
  mapper_->SetImageSampleDistance(interacting ? 2.0F : 1.0F);
}

}  // namespace voxmark::render
