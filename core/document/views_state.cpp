#include "core/document/views_state.h"

namespace voxmark {

const std::vector<std::string>& layoutNames() {
  static const std::vector<std::string> names{"quad", "row", "1+3", "lightbox", "axial", "sagittal", "coronal", "3d"};
  return names;
}

void ViewsState::lookAs(const ViewsState& other) {
  crosshair = other.crosshair;
  frame = other.frame;
  slices = other.slices;
}

bool ViewsState::sameSettings(const ViewsState& other) const {
  ViewsState mine = *this;
  mine.lookAs(other);
  return mine == other;
}

}  // namespace voxmark
