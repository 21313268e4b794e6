#pragma once

#include <cstddef>
#include <string>

#include "ui/models/session.h"

namespace voxmark::ui {

// What is done to the steps of the Process panel from lists, keys and editors: each an undoable step, nothing where
// there is no such row.

/// Puts a step behind row `after` (-1: first); returns its row.
int insertStep(Session& session, const Operation& operation, int after);
void removeStep(Session& session, int row);
void duplicateStep(Session& session, int row);
/// Moves a row to `target`, its row afterwards.
void moveStep(Session& session, int row, int target);
void switchStep(Session& session, int row, bool on);
/// An empty name, or the description, takes the user's name away.
void renameStep(Session& session, int row, const QString& name);
/// Consecutive changes with the same non-empty `key` are undone together.
void changeStep(Session& session, int row, const Operation& operation, const std::string& key = {});
void replaceSteps(Session& session, const QString& label, std::vector<PipelineStep> steps);
/// From now on the steps apply to this result of theirs, no longer to what it was made of.
void applyStepsToResult(Session& session, int layer);

/// The user's name for it, or what it does.
[[nodiscard]] QString nameOf(const PipelineStep& step);

}  // namespace voxmark::ui
