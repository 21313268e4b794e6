#pragma once

#include "core/document/mark_geometry.h"
#include "ui/widgets/tools/view_tool.h"

namespace voxmark::ui {

/// Makes all of the active layer the crop box, unless there is a box of a layer already.
void beginCrop(Document& document);

/// Drags the sides, the corners and the inside of the crop box, voxel by voxel; outside of it, the crosshair.
class CropTool : public ViewTool {
 public:
  using ViewTool::ViewTool;
  void press(const PointerPlace& at) override;
  void drag(const PointerPlace& at) override;
  void release(const PointerPlace&) override { from_.reset(); }

 private:
  Grip grip_;
  CropBox before_;
  std::optional<Vec3> from_;  ///< where the box was taken; nothing while it is not
};

}  // namespace voxmark::ui
