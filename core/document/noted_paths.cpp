#include "core/document/noted_paths.h"

#include <nlohmann/json.hpp>
#include <string>

namespace voxmark {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Calls change(object, field) for every field that names a file.
template <typename Change>
void forEachFile(json& node, Change&& change) {
  if (node.is_array()) {
    for (json& element : node) forEachFile(element, change);
  }
  if (!node.is_object()) return;
  std::string field;
  for (const char* name : {"path", "like", "file", "mask"}) {
    if (node.contains(name) && node.at(name).is_string() && !node.at(name).get<std::string>().empty()) field = name;
  }
  for (auto& element : node.items()) forEachFile(element.value(), change);
  if (!field.empty()) change(node, field);
}

bool isThere(const fs::path& path) {
  std::error_code none;
  return fs::exists(path, none);
}

fs::path folderHolding(const std::string& file) {
  return fs::absolute(file).lexically_normal().parent_path();
}

}  // namespace

void notePaths(json& node, const std::string& file) {
  const fs::path folder = folderHolding(file);
  forEachFile(node, [&](json& object, const std::string& field) {
    const fs::path named = fs::absolute(object.at(field).get<std::string>()).lexically_normal();
    object[field] = named.string();
    object["relative"] = named.lexically_relative(folder).string();
  });
}

void resolvePaths(json& node, const std::string& file) {
  const fs::path folder = folderHolding(file);
  forEachFile(node, [&](json& object, const std::string& field) {
    if (object.contains("relative") && object.at("relative").is_string()) {
      const fs::path beside = (folder / object.at("relative").get<std::string>()).lexically_normal();
      if (isThere(beside)) {
        object[field] = beside.string();
        return;
      }
    }
    const fs::path given = object.at(field).get<std::string>();
    const fs::path beside = (folder / given).lexically_normal();
    if (given.is_relative() && (isThere(beside) || !isThere(given))) object[field] = beside.string();
  });
}

}  // namespace voxmark
