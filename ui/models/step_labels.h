#pragma once

#include "core/document/document.h"

namespace voxmark::ui {

/// Whether a layer's values are labels, which must not be mixed: it is drawn as such, its file says so (NIfTI's intent
/// 1002), or the middle slice of its first frame looks like it. Looks at no more than that slice.
[[nodiscard]] bool holdsLabels(const Layer& layer);

}  // namespace voxmark::ui
