#pragma once

#include <array>
#include <vector>

#include <vtkSmartPointer.h>

#include "ui/render/mark_scene.h"
#include "ui/render/mark_shapes.h"

class vtkActor2D;
class vtkCallbackCommand;
class vtkPolyData;
class vtkTextActor;

namespace voxmark::render {

/// Draws marks over a slice view, in the pixels of its renderer. Places itself before each render, after the slice
/// view itself has. Every line and letter has a dark rim, so that it is seen on bright tissue.
class MarkOverlay {
 public:
  /// `slices` must outlive it.
  explicit MarkOverlay(const SliceRenderer& slices);
  ~MarkOverlay();
  MarkOverlay(const MarkOverlay&) = delete;
  MarkOverlay& operator=(const MarkOverlay&) = delete;
  void setScene(MarkScene scene) { scene_ = std::move(scene); }
  void setPixelRatio(double ratio) { ratio_ = ratio; }

 private:
  enum Style : std::size_t { Plain, Dim, Selected, Crop, kStyles };
  struct Pen {
    vtkSmartPointer<vtkPolyData> lines;
    vtkSmartPointer<vtkActor2D> rim;
    vtkSmartPointer<vtkActor2D> actor;
  };
  struct Placed {
    MarkShape shape;
    Style style;
    bool grips;
  };
  void place();
  void drawLines(const std::vector<Placed>& placed);
  void drawTexts(const std::vector<Placed>& placed);
  void shade(const MarkShape* crop);

  const SliceRenderer& slices_;
  MarkScene scene_;
  double ratio_ = 1;
  std::array<Pen, kStyles> pens_;
  vtkSmartPointer<vtkPolyData> shade_;  ///< over what a crop leaves out
  vtkSmartPointer<vtkActor2D> shadeActor_;
  std::vector<vtkSmartPointer<vtkTextActor>> texts_;
  vtkSmartPointer<vtkCallbackCommand> beforeRender_;
  unsigned long tag_ = 0;
};

}  // namespace voxmark::render
