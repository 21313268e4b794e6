#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace voxmark {

// Files that the JSON of a session or of steps names, at any depth: by "path", "like", "file" or "mask".

/// Notes of each its absolute path, and in "relative" the one from `folder`.
void notePaths(nlohmann::json& node, const std::filesystem::path& folder);

/// Finds them again from a file in `folder`: where they lie as seen from there comes first, so that of a folder that
/// was copied the copy's own files are meant.
void resolvePaths(nlohmann::json& node, const std::filesystem::path& folder);

/// The absolute folder that a file is in.
[[nodiscard]] std::filesystem::path folderOf(const std::string& path);

}  // namespace voxmark
