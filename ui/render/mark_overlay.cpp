#include "ui/render/mark_overlay.h"

#include <algorithm>
#include <cmath>

#include <vtkActor2D.h>
#include <vtkCallbackCommand.h>
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

constexpr double kGripHalf = 3.5;
constexpr double kTextPoints = 12;
constexpr double kShade = 0.55;
constexpr double kTextGround = 0.5;

struct Look {
  std::array<double, 3> colour;
  double opacity;
};
constexpr Look kLooks[] = {{{0.31, 0.84, 0.94}, 1},      // plain
                           {{0.31, 0.84, 0.94}, 0.45},   // dim
                           {{1.00, 0.84, 0.32}, 1},      // selected
                           {{0.95, 0.95, 0.95}, 0.95}};  // crop

/// Points and cells of one pen.
struct Drawing {
  vtkSmartPointer<vtkPoints> points = vtkSmartPointer<vtkPoints>::New();
  vtkSmartPointer<vtkCellArray> lines = vtkSmartPointer<vtkCellArray>::New();
  vtkSmartPointer<vtkCellArray> polys = vtkSmartPointer<vtkCellArray>::New();

  void add(vtkCellArray* cells, const std::vector<Pixel>& path) const {
    cells->InsertNextCell(static_cast<int>(path.size()));
    for (const Pixel& at : path) cells->InsertCellPoint(points->InsertNextPoint(at[0], at[1], 0));
  }
  void addSquare(const Pixel& at, double half) const {
    const double x = std::round(at[0]);
    const double y = std::round(at[1]);
    add(polys, {{x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}});
  }
  void into(vtkPolyData* data) const {
    data->SetPoints(points);
    data->SetLines(lines);
    data->SetPolys(polys);
    data->Modified();
  }
};

}  // namespace

MarkScene markSceneOf(const Document& document) {
  MarkScene out;
  for (const Mark& mark : document.marks) {
    if (mark.visible) out.marks.push_back(mark);
  }
  out.selected = document.selectedMark;
  const Layer* layer = document.crop ? document.find(document.crop->layer) : nullptr;
  if (layer != nullptr && layer->volume) {
    out.crop = document.crop;
    out.cropGeometry = layer->volume->geometry();
  }
  return out;
}

MarkOverlay::MarkOverlay(const SliceRenderer& slices) : slices_(slices) {
  vtkRenderer* renderer = slices_.renderer();
  // Actors of one layer are drawn in an order of VTK's own.
  const auto makeActor = [&](vtkPolyData* data, const std::array<double, 3>& colour, double opacity, int layer) {
    auto actor = makeLines(data);
    actor->SetLayerNumber(layer);
    actor->GetProperty()->SetColor(colour[0], colour[1], colour[2]);
    actor->GetProperty()->SetOpacity(opacity);
    actor->VisibilityOff();
    renderer->AddActor2D(actor);
    return actor;
  };
  shade_ = vtkSmartPointer<vtkPolyData>::New();
  shadeActor_ = makeActor(shade_, {0, 0, 0}, kShade, 0);
  for (std::size_t n = 0; n < kStyles; ++n) {
    Pen& pen = pens_[n];
    pen.lines = vtkSmartPointer<vtkPolyData>::New();
    pen.rim = makeActor(pen.lines, {0, 0, 0}, 0.7 * kLooks[n].opacity, 1);
    pen.actor = makeActor(pen.lines, kLooks[n].colour, kLooks[n].opacity, 2);
  }
  beforeRender_ = vtkSmartPointer<vtkCallbackCommand>::New();
  beforeRender_->SetClientData(this);
  beforeRender_->SetCallback(
      [](vtkObject*, unsigned long, void* self, void*) { static_cast<MarkOverlay*>(self)->place(); });
  tag_ = renderer->AddObserver(vtkCommand::StartEvent, beforeRender_, -1.0F);  // after the slice view's own
}

MarkOverlay::~MarkOverlay() {
  slices_.renderer()->RemoveObserver(tag_);
}

void MarkOverlay::place() {
  std::vector<Placed> placed;
  const auto add = [&](std::optional<MarkShape> shape, Style style, bool grips) {
    if (shape) placed.push_back({std::move(*shape), style, grips});
  };
  if (scene_.crop) add(shapeOf(*scene_.crop, scene_.cropGeometry, slices_), Crop, scene_.cropGrips);
  const bool cropped = !placed.empty();
  for (const Mark& mark : scene_.marks) {
    const bool selected = scene_.selected == mark.id;
    if (auto shape = shapeOf(mark, slices_, ratio_)) {
      const Style style = selected ? Selected : shape->dim ? Dim : Plain;
      add(std::move(shape), style, selected);
    }
  }
  if (scene_.preview) add(shapeOf(*scene_.preview, slices_, ratio_), Selected, true);
  drawLines(placed);
  drawTexts(placed);
  shade(cropped ? &placed.front().shape : nullptr);
}

void MarkOverlay::drawLines(const std::vector<Placed>& placed) {
  for (std::size_t n = 0; n < kStyles; ++n) {
    Pen& pen = pens_[n];
    const bool any = std::any_of(placed.begin(), placed.end(), [n](const Placed& mark) { return mark.style == n; });
    pen.rim->SetVisibility(any);
    pen.actor->SetVisibility(any);
    if (!any) continue;
    const Drawing drawing;
    for (const Placed& mark : placed) {
      if (mark.style != n) continue;
      for (const auto& line : mark.shape.lines) drawing.add(drawing.lines, line);
      if (!mark.grips) continue;
      for (const GripPlace& grip : mark.shape.grips) drawing.addSquare(grip.at, std::round(kGripHalf * ratio_));
    }
    drawing.into(pen.lines);
    const double width = n == Crop ? 1.0 : 1.5;
    pen.actor->GetProperty()->SetLineWidth(static_cast<float>(width * ratio_));
    pen.rim->GetProperty()->SetLineWidth(static_cast<float>((width + 2) * ratio_));
  }
}

void MarkOverlay::drawTexts(const std::vector<Placed>& placed) {
  const int* size = slices_.renderer()->GetSize();
  std::vector<Pixel> taken;
  std::size_t used = 0;
  for (const Placed& mark : placed) {
    if (mark.shape.text.empty() || mark.shape.dim) continue;
    if (used == texts_.size()) {
      texts_.push_back(makeText());
      texts_.back()->SetLayerNumber(3);
      vtkTextProperty* property = texts_.back()->GetTextProperty();
      property->SetVerticalJustificationToCentered();
      property->SetBackgroundColor(0, 0, 0);
      property->SetBackgroundOpacity(kTextGround);
      slices_.renderer()->AddActor2D(texts_.back());
    }
    vtkTextActor* text = texts_[used++];
    text->SetInput(mark.shape.text.c_str());
    setTextSize(text, slices_.renderer(), kTextPoints, ratio_);
    const Look& look = kLooks[mark.style];
    text->GetTextProperty()->SetColor(look.colour[0], look.colour[1], look.colour[2]);
    text->VisibilityOn();
    double extent[2] = {0, 0};
    text->GetSize(slices_.renderer(), extent);
    const double margin = 6 * ratio_;
    const double line = 1.4 * kTextPoints * ratio_;
    const double x = std::clamp(mark.shape.textAt[0] + 9 * ratio_, margin,
                                std::max(margin, static_cast<double>(size[0]) - extent[0] - margin));
    double y = std::clamp(mark.shape.textAt[1], line, std::max(line, static_cast<double>(size[1]) - line));
    for (const Pixel& other : taken) {
      if (std::abs(other[1] - y) < line && std::abs(other[0] - x) < 100 * ratio_) y = other[1] - line;
    }
    taken.push_back({x, y});
    text->SetPosition(std::round(x), std::round(y));
  }
  for (; used < texts_.size(); ++used) texts_[used]->VisibilityOff();
}

void MarkOverlay::shade(const MarkShape* crop) {
  shadeActor_->SetVisibility(scene_.crop.has_value());
  if (!scene_.crop) return;
  const int* size = slices_.renderer()->GetSize();
  const double w = size[0];
  const double h = size[1];
  const Drawing drawing;
  if (crop == nullptr) {  // the slice lies outside of the box
    drawing.add(drawing.polys, {{0, 0}, {w, 0}, {w, h}, {0, h}});
  } else {
    // Beyond each edge of the convex outline, up to far outside of the view.
    const std::vector<Pixel>& line = crop->lines.front();
    Pixel middle{0, 0};
    const auto corners = static_cast<double>(line.size() - 1);
    for (std::size_t n = 0; n + 1 < line.size(); ++n) {
      middle = {middle[0] + line[n][0] / corners, middle[1] + line[n][1] / corners};
    }
    const auto outwards = [&](const Pixel& at) {
      const Pixel away{at[0] - middle[0], at[1] - middle[1]};
      const double factor = 4 * (w + h) / std::max(1.0, std::hypot(away[0], away[1]));
      return Pixel{at[0] + factor * away[0], at[1] + factor * away[1]};
    };
    for (std::size_t n = 0; n + 1 < line.size(); ++n) {
      drawing.add(drawing.polys, {line[n], line[n + 1], outwards(line[n + 1]), outwards(line[n])});
    }
  }
  drawing.into(shade_);
}

}  // namespace voxmark::render
