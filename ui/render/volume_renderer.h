#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "ui/render/display_volume.h"
#include "ui/render/ray_caster.h"

class vtkRenderer;

namespace voxmark::render {

/// Names as users of VTK and Slicer know them, "auto" and "MIP" first: CT-Bone, CT-Muscle, CT-Lung,
/// CT-Coronary-Arteries, MR-Default, MR-Angio, MR-T2-Brain.
[[nodiscard]] const std::vector<std::string>& volumePresets();

/// The 3D view: one volume, ray cast, with an orientation cube. A graphics card draws it within the render; where GL
/// is a software rasteriser the owner has scene() cast on another thread and hands the picture to show(), and the
/// badge says so.
class VolumeRenderer {
 public:
  VolumeRenderer();
  ~VolumeRenderer();
  VolumeRenderer(const VolumeRenderer&) = delete;
  VolumeRenderer& operator=(const VolumeRenderer&) = delete;

  [[nodiscard]] vtkRenderer* renderer() const;
  /// Null clears the view. The camera is reset when the geometry is another one than that of the last volume.
  void setVolume(DisplayVolumePtr volume);
  /// Whether that changes the picture.
  bool setDisplay(const LayerDisplay& display);
  void setViews(const ViewsState& views);
  void setPixelRatio(double ratio);
  /// Coarser, faster frames of the graphics card while the user drags.
  void setInteracting(bool interacting);
  /// Casts rays on the CPU within each render whatever GL is, for pictures that are the same on every machine.
  void castWithinRender();
  /// Whether pictures come from show(). Known after the first render; true until then.
  [[nodiscard]] bool castsRays() const;
  /// What castRays is to draw; nothing where there is nothing to see.
  [[nodiscard]] std::optional<RayScene> scene() const;
  /// A picture of scene() that fills the view until the next one.
  void show(const RayImage& image);
  void showNothing();
  /// Looks from the front (anterior), patient upright.
  void resetCamera();
  /// Turns by degrees about the vertical and horizontal screen axes; moves by device pixels; zooms by a factor.
  void rotate(double azimuth, double elevation);
  void pan(double dx, double dy);
  void zoom(double factor);
  /// "CPU ray casting · downsampled ×2", empty where there is nothing to say.
  [[nodiscard]] std::string badge() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace voxmark::render
