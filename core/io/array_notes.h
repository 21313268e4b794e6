#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/io/layout_source.h"

namespace voxmark {

/// What an array's container says of its grid. Lists are empty where it says nothing.
struct ArrayNotes {
  std::string axes;               ///< see arrayAxes
  std::vector<double> spacing;    ///< 3: mm along i, j, k
  std::vector<double> origin;     ///< 3: LPS mm
  std::vector<double> direction;  ///< 9: row-major; the columns are the directions of i, j, k in LPS
  std::vector<double> affine;     ///< 16: row-major; of voxel (i, j, k) to RAS mm, as nibabel has it
  double frameSpacing = 0;
  std::string frameUnit;
};

/// Row-major 4×4 of voxel (i, j, k) to RAS mm.
[[nodiscard]] std::array<double, 16> rasAffine(const Geometry& geometry);

/// The name that marks our notes among others; its value is their version.
inline constexpr const char* kNotesMark = "voxmarkGeometry";
/// Names: kNotesMark, axes, spacing, origin, direction, orientation, space ("LPS mm": of the three before), affine,
/// affineSpace ("RAS mm"), and of frames frameSpacing and frameUnit where they are known.
[[nodiscard]] nlohmann::ordered_json arrayNotesJson(const VolumeInfo& info);
/// Notes from JSON of these names; others are skipped. Throws Error(Format), naming the field of `path`.
[[nodiscard]] ArrayNotes arrayNotesFrom(const std::string& path, const nlohmann::ordered_json& json);

/// Sizes, axes and geometry of layout.info and layout.axes from an array's shape and notes; pixel type and path are
/// set already. Where the notes leave out the axes: i, j, k if they hold an affine alone, for that is how nibabel's
/// users store it, else usualAxes. Whatever is guessed is a warning. Throws Error: Format, Unsupported.
void describeArray(RawLayout& layout, const std::vector<std::int64_t>& shape, bool firstFastest,
                   const ArrayNotes& notes);

}  // namespace voxmark
