#pragma once

#include <array>
#include <optional>
#include <string>

#include <vtkSmartPointer.h>

#include "ui/render/slice_renderer.h"

class vtkActor2D;
class vtkPolyData;
class vtkRenderer;
class vtkTextActor;

namespace voxmark::render {

/// What is written over a slice.
struct SliceNotes {
  std::array<std::string, 4> edges;  ///< left, right, top, bottom
  std::string topLeft;
  std::string bottomLeft;
  std::string topRight;
  std::string middle;  ///< in place of a picture that is not there; shown in small views too
};

/// Letters, corner texts and crosshair over a slice view, in the pixels of its renderer.
class SliceAnnotations {
 public:
  SliceAnnotations(vtkRenderer* renderer, Plane plane);

  /// Places everything for a view of width × height pixels. Corner texts are left out of small views.
  void showNotes(const std::optional<SliceNotes>& notes, int width, int height, double ratio);
  /// The crosshair about a point in pixels, its lines ending `margin` pixels (at ratio 1) before the edges; nothing
  /// hides it.
  void showCrosshair(const std::optional<std::array<double, 2>>& at, int width, int height, double ratio,
                     double margin);

 private:
  static constexpr std::size_t kTexts = 8;
  vtkRenderer* renderer_;
  std::array<vtkSmartPointer<vtkTextActor>, kTexts> texts_;
  std::array<vtkSmartPointer<vtkPolyData>, 2> lines_;
  std::array<vtkSmartPointer<vtkActor2D>, 2> lineActors_;
};

/// The colour that a plane has wherever it is named or drawn: red, yellow, green; 0 to 1.
[[nodiscard]] std::array<double, 3> planeColour(Plane plane);
/// A text in light grey with a shadow, of `points` on a screen of ratio 1, whatever resolution the window claims.
[[nodiscard]] vtkSmartPointer<vtkTextActor> makeText();
void setTextSize(vtkTextActor* text, vtkRenderer* renderer, double points, double ratio);
/// Draws a set of lines in the pixels of the renderer.
[[nodiscard]] vtkSmartPointer<vtkActor2D> makeLines(vtkPolyData* data);

}  // namespace voxmark::render
