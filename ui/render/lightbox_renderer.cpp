#include "ui/render/lightbox_renderer.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "ui/render/slice_layers.h"

namespace voxmark::render {
namespace {

constexpr int kGap = 2;              ///< pixels between cells
constexpr double kLegendRoom = 104;  ///< pixels at ratio 1

Plane planeOf(const std::string& key) {
  for (const Plane plane : {Plane::Sagittal, Plane::Coronal}) {
    if (planeKey(plane) == key) return plane;
  }
  return Plane::Axial;
}

/// Where the n-th of `count` parts of a length begins, gaps between them.
int edge(int n, int count, int length) {
  return static_cast<int>(std::lround(static_cast<double>(n) * (length + kGap) / count));
}

}  // namespace

LightboxRenderer::LightboxRenderer() : legend_(backdrop_) {
  backdrop_->SetBackground(0.16, 0.16, 0.17);
}

LightboxRenderer::~LightboxRenderer() = default;

vtkRenderer* LightboxRenderer::renderer() const {
  return backdrop_;
}

void LightboxRenderer::setDocument(const Document& document, const std::vector<std::int64_t>* labels) {
  views_ = document.views;
  layers_ = sliceLayersOf(document);
  marks_ = markSceneOf(document);
  marks_.cropGrips = false;  // they are dragged in the single views
  legend_.show(document, labels);
  const Plane plane = planeOf(views_.lightbox.plane);
  if (!probe_ || plane != plane_) {
    plane_ = plane;
    probe_ = std::make_unique<SliceRenderer>(plane);
  }
  probe_->setLayers(layers_);
  probe_->setViews(views_);
  range_ = lightboxSlices(views_.lightbox, views_.lightboxScroll, probe_->sliceCount());
  // Several turns of the wheel may come between two pictures, and each builds on the zoom that the last one left.
  for (const auto& cell : cells_) {
    if (cell->slices().plane() == plane_) cell->slices().setViews(viewsOf(cell->shown));
  }
}

bool LightboxRenderer::voxelsChanged() {
  bool changed = false;
  for (const auto& cell : cells_) changed = cell->slices().voxelsChanged() || changed;
  return changed;
}

bool LightboxRenderer::nearest(std::int64_t slice) const {
  const std::int64_t away = probe_->slice() - slice;
  return 2 * away > -range_.step && 2 * away <= range_.step;
}

ViewsState LightboxRenderer::viewsOf(std::int64_t slice) const {
  ViewsState out = views_;
  out.annotations = false;
  out.crosshairVisible = views_.crosshairVisible && nearest(slice);
  if (slice != probe_->slice()) out.crosshair = probe_->crosshairAtSlice(slice);
  return out;
}

void LightboxRenderer::matchCells() {
  vtkRenderWindow* window = backdrop_->GetRenderWindow();
  std::vector<std::unique_ptr<LightboxCell>> spare = std::move(cells_);
  cells_.clear();
  cells_.resize(static_cast<std::size_t>(range_.shown));
  const auto take = [&](auto&& fits) {
    for (std::size_t n = 0; n < cells_.size(); ++n) {
      if (cells_[n]) continue;
      const std::int64_t slice = range_.first + static_cast<std::int64_t>(n) * range_.step;
      const auto found = std::find_if(spare.begin(), spare.end(), [&](const auto& cell) {
        return cell && cell->slices().plane() == plane_ && fits(*cell, slice);
      });
      if (found != spare.end()) cells_[n] = std::move(*found);
    }
  };
  take([](const LightboxCell& cell, std::int64_t slice) { return cell.shown == slice; });
  take([](const LightboxCell&, std::int64_t) { return true; });
  for (const auto& cell : spare) {
    if (cell) window->RemoveRenderer(cell->slices().renderer());
  }
  for (auto& cell : cells_) {
    if (cell) continue;
    cell = std::make_unique<LightboxCell>(plane_);
    window->AddRenderer(cell->slices().renderer());
  }
}

void LightboxRenderer::arrange() {
  const vtkRenderWindow* window = backdrop_->GetRenderWindow();
  if (window == nullptr || !probe_) return;
  const int* size = const_cast<vtkRenderWindow*>(window)->GetSize();
  legend_.setPixelRatio(ratio_);
  const int legend =
      legend_.drawn() && size[0] > 4 * kLegendRoom * ratio_ ? static_cast<int>(std::lround(kLegendRoom * ratio_)) : 0;
  matchCells();
  for (std::size_t n = 0; n < cells_.size(); ++n) place(n, std::max(1, size[0] - legend), std::max(1, size[1]));
}

void LightboxRenderer::place(std::size_t n, int width, int height) {
  const int columns = std::clamp(views_.lightbox.columns, 1, 100);
  const int rows = std::clamp(views_.lightbox.rows, 1, 100);
  const int column = static_cast<int>(n) % columns;
  const int row = static_cast<int>(n) / columns;
  const int left = edge(column, columns, width);
  const int top = edge(row, rows, height);
  const int right = std::max(left + 1, edge(column + 1, columns, width) - kGap);
  const int bottom = std::max(top + 1, edge(row + 1, rows, height) - kGap);
  LightboxCell& cell = *cells_[n];
  cell.pane = {left, height - bottom, right - left, bottom - top};
  cell.shown = range_.first + static_cast<std::int64_t>(n) * range_.step;
  const int* window = backdrop_->GetRenderWindow()->GetSize();
  const double w = window[0];
  const double h = window[1];
  cell.slices().renderer()->SetViewport(left / w, (height - bottom) / h, right / w, (height - top) / h);
  cell.slices().setPixelRatio(ratio_);
  const ViewsState views = viewsOf(cell.shown);
  std::vector<SliceLayer> layers = layers_;
  const auto plane = replace_ ? planeOf(layers, plane_, views) : std::nullopt;
  if (plane) replace_(layers, *plane, cells_.size());
  cell.slices().setLayers(std::move(layers));
  cell.slices().setViews(views);
  cell.slices().setMarks(marks_);
  CellNotes notes;
  if (views_.annotations) {
    const auto letters = cell.slices().edgeLetters();
    notes.number = fmt::format("{}", cell.shown + 1);
    if (column == 0) notes.left = letters[0];
    if (column == columns - 1 || n + 1 == cells_.size()) notes.right = letters[1];
  }
  notes.framed = views_.crosshairVisible && nearest(cell.shown);
  cell.write(notes, cell.pane[2], cell.pane[3], ratio_);
}

bool LightboxRenderer::holds(const LightboxCell* cell) const {
  return std::any_of(cells_.begin(), cells_.end(), [cell](const auto& own) { return own.get() == cell; });
}

const LightboxCell* LightboxRenderer::cellAt(double x, double y) const {
  for (const auto& cell : cells_) {
    const auto& [left, bottom, width, height] = cell->pane;
    if (x >= left && x < left + width && y >= bottom && y < bottom + height) return cell.get();
  }
  return nullptr;
}

}  // namespace voxmark::render
