#include "ui/render/camera_axes.h"

#include <vtkCamera.h>
#include <vtkMath.h>

namespace voxmark::render {

CameraAxes axesOf(vtkCamera* camera) {
  CameraAxes axes{};
  camera->GetDirectionOfProjection(axes.forward);
  vtkMath::Cross(axes.forward, camera->GetViewUp(), axes.right);
  vtkMath::Normalize(axes.right);
  vtkMath::Cross(axes.right, axes.forward, axes.up);
  return axes;
}

}  // namespace voxmark::render
