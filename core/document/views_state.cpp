#include "core/document/views_state.h"

namespace voxmark {

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
