#pragma once

#include "ui/models/action_list.h"
#include "ui/widgets/views_area.h"

namespace voxmark::ui {

/// The View menu: what the slice and 3D views show, and how they are laid out.
void addViewActions(ActionList& actions, Session& session, ViewsArea& views);

}  // namespace voxmark::ui
