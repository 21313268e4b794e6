#pragma once

#include <optional>

#include <vtkSmartPointer.h>

#include "ui/render/display_volume.h"
#include "ui/render/transfer_presets.h"

class vtkOpenGLGPUVolumeRayCastMapper;
class vtkRenderer;
class vtkVolume;

namespace voxmark::render {

/// The volume as OpenGL casts it, where there is a graphics card.
class GpuVolume {
 public:
  explicit GpuVolume(vtkRenderer* renderer);
  /// Null shows nothing.
  void setVolume(DisplayVolumePtr volume);
  void setFunction(const TransferFunction& function);
  void setVisible(bool visible);
  /// Coarser, faster frames while the user drags.
  void setInteracting(bool interacting);

 private:
  vtkRenderer* renderer_;
  vtkSmartPointer<vtkOpenGLGPUVolumeRayCastMapper> mapper_;
  vtkSmartPointer<vtkVolume> prop_;
  DisplayVolumePtr shown_;
  std::optional<TransferFunction> function_;  ///< of the property, for this volume
};

}  // namespace voxmark::render
