#pragma once

#include <array>

#include <vtkSmartPointer.h>

class vtkActor2D;
class vtkPolyData;
class vtkRenderer;
class vtkTextActor;

namespace voxmark::render {

/// The patient's axes as the camera sees them, with their letters, in the lower right corner of a view. Letters that
/// point away from the viewer are dimmed.
class OrientationCompass {
 public:
  explicit OrientationCompass(vtkRenderer* renderer);
  void place(bool wanted, int width, int height, double ratio);

 private:
  vtkRenderer* renderer_;
  std::array<vtkSmartPointer<vtkTextActor>, 6> letters_;
  vtkSmartPointer<vtkPolyData> lines_;
  vtkSmartPointer<vtkActor2D> lineActor_;
};

}  // namespace voxmark::render
