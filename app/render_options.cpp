#include "app/render_options.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/arguments.h"
#include "core/base/error.h"
#include "core/document/label_table_file.h"
#include "core/document/plane_angles.h"
#include "ui/render/color_map.h"

namespace voxmark::app {
namespace {

const std::map<std::string, std::string> kOfALayer{
    {"--opacity", "0 to 1; FILE 1, others 0.5"},
    {"--blend", "How it is laid on those below: over, add or maximum"},
    {"--interp", "Between voxels: nearest or linear"},
    {"--layer-window", "Window width and level: W,L"},
    {"--layer-map", "Colour map"},
    {"--hide-below", "Values below are not drawn"},
    {"--hide-above", "Values above are not drawn"},
    {"--label-table", "Its values are labels: of ITK-SNAP's label file or FreeSurfer's colour table"}};
const std::map<std::string, std::string> kFlagsOfALayer{{"--labels", "Its values are labels"},
                                                        {"--outline", "Labels as outlines"},
                                                        {"--legend", "Draw its colours beside the slices"}};
constexpr const char* kGroup = "Of the --layer before them, or of FILE";

[[noreturn]] void refuse(const std::string& option, const std::string& expected, const std::string& found) {
  throw Error(ErrorCode::Usage, fmt::format("{} is wrong (expected {}, found '{}')", option, expected, found));
}

double oneNumber(const std::string& option, const std::string& text) {
  const auto values = parseNumbers(option, text);
  if (values.size() != 1) refuse(option, "one number", text);
  return values.front();
}

template <typename T>
T oneOf(const std::string& option, const std::string& text, const std::map<std::string, T>& choices) {
  const auto found = choices.find(text);
  if (found != choices.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [name, value] : choices) names.push_back(name);
  refuse(option, fmt::format("{}", fmt::join(names, ", ")), text);
}

void setOption(LayerDisplay& display, const std::string& option, const std::string& text) {
  if (option == "--opacity") {
    display.opacity = oneNumber(option, text);
    if (!(display.opacity >= 0 && display.opacity <= 1)) refuse(option, "0 to 1", text);
  } else if (option == "--blend") {
    display.blend =
        oneOf<Blend>(option, text, {{"over", Blend::Over}, {"add", Blend::Add}, {"maximum", Blend::Maximum}});
  } else if (option == "--interp") {
    display.interpolate = oneOf<bool>(option, text, {{"nearest", false}, {"linear", true}});
  } else if (option == "--layer-window") {
    setWindow(display, option, text);
  } else if (option == "--layer-map") {
    setColorMap(display, text);
  } else if (option == "--hide-below") {
    display.hideBelow = oneNumber(option, text);
  } else if (option == "--hide-above") {
    display.hideAbove = oneNumber(option, text);
  } else if (option == "--label-table") {
    display.labels = true;
    display.labelTable = std::make_shared<const LabelTable>(readLabelTable(text));
  }
}

Slab parseSlab(const std::string& text) {
  const auto colon = text.find(':');
  const std::string option = "--slab";
  if (colon == std::string::npos) refuse(option, "max:MM, min:MM or mean:MM", text);
  Slab out;
  out.mode = oneOf<SlabMode>(option, text.substr(0, colon),
                             {{"max", SlabMode::Maximum}, {"min", SlabMode::Minimum}, {"mean", SlabMode::Mean}});
  out.thickness = oneNumber(option, text.substr(colon + 1));
  if (!(out.thickness > 0 && out.thickness <= 10000)) refuse(option, "a thickness above 0 mm", text);
  return out;
}

/// PLANE,ROWS,COLUMNS or PLANE,ROWS,COLUMNS,STEP
Lightbox parseLightbox(const std::string& text) {
  const std::string option = "--lightbox";
  const auto comma = text.find(',');
  const std::string plane = text.substr(0, comma);
  Lightbox out;
  out.plane = oneOf<std::string>(option, plane, {{"axial", plane}, {"sagittal", plane}, {"coronal", plane}});
  if (comma == std::string::npos) return out;
  const auto numbers = parseIntegers(option, text.substr(comma + 1), 0);
  const bool good = (numbers.size() == 2 || numbers.size() == 3) && numbers[0] >= 1 && numbers[0] <= 100 &&
                    numbers[1] >= 1 && numbers[1] <= 100 &&
                    (numbers.size() == 2 || (numbers[2] >= 0 && numbers[2] <= 1000000));
  if (!good) refuse(option, "PLANE,ROWS,COLUMNS[,STEP] with 1 to 100 rows and columns", text);
  out.rows = static_cast<int>(numbers[0]);
  out.columns = static_cast<int>(numbers[1]);
  if (numbers.size() == 3) out.step = static_cast<int>(numbers[2]);
  return out;
}

}  // namespace

void setWindow(LayerDisplay& display, const std::string& option, const std::string& text) {
  const auto values = parseNumbers(option, text);
  if (values.size() != 2 || values[0] <= 0) {
    throw Error(ErrorCode::Usage, option + " is wrong (expected W,L with W above 0)");
  }
  display.window = {values[0], values[1]};
}

void setColorMap(LayerDisplay& display, const std::string& name) {
  const auto names = render::colorMapNames();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw Error(ErrorCode::Usage,
                fmt::format("there is no colour map '{}' (expected {})", name, fmt::join(names, " ")));
  }
  display.colorMap = name;
}

RenderOptions::RenderOptions(CLI::App& command) : command_(command) {
  for (const auto& [name, help] : kOfALayer) {
    command.add_option(name, help)
        ->group(kGroup)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
  for (const auto& [name, help] : kFlagsOfALayer) command.add_flag(name, help)->group(kGroup);
  command.add_option("--slab", views_->slab, "Of a slab about each slice: max:MM, min:MM or mean:MM");
  command.add_option("--align", views_->align, "Planes along the axes of the image (default) or the patient");
  command.add_option(
      "--rotate", views_->rotate,
      "Turn the planes about --at: degrees x,y,z about the axes to the left, back and head, in this order");
  command.add_option("--lightbox", views_->lightbox,
                     "Of --view lightbox: PLANE,ROWS,COLUMNS[,STEP]; no step or 0 covers the volume");
  command.add_flag("--no-annotations", views_->noAnnotations, "No letters and numbers over the slices");
  command.add_flag("--no-crosshair", views_->noCrosshair, "No crosshair");
}

void RenderOptions::applyToViews(Document& document) const {
  ViewsState& views = document.views;
  if (!views_->slab.empty()) views.slab = parseSlab(views_->slab);
  if (!views_->align.empty()) {
    views.alignment =
        oneOf<Alignment>("--align", views_->align, {{"image", Alignment::Image}, {"patient", Alignment::Patient}});
  }
  if (!views_->lightbox.empty()) views.lightbox = parseLightbox(views_->lightbox);
  if (views_->noAnnotations) views.annotations = false;
  if (views_->noCrosshair) views.crosshairVisible = false;
  if (views_->rotate.empty()) return;
  const auto degrees = parseNumbers("--rotate", views_->rotate);
  const bool finite = std::all_of(degrees.begin(), degrees.end(), [](double d) { return std::isfinite(d); });
  if (degrees.size() != 3 || !finite) refuse("--rotate", "three angles", views_->rotate);
  views.rotation = rotationOf({degrees[0], degrees[1], degrees[2]}, alignedAxes(document));
}

void RenderOptions::apply(Document& document, std::size_t first) const {
  std::map<std::string, std::size_t> seen;
  std::size_t layer = 0;
  std::size_t next = first;
  for (const CLI::Option* option : command_.parse_order()) {
    const std::string name = option->get_name();
    if (name == "--layer") layer = next++;
    Layer& target = document.layers.at(layer);
    if (kOfALayer.contains(name)) setOption(target.display, name, option->results().at(seen[name]++));
    if (name == "--labels") target.display.labels = true;
    if (name == "--outline") target.display.labelOutline = true;
    if (name == "--legend") {
      document.activeLayer = target.id;
      document.views.legend = true;
    }
  }
  applyToViews(document);
}

}  // namespace voxmark::app
