#include "ui/render/orientation_compass.h"

#include <algorithm>
#include <cmath>

#include <vtkActor2D.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkMath.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkProperty2D.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>

#include "ui/render/camera_axes.h"
#include "ui/render/slice_annotations.h"

namespace voxmark::render {
namespace {

struct Pole {
  const char* letter;
  double x, y, z;  ///< LPS
};
constexpr Pole kPoles[] = {{"L", 1, 0, 0},  {"R", -1, 0, 0}, {"P", 0, 1, 0},
                           {"A", 0, -1, 0}, {"S", 0, 0, 1},  {"I", 0, 0, -1}};

/// Sides below it, in points, have no room for six letters that can be told apart.
constexpr double kSmallView = 150;

}  // namespace

OrientationCompass::OrientationCompass(vtkRenderer* renderer) : renderer_(renderer) {
  lines_ = vtkSmartPointer<vtkPolyData>::New();
  lineActor_ = makeLines(lines_);
  lineActor_->GetProperty()->SetColor(0.5, 0.5, 0.5);
  renderer_->AddActor2D(lineActor_);
  for (std::size_t n = 0; n < letters_.size(); ++n) {
    letters_[n] = makeText();
    letters_[n]->SetInput(kPoles[n].letter);
    letters_[n]->GetTextProperty()->SetJustificationToCentered();
    letters_[n]->GetTextProperty()->SetVerticalJustificationToCentered();
    renderer_->AddActor2D(letters_[n]);
  }
}

void OrientationCompass::place(bool wanted, int width, int height, double ratio) {
  const bool visible = wanted && std::min(width, height) >= kSmallView * ratio;
  lineActor_->SetVisibility(visible);
  vtkCamera* camera = renderer_->GetActiveCamera();
  const CameraAxes axes = axesOf(camera);
  const double radius = std::min(30 * ratio, 0.12 * std::min(width, height));
  const double x0 = width - 1.6 * radius;
  const double y0 = 1.6 * radius;
  auto points = vtkSmartPointer<vtkPoints>::New();
  auto cells = vtkSmartPointer<vtkCellArray>::New();
  for (std::size_t n = 0; n < letters_.size(); ++n) {
    const double pole[3] = {kPoles[n].x, kPoles[n].y, kPoles[n].z};
    const double x = vtkMath::Dot(pole, axes.right);
    const double y = vtkMath::Dot(pole, axes.up);
    const double away = vtkMath::Dot(pole, axes.forward);
    letters_[n]->SetVisibility(visible);
    // The brighter the nearer: 1 towards the viewer, 0.35 straight away.
    const double shade = 0.675 - 0.325 * away;
    letters_[n]->GetTextProperty()->SetColor(shade, shade, shade);
    setTextSize(letters_[n], renderer_, 12, ratio);
    letters_[n]->SetPosition(std::round(x0 + 1.3 * radius * x), std::round(y0 + 1.3 * radius * y));
    const vtkIdType ids[2] = {points->InsertNextPoint(x0, y0, 0),
                              points->InsertNextPoint(x0 + 0.85 * radius * x, y0 + 0.85 * radius * y, 0)};
    cells->InsertNextCell(2, ids);
  }
  lines_->SetPoints(points);
  lines_->SetLines(cells);
}

}  // namespace voxmark::render
