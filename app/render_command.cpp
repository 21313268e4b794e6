#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/commands.h"
#include "core/document/load_layer.h"
#include "core/io/frame_store.h"
#include "ui/render/color_map.h"
#include "ui/render/offscreen.h"
#include "ui/render/volume_renderer.h"

namespace voxmark::app {
namespace {

struct Options {
  std::string file;
  std::string output;
  std::string view = "quad";
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

void addLayer(Document& document, const std::string& path, const std::string& series, const Composition& composition) {
  JobContext job;
  FrameStore frames(composition.sources.open(path, {series}));
  frames.load(0, job);  // the only one that is shown
  document = withLayer(document, makeLayer(frames.volume(), document.nextLayerId, displayName(path)));
}

void applyOptions(const Options& options, Document& document) {
  Layer& base = document.layers.front();
  if (!options.window.empty()) {
    const auto values = parseNumbers("--window", options.window);
    if (values.size() != 2 || values[0] <= 0) {
      throw Error(ErrorCode::Usage, "--window is wrong (expected W,L with W above 0)");
    }
    base.display.window = {values[0], values[1]};
  }
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
  if (!options.map.empty()) {
    const auto names = render::colorMapNames();
    if (std::find(names.begin(), names.end(), options.map) == names.end()) {
      throw Error(ErrorCode::Usage,
                  fmt::format("there is no colour map '{}' (expected {})", options.map, fmt::join(names, " ")));
    }
    base.display.colorMap = options.map;
  }
  if (!options.preset.empty()) {
    const auto& names = render::volumePresets();
    if (std::find(names.begin(), names.end(), options.preset) == names.end()) {
      throw Error(ErrorCode::Usage,
                  fmt::format("there is no preset '{}' (expected {})", options.preset, fmt::join(names, " ")));
    }
    base.display.volumePreset = options.preset;
  }
}

}  // namespace

void addRenderCommand(CLI::App& app, const Composition& composition) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("render", "Draw a volume into a PNG file, without a window");
  command->add_option("FILE", options->file, "File, or folder of DICOM slices")->required();
  command->add_option("--output", options->output, "PNG file")->required();
  command->add_option("--view", options->view, "axial, sagittal, coronal, 3d or quad")
      ->check(CLI::IsMember({"axial", "sagittal", "coronal", "3d", "quad"}));
  command->add_option("--size", options->size, "WxH in pixels (default 1000x1000)");
  command->add_option("--window", options->window, "Window width and level: W,L");
  command->add_option("--at", options->at, "Voxel i,j,k whose slices are shown");
  command->add_option("--map", options->map, "Colour map");
  command->add_option("--preset", options->preset, "Preset of the 3D view");
  command->add_option("--layer", options->layers, "Another volume on top; may be repeated")->allow_extra_args(false);
  command->add_option("--series", options->series, "DICOM series: its UID, or its number in the list");
  command->callback([options, &composition] {
    render::OffscreenRequest request;
    request.view = options->view;
    parseSize(options->size, request);
    addLayer(request.document, options->file, options->series, composition);
    applyOptions(*options, request.document);
    for (const std::string& layer : options->layers) {
      addLayer(request.document, layer, {}, composition);
      request.document.layers.back().display.opacity = 0.5;
    }
    render::writePng(render::renderOffscreen(request), options->output);
  });
}

}  // namespace voxmark::app
