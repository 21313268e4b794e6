#pragma once

#include <string>

#include "core/document/document.h"

namespace voxmark {

/// What three numbers without letters mean: a voxel of the active layer, or millimetres in the patient.
enum class CoordinateKind { Voxel, Lps, Ras };

/// The world position (LPS mm) that a person means: three numbers apart by spaces, commas or semicolons, or three with
/// patient letters in any order ("R 17.6 P 35.3 S 12.1"), which are millimetres whatever `kind` says. What follows a
/// bar is left out, so that a line of the status bar can be given back. Throws Error(Usage) where that is no place, or
/// one outside of every layer.
[[nodiscard]] Vec3 placeFromText(const std::string& text, CoordinateKind kind, const Document& document);

}  // namespace voxmark
