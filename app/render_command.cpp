#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/commands.h"
#include "app/render_layers.h"
#include "app/render_options.h"
#include "core/base/error.h"
#include "ui/render/offscreen.h"
#include "ui/render/volume_renderer.h"

namespace voxmark::app {
namespace {

struct Options {
  std::string file;
  std::string output;
  std::string session;
  std::string view;  ///< empty: the session's, else quad
  std::string size = "1000x1000";
  std::string window;
  std::string at;
  std::string map;
  std::string preset;
  std::string series;
  std::vector<std::string> layers;
};

void parseSize(const std::string& text, render::OffscreenRequest& request) {
  const auto cross = text.find('x');
  if (cross != std::string::npos) {
    const auto width = parseIntegers("--size", text.substr(0, cross), 1).front();
    const auto height = parseIntegers("--size", text.substr(cross + 1), 1).front();
    if (width >= 16 && width <= 16384 && height >= 16 && height <= 16384) {
      request.width = static_cast<int>(width);
      request.height = static_cast<int>(height);
      return;
    }
  }
  throw Error(ErrorCode::Usage, fmt::format("--size is wrong (expected WxH from 16 to 16384, found '{}')", text));
}

void applyOptions(const Options& options, Document& document) {
  Layer& base = document.layers.front();
  if (!options.window.empty()) setWindow(base.display, "--window", options.window);
  if (!options.at.empty()) {
    const auto index = parseIntegers("--at", options.at, 3);
    const Index3 voxel{index[0], index[1], index[2]};
    if (!wholeOf(base.volume->geometry().size).contains(voxel)) {
      throw Error(ErrorCode::Usage, "--at does not lie inside the volume");
    }
    document.views.crosshair =
        voxelToWorld(base.volume->geometry(),
                     {static_cast<double>(index[0]), static_cast<double>(index[1]), static_cast<double>(index[2])});
  }
  if (!options.map.empty()) setColorMap(base.display, options.map);
  if (!options.preset.empty()) {
    const auto& names = render::volumePresets();
    if (std::find(names.begin(), names.end(), options.preset) == names.end()) {
      throw Error(ErrorCode::Usage,
                  fmt::format("there is no preset '{}' (expected {})", options.preset, fmt::join(names, " ")));
    }
    base.display.volumePreset = options.preset;
  }
}

/// The document that is drawn; what the options say of its layers is not applied yet, except for the opacity that
/// layers on top begin with.
Document openDocument(const Options& options, const Composition& composition) {
  if (options.file.empty() == options.session.empty()) {
    throw Error(ErrorCode::Usage,
                "expected either FILE or --session, found " + std::string(options.file.empty() ? "neither" : "both"));
  }
  Document document;
  if (!options.session.empty()) {
    document = openSession(options.session, composition);
  } else {
    addFileLayer(document, options.file, options.series, composition);
  }
  return document;
}

void draw(const Options& options, const RenderOptions& looks, const Composition& composition) {
  render::OffscreenRequest request;
  parseSize(options.size, request);
  request.document = openDocument(options, composition);
  const auto active = request.document.activeLayer;
  const std::size_t first = request.document.layers.size();
  for (const std::string& layer : options.layers) {
    addFileLayer(request.document, layer, {}, composition);
    request.document.layers.back().display.opacity = 0.5;
  }
  request.document.activeLayer = active;  // its window is written in the corner
  applyOptions(options, request.document);
  looks.apply(request.document, first);
  request.view = !options.view.empty()     ? options.view
                 : options.session.empty() ? "quad"
                                           : request.document.views.layout;
  render::writePng(render::renderOffscreen(request), options.output);
}

}  // namespace

void addRenderCommand(CLI::App& app, const Composition& composition) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("render", "Draw a volume into a PNG file, without a window");
  command->add_option("FILE", options->file, "File, or folder of DICOM slices");
  command->add_option("--session", options->session, "Draw a saved session instead of FILE");
  command->add_option("--output", options->output, "PNG file")->required();
  command->add_option("--view", options->view, fmt::format("{} (default quad)", fmt::join(layoutNames(), ", ")))
      ->check(CLI::IsMember(layoutNames()));
  command->add_option("--size", options->size, "WxH in pixels (default 1000x1000)");
  command->add_option("--window", options->window, "Window width and level of FILE: W,L");
  command->add_option("--at", options->at, "Voxel i,j,k whose slices are shown");
  command->add_option("--map", options->map, "Colour map of FILE");
  command->add_option("--preset", options->preset, "Preset of the 3D view");
  command->add_option("--layer", options->layers, "Another volume on top; may be repeated")->allow_extra_args(false);
  command->add_option("--series", options->series, "DICOM series: its UID, or its number in the list");
  auto looks = std::make_shared<RenderOptions>(*command);
  command->callback([options, looks, &composition] { draw(*options, *looks, composition); });
}

}  // namespace voxmark::app
