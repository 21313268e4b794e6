#pragma once

#include "core/document/document.h"

namespace voxmark {

/// Throws Error(Format) naming the field unless all of `document`, which may come from a file that anybody can write,
/// is something that the window could have made: ids that are there once and refer to what is there, numbers in their
/// ranges, layouts that exist. Voxels are not looked at.
void checkDocument(const Document& document);

}  // namespace voxmark
