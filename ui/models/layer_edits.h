#pragma once

#include <functional>
#include <string>

#include "ui/models/session.h"

namespace voxmark::ui {

// What is done to layers from menus, keys and panels: each an undoable step, nothing where the layer is gone.

/// Changes how a layer is drawn. Consecutive edits of one layer with the same non-empty `key` are undone together.
void editDisplay(Session& session, int layer, const QString& label, const std::function<void(LayerDisplay&)>& change,
                 const std::string& key = {});
void editActiveDisplay(Session& session, const QString& label, const std::function<void(LayerDisplay&)>& change,
                       const std::string& key = {});

/// The range without 0.1 % of the values on each side, of the frame shown. Of a layer that is still being read and
/// whose file asks for no window, the window that follows what comes in.
void automaticWindow(Session& session);
/// The window that the active layer was first shown with.
void resetWindow(Session& session);

void removeLayer(Session& session, int layer);
void renameLayer(Session& session, int layer, const QString& name);
/// The same voxels once more, drawn in their own way, above the layer.
void duplicateLayer(Session& session, int layer);
/// Puts a layer at `position` of the document's order, bottom first.
void moveLayer(Session& session, int layer, std::size_t position);
void toggleLayer(Session& session, int layer);
/// Raises or lowers the active layer's opacity to the next multiple of `step`.
void stepOpacity(Session& session, double step);
/// Makes the layer above (1) or below (-1) the active one.
void stepActiveLayer(Session& session, int step);

}  // namespace voxmark::ui
