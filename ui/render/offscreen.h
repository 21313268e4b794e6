#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/document/document.h"

namespace voxmark::render {

struct OffscreenRequest {
  Document document;          ///< layers with their voxels, views with crosshair
  std::string view = "quad";  ///< one of layoutNames()
  int width = 1000;
  int height = 1000;
};

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  ///< top row first
};

/// Draws without showing a window, the same on every machine. Throws Error(Display) where there is no X server.
[[nodiscard]] Image renderOffscreen(const OffscreenRequest& request);
/// Throws Error(Io).
void writePng(const Image& image, const std::string& path);
[[nodiscard]] Image readPng(const std::string& path);

}  // namespace voxmark::render
