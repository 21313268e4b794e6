#include "ui/render/legend_overlay.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <vtkActor2D.h>
#include <vtkCallbackCommand.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkCommand.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>

#include "ui/render/slice_annotations.h"

namespace voxmark::render {
namespace {

constexpr double kTextPoints = 12;
constexpr double kFromEdge = 30;    ///< pixels that the letter at the edge keeps
constexpr double kBar = 12;         ///< width of the bar and of a swatch
constexpr double kLine = 18;        ///< height of an entry
constexpr double kSmallView = 220;  ///< sides below it have no legend
constexpr std::array<std::uint8_t, 3> kRim{20, 20, 20};

}  // namespace

LegendOverlay::LegendOverlay(vtkRenderer* renderer)
    : renderer_(renderer),
      boxes_(vtkSmartPointer<vtkPolyData>::New()),
      boxActor_(makeLines(boxes_)),
      beforeRender_(vtkSmartPointer<vtkCallbackCommand>::New()) {
  renderer_->AddActor2D(boxActor_);
  beforeRender_->SetClientData(this);
  beforeRender_->SetCallback(
      [](vtkObject*, unsigned long, void* self, void*) { static_cast<LegendOverlay*>(self)->place(); });
  tag_ = renderer_->AddObserver(vtkCommand::StartEvent, beforeRender_);
}

LegendOverlay::~LegendOverlay() {
  renderer_->RemoveObserver(tag_);
}

void LegendOverlay::show(const Document& document, const std::vector<std::int64_t>* present) {
  const Layer* active = document.active();
  if (!document.views.legend || active == nullptr || !active->volume || !active->display.visible) {
    legend_.reset();
    shown_.reset();
    volume_.reset();
    return;
  }
  const bool same = present == nullptr ? !present_ : present_ && *present_ == *present;
  if (same && shown_ == active->display && volume_ == active->volume) return;
  present_ = present == nullptr ? std::nullopt : std::optional(*present);
  shown_ = active->display;
  volume_ = active->volume;
  legend_ = legendOf(volume_->info(), *shown_, present);
}

void LegendOverlay::addBox(double left, double bottom, double right, double top,
                           const std::array<std::uint8_t, 3>& colour) {
  vtkPoints* points = boxes_->GetPoints();
  const vtkIdType ids[4] = {points->InsertNextPoint(left, bottom, 0), points->InsertNextPoint(right, bottom, 0),
                            points->InsertNextPoint(right, top, 0), points->InsertNextPoint(left, top, 0)};
  boxes_->GetPolys()->InsertNextCell(4, ids);
  colours_->InsertNextTypedTuple(colour.data());
}

void LegendOverlay::addText(double x, double y, const std::string& text) {
  if (used_ == texts_.size()) {
    texts_.push_back(makeText());
    texts_.back()->GetTextProperty()->SetJustificationToRight();
    texts_.back()->GetTextProperty()->SetVerticalJustificationToCentered();
    renderer_->AddActor2D(texts_.back());
  }
  vtkTextActor* actor = texts_[used_++];
  actor->SetInput(text.c_str());
  setTextSize(actor, renderer_, kTextPoints, ratio_);
  actor->SetPosition(std::round(x), std::round(y));
  actor->VisibilityOn();
}

void LegendOverlay::placeBar(double right, double low, double high) {
  const double left = right - kBar * ratio_;
  const double rim = std::max(1.0, std::round(ratio_));
  addBox(left - rim, low - rim, right + rim, high + rim, kRim);
  const auto strips = static_cast<int>(std::min<double>(256, high - low));
  for (int n = 0; n < strips; ++n) {
    const Rgba& c = (*legend_->bar)[static_cast<std::size_t>(n * 255 / std::max(1, strips - 1))];
    addBox(left, low + (high - low) * n / strips, right, low + (high - low) * (n + 1) / strips, {c[0], c[1], c[2]});
  }
  for (const LegendTick& tick : legend_->ticks) {
    const double y = low + (high - low) * tick.place;
    addBox(left - 4 * ratio_, y - rim / 2, left, y + rim / 2, {220, 220, 220});
    addText(left - 7 * ratio_, y, tick.text);
  }
}

void LegendOverlay::placeEntries(double right, double low, double high) {
  const auto& entries = legend_->entries;
  const double line = kLine * ratio_;
  const auto fit = static_cast<std::size_t>(std::max(1.0, (high - low) / line));
  const std::size_t shown = entries.size() <= fit ? entries.size() : fit - 1;
  const std::size_t lines = std::min(entries.size(), fit);
  double y = (low + high) / 2 + line * (static_cast<double>(lines) - 1) / 2;
  const double rim = std::max(1.0, std::round(ratio_));
  const double half = kBar * ratio_ / 2;
  for (std::size_t n = 0; n < shown; ++n, y -= line) {
    addBox(right - 2 * half - rim, y - half - rim, right + rim, y + half + rim, kRim);
    addBox(right - 2 * half, y - half, right, y + half, entries[n].colour);
    addText(right - 2 * half - 7 * ratio_, y, entries[n].text);
  }
  if (shown < entries.size()) addText(right, y, fmt::format("and {} more", entries.size() - shown));
}

void LegendOverlay::place() {
  for (const auto& text : texts_) text->VisibilityOff();
  used_ = 0;
  const int* size = renderer_->GetSize();
  const bool room = std::min(size[0], size[1]) >= kSmallView * ratio_;
  boxActor_->SetVisibility(legend_.has_value() && room);
  if (!legend_ || !room) return;
  boxes_->SetPoints(vtkSmartPointer<vtkPoints>::New());
  boxes_->SetPolys(vtkSmartPointer<vtkCellArray>::New());
  colours_ = vtkSmartPointer<vtkUnsignedCharArray>::New();
  colours_->SetNumberOfComponents(3);
  const double right = std::round(size[0] - kFromEdge * ratio_);
  const double low = std::round(0.2 * size[1]);
  const double high = std::round(0.8 * size[1]);
  if (legend_->bar) {
    placeBar(right, low, high);
  } else {
    placeEntries(right, low, high);
  }
  boxes_->GetCellData()->SetScalars(colours_);
  boxes_->Modified();
}

}  // namespace voxmark::render
