#pragma once

#include <vtkSmartPointer.h>

#include "ui/render/ray_caster.h"

class vtkImageData;
class vtkRenderer;
class vtkTexture;
class vtkTexturedActor2D;

namespace voxmark::render {

/// A picture that fills a renderer's viewport, under its other 2D props. One of fewer pixels is enlarged smoothly.
class Backdrop {
 public:
  explicit Backdrop(vtkRenderer* renderer);
  void show(const RayImage& image);
  void clear();

 private:
  vtkSmartPointer<vtkImageData> pixels_;
  vtkSmartPointer<vtkTexture> texture_;
  vtkSmartPointer<vtkTexturedActor2D> actor_;
};

}  // namespace voxmark::render
