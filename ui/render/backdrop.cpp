#include "ui/render/backdrop.h"

#include <vtkCellArray.h>
#include <vtkCoordinate.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkRenderer.h>
#include <vtkTexture.h>
#include <vtkTexturedActor2D.h>

namespace voxmark::render {

Backdrop::Backdrop(vtkRenderer* renderer)
    : pixels_(vtkSmartPointer<vtkImageData>::New()),
      texture_(vtkSmartPointer<vtkTexture>::New()),
      actor_(vtkSmartPointer<vtkTexturedActor2D>::New()) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkFloatArray> places;
  places->SetNumberOfComponents(2);
  for (const auto& corner : {std::pair{0.F, 0.F}, {1.F, 0.F}, {1.F, 1.F}, {0.F, 1.F}}) {
    points->InsertNextPoint(corner.first, corner.second, 0);
    places->InsertNextTuple2(corner.first, corner.second);
  }
  vtkNew<vtkCellArray> quads;
  const vtkIdType ids[4] = {0, 1, 2, 3};
  quads->InsertNextCell(4, ids);
  vtkNew<vtkPolyData> quad;
  quad->SetPoints(points);
  quad->SetPolys(quads);
  quad->GetPointData()->SetTCoords(places);
  vtkNew<vtkCoordinate> viewport;
  viewport->SetCoordinateSystemToNormalizedViewport();
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(quad);
  mapper->SetTransformCoordinate(viewport);
  mapper->TransformCoordinateUseDoubleOn();  // in whole pixels the last row and column would stay empty
  texture_->SetInputData(pixels_);
  texture_->InterpolateOn();
  texture_->RepeatOff();
  texture_->EdgeClampOn();
  actor_->SetMapper(mapper);
  actor_->SetTexture(texture_);
  actor_->SetLayerNumber(-1);
  actor_->PickableOff();
  actor_->VisibilityOff();
  renderer->AddActor2D(actor_);
}

void Backdrop::show(const RayImage& image) {
  pixels_->SetDimensions(image.width, image.height, 1);
  pixels_->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  auto* to = static_cast<std::uint8_t*>(pixels_->GetScalarPointer());
  // What shines through to the black background needs no alpha.
  for (std::size_t n = 0; n < image.rgba.size(); n += 4, to += 3) {
    to[0] = image.rgba[n];
    to[1] = image.rgba[n + 1];
    to[2] = image.rgba[n + 2];
  }
  pixels_->Modified();
  actor_->VisibilityOn();
}

void Backdrop::clear() {
  actor_->VisibilityOff();
}

}  // namespace voxmark::render
