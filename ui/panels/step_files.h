#pragma once

#include <functional>

#include "ui/models/session.h"

class QWidget;

namespace voxmark::ui {

/// Asks for a file and writes the document's steps to it; `convert --pipeline` runs such files. `failed` is told what
/// has gone wrong.
void askToSaveSteps(Session& session, QWidget* window, std::function<void(const QString&)> failed);
/// The steps of such a file take the place of those that are there, as one undoable step. Throws Error.
void loadSteps(Session& session, const QString& path);
/// Asks for such a file; its steps take the place of those that are there, as one undoable step.
void askToLoadSteps(Session& session, QWidget* window, std::function<void(const QString&)> failed);

}  // namespace voxmark::ui
