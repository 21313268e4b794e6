#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace voxmark::house {

/// A file of the repository.
struct SourceFile {
  std::string path;  ///< from the repository root, '/' between folders: "core/base/error.h"
  std::string text;
};

/// The repository that is being tested. Throws std::runtime_error where the test was started without it.
[[nodiscard]] std::filesystem::path repositoryRoot();
/// Every C++ and CUDA source and header of the rooms (core, gpu, ui, app, bench, tests), in path order.
[[nodiscard]] std::vector<SourceFile> sourceFiles();
[[nodiscard]] std::string readText(const std::filesystem::path& path);
[[nodiscard]] std::size_t lineCount(const std::string& text);

}  // namespace voxmark::house
