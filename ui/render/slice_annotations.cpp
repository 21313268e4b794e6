#include "ui/render/slice_annotations.h"

#include <algorithm>
#include <cmath>

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkCoordinate.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty2D.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>

namespace voxmark::render {
namespace {

constexpr double kTextPoints = 13;
constexpr int kSmallView = 220;

/// The planes that the upright and the level line of a view stand for.
std::array<Plane, 2> planesOfLines(Plane view) {
  switch (view) {
    case Plane::Axial:
      return {Plane::Sagittal, Plane::Coronal};
    case Plane::Sagittal:
      return {Plane::Coronal, Plane::Axial};
    case Plane::Coronal:
      break;
  }
  return {Plane::Sagittal, Plane::Axial};
}

/// Where a text sits: fractions of the view, a margin towards the middle, and how the text leans on that point. The
/// last one keeps off the crosshair of a volume that was just opened.
struct Place {
  double x, y;
  int justification, vertical;
};
constexpr Place kPlaces[] = {
    {0, 0.5, VTK_TEXT_LEFT, VTK_TEXT_CENTERED}, {1, 0.5, VTK_TEXT_RIGHT, VTK_TEXT_CENTERED},
    {0.5, 1, VTK_TEXT_CENTERED, VTK_TEXT_TOP},  {0.5, 0, VTK_TEXT_CENTERED, VTK_TEXT_BOTTOM},
    {0, 1, VTK_TEXT_LEFT, VTK_TEXT_TOP},        {0, 0, VTK_TEXT_LEFT, VTK_TEXT_BOTTOM},
    {1, 1, VTK_TEXT_RIGHT, VTK_TEXT_TOP},       {0.25, 0.6, VTK_TEXT_CENTERED, VTK_TEXT_CENTERED}};
constexpr std::size_t kMiddle = 7;

}  // namespace

std::array<double, 3> planeColour(Plane plane) {
  switch (plane) {
    case Plane::Axial:
      return {0xe0 / 255.0, 0x5a / 255.0, 0x5a / 255.0};
    case Plane::Sagittal:
      return {0xe0 / 255.0, 0xc0 / 255.0, 0x4a / 255.0};
    case Plane::Coronal:
      break;
  }
  return {0x5a / 255.0, 0xc0 / 255.0, 0x6a / 255.0};
}

vtkSmartPointer<vtkTextActor> makeText() {
  auto text = vtkSmartPointer<vtkTextActor>::New();
  vtkTextProperty* property = text->GetTextProperty();
  property->SetFontFamilyToArial();
  property->SetColor(0.86, 0.86, 0.86);
  property->SetShadow(1);  // letters stay readable on bright tissue
  property->SetShadowOffset(1, -1);
  property->ShadowOn();
  property->SetShadowOffset(1, -1);
  text->GetPositionCoordinate()->SetCoordinateSystemToViewport();
  text->PickableOff();
  return text;
}

void setTextSize(vtkTextActor* text, vtkRenderer* renderer, double points, double ratio) {
  // The window's resolution scales text as well; whoever hosts the window may have set it or not.
  const vtkRenderWindow* window = renderer->GetRenderWindow();
  const int dpi = window != nullptr ? std::max(1, const_cast<vtkRenderWindow*>(window)->GetDPI()) : 72;
  text->GetTextProperty()->SetFontSize(std::max(6, static_cast<int>(std::lround(points * ratio * 72.0 / dpi))));
}

vtkSmartPointer<vtkActor2D> makeLines(vtkPolyData* data) {
  auto mapper = vtkSmartPointer<vtkPolyDataMapper2D>::New();
  mapper->SetInputData(data);
  auto actor = vtkSmartPointer<vtkActor2D>::New();
  actor->SetMapper(mapper);
  actor->PickableOff();
  return actor;
}

SliceAnnotations::SliceAnnotations(vtkRenderer* renderer, Plane plane) : renderer_(renderer) {
  const std::array<Plane, 2> planes = planesOfLines(plane);
  for (std::size_t n = 0; n < 2; ++n) {
    lines_[n] = vtkSmartPointer<vtkPolyData>::New();
    lineActors_[n] = makeLines(lines_[n]);
    const auto colour = planeColour(planes[n]);
    lineActors_[n]->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
    renderer_->AddActor2D(lineActors_[n]);
  }
  for (std::size_t n = 0; n < kTexts; ++n) {
    texts_[n] = makeText();
    texts_[n]->GetTextProperty()->SetJustification(kPlaces[n].justification);
    texts_[n]->GetTextProperty()->SetVerticalJustification(kPlaces[n].vertical);
    renderer_->AddActor2D(texts_[n]);
  }
}

void SliceAnnotations::showNotes(const std::optional<SliceNotes>& notes, int width, int height, double ratio) {
  const bool small = std::min(width, height) < kSmallView * ratio;
  const double margin = std::round(6 * ratio);
  for (std::size_t n = 0; n < kTexts; ++n) {
    std::string content;
    if (notes && n < 4) content = notes->edges[n];
    if (notes && n == kMiddle) content = notes->middle;
    if (notes && !small && n >= 4 && n < kMiddle) {
      content = n == 4 ? notes->topLeft : n == 5 ? notes->bottomLeft : notes->topRight;
    }
    texts_[n]->SetVisibility(!content.empty());
    if (content.empty()) continue;
    texts_[n]->SetInput(content.c_str());
    setTextSize(texts_[n], renderer_, kTextPoints, ratio);
    const Place& place = kPlaces[n];
    texts_[n]->SetPosition(std::round(std::clamp(place.x * width, margin, width - margin)),
                           std::round(std::clamp(place.y * height, margin, height - margin)));
  }
}

void SliceAnnotations::showCrosshair(const std::optional<std::array<double, 2>>& at, int width, int height,
                                     double ratio, double margin) {
  for (std::size_t n = 0; n < 2; ++n) {
    lineActors_[n]->SetVisibility(at.has_value());
    if (!at) continue;
    const double gap = 10 * ratio;
    const double x = std::floor((*at)[0]) + 0.5;
    const double y = std::floor((*at)[1]) + 0.5;
    const double end = n == 0 ? height : width;
    const double middle = n == 0 ? y : x;
    auto points = vtkSmartPointer<vtkPoints>::New();
    auto cells = vtkSmartPointer<vtkCellArray>::New();
    const auto segment = [&](double from, double to) {
      const double low = std::clamp(from, 0.0, end);
      const double high = std::clamp(to, 0.0, end);
      if (high <= low) return;
      const vtkIdType ids[2] = {n == 0 ? points->InsertNextPoint(x, low, 0) : points->InsertNextPoint(low, y, 0),
                                n == 0 ? points->InsertNextPoint(x, high, 0) : points->InsertNextPoint(high, y, 0)};
      cells->InsertNextCell(2, ids);
    };
    segment(margin * ratio, middle - gap);
    segment(middle + gap, end - margin * ratio);
    lines_[n]->SetPoints(points);
    lines_[n]->SetLines(cells);
    lineActors_[n]->GetProperty()->SetLineWidth(static_cast<float>(std::max(1.0, std::round(ratio))));
  }
}

}  // namespace voxmark::render
