#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <vtkNew.h>

#include "core/document/box_section.h"
#include "core/document/lightbox_slices.h"
#include "ui/render/legend_overlay.h"
#include "ui/render/lightbox_cell.h"
#include "ui/render/mark_scene.h"

class vtkRenderer;

namespace voxmark::render {

/// Many slices of one plane side by side in one window: a picture for each cell, of which scrolling keeps those that
/// stay in sight. Fills the window that renderer() is in; whoever owns that calls arrange() before it renders.
class LightboxRenderer {
 public:
  LightboxRenderer();
  ~LightboxRenderer();
  LightboxRenderer(const LightboxRenderer&) = delete;
  LightboxRenderer& operator=(const LightboxRenderer&) = delete;

  /// What lies behind the cells.
  [[nodiscard]] vtkRenderer* renderer() const;
  /// Layers and views; draws nothing itself.
  void setDocument(const Document& document, const std::vector<std::int64_t>* labels = nullptr);
  /// As SliceRenderer::voxelsChanged.
  bool voxelsChanged();
  void setPixelRatio(double ratio) { ratio_ = ratio; }
  /// Changes the layers of each cell, which shows `plane`, before it is drawn: a preview. `cells`: how many there are.
  using Replace = std::function<void(std::vector<SliceLayer>& layers, const SlicePlane& plane, std::size_t cells)>;
  void setReplace(Replace replace) { replace_ = std::move(replace); }
  /// Puts the cells into the window at the size that it has now.
  void arrange();

  [[nodiscard]] Plane plane() const { return plane_; }
  [[nodiscard]] const LightboxSlices& slices() const { return range_; }
  /// Slices of the volume; 0 without one.
  [[nodiscard]] std::int64_t sliceCount() const { return probe_ ? probe_->sliceCount() : 0; }
  /// The cells in use, row by row from the top left.
  [[nodiscard]] std::size_t cellCount() const { return cells_.size(); }
  [[nodiscard]] const LightboxCell& cell(std::size_t n) const { return *cells_[n]; }
  /// The cell under a pixel of the window (from its lower left); null between them.
  [[nodiscard]] const LightboxCell* cellAt(double x, double y) const;
  /// Whether a cell is still in use.
  [[nodiscard]] bool holds(const LightboxCell* cell) const;

 private:
  void matchCells();
  void place(std::size_t n, int width, int height);
  /// Whether the crosshair's slice is nearer to `slice` than to any other that a lightbox of this step shows.
  [[nodiscard]] bool nearest(std::int64_t slice) const;
  /// A cell's own views: of its slice, without the texts of a single view.
  [[nodiscard]] ViewsState viewsOf(std::int64_t slice) const;

  Plane plane_ = Plane::Axial;
  double ratio_ = 1;
  ViewsState views_;
  std::vector<SliceLayer> layers_;
  MarkScene marks_;
  Replace replace_;
  LightboxSlices range_;
  vtkNew<vtkRenderer> backdrop_;
  LegendOverlay legend_;
  std::unique_ptr<SliceRenderer> probe_;  ///< never drawn: knows slices and places
  std::vector<std::unique_ptr<LightboxCell>> cells_;
};

}  // namespace voxmark::render
