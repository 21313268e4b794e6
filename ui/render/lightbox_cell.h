#pragma once

#include <array>
#include <memory>
#include <string>

#include <vtkSmartPointer.h>

#include "ui/render/slice_renderer.h"

class vtkActor2D;
class vtkPolyData;
class vtkTextActor;

namespace voxmark::render {

/// What is written and drawn over a cell.
struct CellNotes {
  std::string number;   ///< of the slice
  std::string left;     ///< letter at the left edge, where the cell is the first of its row
  std::string right;    ///< and at the right edge, where it is the last
  bool framed = false;  ///< of all cells the crosshair is nearest to this one
};

/// One picture of a lightbox.
class LightboxCell {
 public:
  explicit LightboxCell(Plane plane);
  [[nodiscard]] SliceRenderer& slices() { return slices_; }
  [[nodiscard]] const SliceRenderer& slices() const { return slices_; }
  /// Places them for a cell of width × height pixels.
  void write(const CellNotes& notes, int width, int height, double ratio);

  std::int64_t shown = -1;              ///< slice
  std::array<int, 4> pane{0, 0, 0, 0};  ///< x, y, width, height in the window: pixels from the lower left

 private:
  SliceRenderer slices_;
  std::array<vtkSmartPointer<vtkTextActor>, 3> texts_;
  vtkSmartPointer<vtkPolyData> frame_;
  vtkSmartPointer<vtkActor2D> frameActor_;
};

}  // namespace voxmark::render
