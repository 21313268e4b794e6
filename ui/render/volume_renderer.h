#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/document/document.h"
#include "core/jobs/job_context.h"

class vtkRenderer;

namespace voxmark::render {

/// A volume made ready for ray casting: unsigned 16-bit values over [low, high], no longer than `maxAxis` along any
/// axis. Made off the GUI thread; shared.
struct DisplayVolume {
  VolumePtr voxels;                 ///< u16, geometry of the reduced grid, in host memory
  double low = 0;                   ///< value that 0 stands for
  double high = 1;                  ///< value that 65535 stands for
  int reduction = 1;                ///< voxels of the original along each axis that became one
  std::vector<double> percentiles;  ///< values below which 1, 25, 50, 75, 90, 95, 99 % lie
};
using DisplayVolumePtr = std::shared_ptr<const DisplayVolume>;

/// Scales one frame (its first component) to u16. Throws Cancelled.
[[nodiscard]] DisplayVolumePtr makeDisplayVolume(const Volume& volume, std::int64_t frame, std::int64_t maxAxis,
                                                 JobContext& job);

/// Names as users of VTK and Slicer know them, "auto" and "MIP" first: CT-Bone, CT-Muscle, CT-Lung,
/// CT-Coronary-Arteries, MR-Default, MR-Angio, MR-T2-Brain.
[[nodiscard]] const std::vector<std::string>& volumePresets();

/// The 3D view: one volume, ray cast, with an orientation cube. The CPU mapper is used where GL is a software
/// rasteriser, and the badge says so.
class VolumeRenderer {
 public:
  VolumeRenderer();
  ~VolumeRenderer();
  VolumeRenderer(const VolumeRenderer&) = delete;
  VolumeRenderer& operator=(const VolumeRenderer&) = delete;

  [[nodiscard]] vtkRenderer* renderer() const;
  /// Null clears the view. The camera is reset when the geometry is another one.
  void setVolume(DisplayVolumePtr volume);
  void setDisplay(const LayerDisplay& display);
  void setViews(const ViewsState& views);
  void setPixelRatio(double ratio);
  /// Coarser, faster frames while the user drags.
  void setInteracting(bool interacting);
  /// Casts rays on the CPU whatever GL is: the same picture on every machine.
  void useCpu(bool always);
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
