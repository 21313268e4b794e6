#include "ui/render/transfer_presets.h"

#include <algorithm>
#include <map>

#include "ui/render/color_map.h"

namespace voxmark::render {
namespace {

/// Whether the smallest value is air as CT has it.
constexpr double kAir = -500;

const std::map<std::string, TransferFunction>& ctPresets() {
  static const std::map<std::string, TransferFunction> kPresets{
      {"auto",
       {{{-300, {0.62, 0.38, 0.30}},
         {40, {0.80, 0.46, 0.36}},
         {180, {0.90, 0.66, 0.52}},
         {400, {0.96, 0.90, 0.80}},
         {1200, {1, 1, 0.97}}},
        {{-200, 0}, {40, 0.02}, {150, 0.06}, {300, 0.5}, {1000, 0.9}}}},
      {"CT-Bone",
       {{{100, {0.66, 0.36, 0.28}}, {350, {0.90, 0.78, 0.62}}, {900, {0.97, 0.95, 0.90}}, {1800, {1, 1, 1}}},
        {{140, 0}, {300, 0.3}, {700, 0.8}, {1800, 0.95}}}},
      {"CT-Muscle",
       {{{-80, {0.45, 0.15, 0.12}},
         {60, {0.75, 0.30, 0.25}},
         {180, {0.90, 0.55, 0.45}},
         {400, {0.97, 0.92, 0.84}},
         {1500, {1, 1, 1}}},
        {{-60, 0}, {20, 0.15}, {120, 0.5}, {350, 0.75}, {1500, 0.9}}}},
      {"CT-Lung",
       {{{-1000, {0.20, 0.25, 0.40}},
         {-800, {0.40, 0.55, 0.80}},
         {-500, {0.85, 0.60, 0.55}},
         {-200, {0.95, 0.80, 0.70}},
         {600, {1, 1, 0.95}}},
        {{-960, 0}, {-860, 0.03}, {-720, 0.10}, {-520, 0.06}, {-380, 0}, {250, 0}, {600, 0.25}}}},
      {"CT-Coronary-Arteries",
       {{{90, {0.50, 0.08, 0.05}}, {220, {0.86, 0.30, 0.20}}, {400, {0.95, 0.78, 0.62}}, {1000, {1, 0.98, 0.93}}},
        {{110, 0}, {190, 0.3}, {320, 0.7}, {700, 0.9}}}}};
  return kPresets;
}

/// Points at fractions of the way from the background to the 99th percentile.
const std::map<std::string, TransferFunction>& mrPresets() {
  static const std::map<std::string, TransferFunction> kPresets{
      {"MR-Default",
       {{{0, {0.40, 0.30, 0.26}}, {0.3, {0.80, 0.66, 0.58}}, {0.7, {0.96, 0.90, 0.82}}, {1, {1, 1, 0.98}}},
        {{0.12, 0}, {0.30, 0.25}, {0.60, 0.6}, {1, 0.85}}}},
      {"MR-Angio",
       {{{0.6, {0.60, 0.10, 0.08}}, {0.9, {0.92, 0.32, 0.22}}, {1.3, {1, 0.80, 0.60}}, {2, {1, 1, 0.95}}},
        {{0.70, 0}, {1.0, 0.35}, {1.5, 0.8}, {2.5, 0.95}}}},
      {"MR-T2-Brain",
       {{{0, {0.35, 0.33, 0.36}}, {0.45, {0.78, 0.68, 0.66}}, {0.75, {0.84, 0.90, 1}}, {1, {0.96, 0.99, 1}}},
        {{0.16, 0}, {0.35, 0.10}, {0.60, 0.25}, {0.85, 0.70}, {1.1, 0.9}}}}};
  return kPresets;
}

TransferFunction scaledToPercentiles(TransferFunction function, const DisplayVolume& volume) {
  const double background = volume.percentiles.front();
  double range = volume.percentiles.back() - background;
  if (!(range > 0)) range = volume.high - background;
  for (auto& point : function.colours) point.value = background + point.value * range;
  for (auto& point : function.opacities) point.value = background + point.value * range;
  return function;
}

TransferFunction maximumProjection(const LayerDisplay& display) {
  TransferFunction out;
  out.maximum = true;
  out.shaded = false;
  const double width = std::max(display.window.width, 1e-9);
  const double low = display.window.level - 0.5 * width;
  const ColorMap& map = colorMapOrGray(display.colorMap);
  for (std::size_t n = 0; n < map.size(); n += 15) {
    const Rgba& c = map[display.invert ? map.size() - 1 - n : n];
    out.colours.push_back({low + width * static_cast<double>(n) / 255.0, {c[0] / 255.0, c[1] / 255.0, c[2] / 255.0}});
  }
  out.opacities = {{low, 0}, {low + width, 1}};
  return out;
}

}  // namespace

TransferFunction transferFor(const DisplayVolume& volume, const LayerDisplay& display) {
  if (display.volumePreset == "MIP") return maximumProjection(display);
  const auto mr = mrPresets().find(display.volumePreset);
  if (mr != mrPresets().end()) return scaledToPercentiles(mr->second, volume);
  const auto ct = ctPresets().find(display.volumePreset);
  if (ct != ctPresets().end() && ct->first != "auto") return ct->second;
  if (volume.low < kAir) return ctPresets().at("auto");
  return scaledToPercentiles(mrPresets().at("MR-Default"), volume);
}

}  // namespace voxmark::render
