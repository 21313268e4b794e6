#include "ui/render/lightbox_cell.h"

#include <cmath>

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkProperty2D.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>

#include "ui/render/slice_annotations.h"

namespace voxmark::render {
namespace {

constexpr double kTextPoints = 11;
constexpr int kLeastForText = 40;  ///< pixels of a side at ratio 1

}  // namespace

LightboxCell::LightboxCell(Plane plane) : slices_(plane) {
  static constexpr std::array<std::array<int, 2>, 3> kLeans{
      {{VTK_TEXT_LEFT, VTK_TEXT_TOP}, {VTK_TEXT_LEFT, VTK_TEXT_CENTERED}, {VTK_TEXT_RIGHT, VTK_TEXT_CENTERED}}};
  for (std::size_t n = 0; n < texts_.size(); ++n) {
    texts_[n] = makeText();
    texts_[n]->GetTextProperty()->SetJustification(kLeans[n][0]);
    texts_[n]->GetTextProperty()->SetVerticalJustification(kLeans[n][1]);
    slices_.renderer()->AddActor2D(texts_[n]);
  }
  frame_ = vtkSmartPointer<vtkPolyData>::New();
  frameActor_ = makeLines(frame_);
  const auto colour = planeColour(plane);
  frameActor_->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
  slices_.renderer()->AddActor2D(frameActor_);
}

void LightboxCell::write(const CellNotes& notes, int width, int height, double ratio) {
  const double margin = std::round(4 * ratio);
  const bool room = std::min(width, height) >= kLeastForText * ratio;
  const std::array<const std::string*, 3> contents{&notes.number, &notes.left, &notes.right};
  const double middle = std::round(0.5 * height);
  const double places[3][2] = {{margin, height - margin}, {margin, middle}, {width - margin, middle}};
  for (std::size_t n = 0; n < texts_.size(); ++n) {
    texts_[n]->SetVisibility(room && !contents[n]->empty());
    if (contents[n]->empty()) continue;
    texts_[n]->SetInput(contents[n]->c_str());
    setTextSize(texts_[n], slices_.renderer(), kTextPoints, ratio);
    texts_[n]->SetPosition(places[n][0], places[n][1]);
  }
  frameActor_->SetVisibility(notes.framed);
  if (!notes.framed) return;
  const double line = std::max(1.0, std::round(2 * ratio));
  frameActor_->GetProperty()->SetLineWidth(static_cast<float>(line));
  auto points = vtkSmartPointer<vtkPoints>::New();
  const double in = line / 2;
  const double corners[4][2] = {{in, in}, {width - in, in}, {width - in, height - in}, {in, height - in}};
  auto cells = vtkSmartPointer<vtkCellArray>::New();
  cells->InsertNextCell(5);
  for (const auto& corner : corners) cells->InsertCellPoint(points->InsertNextPoint(corner[0], corner[1], 0));
  cells->InsertCellPoint(0);
  frame_->SetPoints(points);
  frame_->SetLines(cells);
}

}  // namespace voxmark::render
