#include "core/document/views_state.h"

namespace voxmark {

const std::vector<std::string>& layoutNames() {
  static const std::vector<std::string> names{"quad",     "row",   "1+3",      "1+3:sagittal", "1+3:coronal", "1+3:3d",
                                              "lightbox", "axial", "sagittal", "coronal",      "3d"};
  return names;
}

void ViewsState::setSlice(const std::string& plane, const SliceViewState& state) {
  slices[plane] = state;
  if (!linkedZoom) return;
  for (const char* other : {"axial", "sagittal", "coronal"}) slices[other].zoom = state.zoom;
  // The three planes share their axes two by two: right is the same in axial and coronal views, up in sagittal and
  // coronal ones, and what is down in axial views is right in sagittal ones.
  SliceViewState& axial = slices["axial"];
  SliceViewState& sagittal = slices["sagittal"];
  SliceViewState& coronal = slices["coronal"];
  if (plane == "axial") {
    coronal.pan[0] = state.pan[0];
    sagittal.pan[0] = -state.pan[1];
  } else if (plane == "sagittal") {
    axial.pan[1] = -state.pan[0];
    coronal.pan[1] = state.pan[1];
  } else {
    axial.pan[0] = state.pan[0];
    sagittal.pan[1] = state.pan[1];
  }
}

void ViewsState::arrange(const std::string& newLayout) {
  const auto single = [](const std::string& name) {
    return name == "axial" || name == "sagittal" || name == "coronal" || name == "3d";
  };
  if (single(newLayout) && !single(layout)) layoutBefore = layout;
  layout = newLayout;
}

void ViewsState::maximise(const std::string& view) {
  if (layout == view) {
    layout = layoutBefore;
  } else {
    arrange(view);
  }
}

void ViewsState::lookAs(const ViewsState& other) {
  crosshair = other.crosshair;
  frame = other.frame;
  slices = other.slices;
  lightboxScroll = other.lightboxScroll;
  preview = other.preview;
}

bool ViewsState::sameSettings(const ViewsState& other) const {
  ViewsState mine = *this;
  mine.lookAs(other);
  return mine == other;
}

}  // namespace voxmark
