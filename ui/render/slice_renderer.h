#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "ui/render/slice_plane.h"

class vtkRenderer;

namespace voxmark::render {

class MarkOverlay;
struct MarkScene;

/// What one slice view draws, bottom first.
struct SliceLayer {
  VolumePtr volume;
  LayerDisplay display;
  bool active = false;  ///< its window is the one written in the corner
  VolumePtr shown{};    ///< drawn instead, where `volume` lies: a preview of what becomes of it
};

/// One slice view: the layers cut along the voxel axis of the bottom layer that is nearest to the plane's normal, or
/// along the patient's axes, or turned, as the views say, with crosshair and annotations. The picture is made pixel by
/// pixel on the processor, the same everywhere, from each layer's own voxels. Knows no Qt and no window: whoever owns
/// the render window adds renderer() to it and asks it to render. Screen right and up follow the radiological
/// convention (patient right on the left) unless the views say otherwise; sagittal views look with the nose to the
/// left.
class SliceRenderer {
 public:
  explicit SliceRenderer(Plane plane);
  ~SliceRenderer();
  SliceRenderer(const SliceRenderer&) = delete;
  SliceRenderer& operator=(const SliceRenderer&) = delete;

  [[nodiscard]] vtkRenderer* renderer() const;
  [[nodiscard]] Plane plane() const;

  /// Both are cheap where nothing changed, and draw nothing themselves: the owner renders its window afterwards.
  void setLayers(std::vector<SliceLayer> layers);
  [[nodiscard]] const std::vector<SliceLayer>& layers() const;
  void setViews(const ViewsState& views);
  /// Marks and the crop box over the slice.
  void setMarks(MarkScene scene);
  /// Voxels of the layers have come in. True where the picture is to be drawn again: it lacked some.
  bool voxelsChanged();
  /// Text and line width per device pixel: 1, 2 on HiDPI screens.
  void setPixelRatio(double ratio);

  /// World position under a point of the renderer (device pixels from its lower left), on the shown slice; nothing
  /// without a volume.
  [[nodiscard]] std::optional<Vec3> worldAt(double x, double y) const;
  /// Where a world position is on the screen (device pixels from the renderer's lower left), seen along the normal;
  /// nothing without a volume.
  [[nodiscard]] std::optional<std::array<double, 2>> pixelOf(const Vec3& world) const;
  /// Unit vectors (LPS) to the right, up, and across the slices towards higher slice numbers.
  [[nodiscard]] std::array<Vec3, 3> axes() const;
  /// Distance of a position from the shown slice, mm, along axes()[2].
  [[nodiscard]] double distanceTo(const Vec3& world) const;
  /// Millimetres from one slice to the next.
  [[nodiscard]] double sliceSpacing() const;
  /// The shown slice, counted along the slicing axis so that it grows towards superior, left and posterior
  /// respectively; 0 without a volume.
  [[nodiscard]] std::int64_t slice() const;
  [[nodiscard]] std::int64_t sliceCount() const;
  /// Where the crosshair goes when this view shows slice `index` (clamped): the same point, moved along the normal.
  [[nodiscard]] Vec3 crosshairAtSlice(std::int64_t index) const;
  /// Millimetres that a device pixel covers now.
  [[nodiscard]] double mmPerPixel() const;
  /// Zoom about a point so that what is under it stays there; for wheel and drag.
  [[nodiscard]] SliceViewState zoomedAt(double x, double y, double factor) const;
  /// Letters at the left, right, top and bottom edges, for instance {"R", "L", "A", "P"}.
  [[nodiscard]] std::array<std::string, 4> edgeLetters() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::unique_ptr<MarkOverlay> marks_;
};

}  // namespace voxmark::render
