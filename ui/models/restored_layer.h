#pragma once

#include <functional>
#include <string>

#include "ui/models/session.h"

namespace voxmark::ui {

/// Changes the layer `id` in every snapshot that has it.
void reviseLayer(Session& session, int id, const std::function<void(Layer&)>& change);

/// A layer of the document cannot get its voxels, for the reason `why`; it stays with all its settings, and is saved
/// with them, so that nothing is lost.
void markMissing(Session& session, int id, const std::string& why);

}  // namespace voxmark::ui
