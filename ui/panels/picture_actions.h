#pragma once

#include "ui/models/action_list.h"
#include "ui/models/job_controller.h"

namespace voxmark::ui {

class MainWindow;

/// File > Save picture and Copy picture: of the view that was clicked last, of all views, or of the window.
void addPictureActions(ActionList& actions, Session& session, JobController& jobs, MainWindow& window);

}  // namespace voxmark::ui
