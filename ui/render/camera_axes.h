#pragma once

class vtkCamera;

namespace voxmark::render {

/// The screen's axes in world coordinates, unit vectors.
struct CameraAxes {
  double forward[3];
  double right[3];
  double up[3];
};

[[nodiscard]] CameraAxes axesOf(vtkCamera* camera);

}  // namespace voxmark::render
