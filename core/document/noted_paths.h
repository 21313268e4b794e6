#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace voxmark {

// Files that the JSON of a session or of steps names, at any depth: by "path", "like", "file" or "mask".

/// Notes of each its absolute path, and in "relative" the one from the folder of `file`, which the JSON is kept in.
void notePaths(nlohmann::json& node, const std::string& file);

/// Finds them again: where they lie as seen from the folder of `file` comes first, so that of a folder that was copied
/// the copy's own files are meant.
void resolvePaths(nlohmann::json& node, const std::string& file);

}  // namespace voxmark
