#include "ui/render/color_map.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "ui/render/color_tables.h"

namespace voxmark::render {
namespace {

std::uint8_t toByte(double unit) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(unit, 0.0, 1.0) * 255.0));
}

/// 0 before `from`, 1 after `to`, a straight line between.
double ramp(double x, double from, double to) {
  return std::clamp((x - from) / (to - from), 0.0, 1.0);
}

Rgba gray(double x) {
  return {toByte(x), toByte(x), toByte(x), 255};
}

/// Black body: red rises over the first three eighths, green over the next three, blue over the rest.
Rgba hot(double x) {
  return {toByte(ramp(x, 0, 0.375)), toByte(ramp(x, 0.375, 0.75)), toByte(ramp(x, 0.75, 1)), 255};
}

/// Seven eighths gray and one eighth of hot with its channels exchanged: a gray with a blue tint.
Rgba bone(double x) {
  const double base = 0.875 * x;
  return {toByte(base + 0.125 * ramp(x, 0.75, 1)), toByte(base + 0.125 * ramp(x, 0.375, 0.75)),
          toByte(base + 0.125 * ramp(x, 0, 0.375)), 255};
}

/// Three trapezoids, a quarter apart.
Rgba jet(double x) {
  const auto trapezoid = [x](double centre) { return std::clamp(1.5 - 4.0 * std::abs(x - centre), 0.0, 1.0); };
  return {toByte(trapezoid(0.75)), toByte(trapezoid(0.5)), toByte(trapezoid(0.25)), 255};
}

ColorMap fromFormula(Rgba (*formula)(double)) {
  ColorMap map{};
  for (std::size_t n = 0; n < map.size(); ++n) map[n] = formula(static_cast<double>(n) / 255.0);
  return map;
}

ColorMap fromTable(std::string_view digits) {
  ColorMap map{};
  for (std::size_t n = 0; n < map.size(); ++n) {
    for (std::size_t c = 0; c < 3; ++c) {
      const char* first = digits.data() + 6 * n + 2 * c;
      std::from_chars(first, first + 2, map[n][c], 16);
    }
    map[n][3] = 255;
  }
  return map;
}

std::map<std::string, ColorMap, std::less<>> makeMaps() {
  std::map<std::string, ColorMap, std::less<>> maps;
  maps["gray"] = fromFormula(gray);
  maps["hot"] = fromFormula(hot);
  maps["bone"] = fromFormula(bone);
  maps["jet"] = fromFormula(jet);
  for (const std::string& name : colorMapNames()) {
    const std::string_view digits = tables::find(name);
    if (!digits.empty()) maps[name] = fromTable(digits);
  }
  return maps;
}

}  // namespace

const std::vector<std::string>& colorMapNames() {
  static const std::vector<std::string> kNames{"gray",  "viridis", "inferno", "magma", "plasma", "cividis",
                                               "turbo", "batlow",  "hot",     "bone",  "jet"};
  return kNames;
}

const ColorMap* findColorMap(std::string_view name) {
  static const std::map<std::string, ColorMap, std::less<>> kMaps = makeMaps();
  const auto found = kMaps.find(name);
  return found == kMaps.end() ? nullptr : &found->second;
}

const ColorMap& colorMapOrGray(std::string_view name) {
  const ColorMap* map = findColorMap(name);
  return map != nullptr ? *map : *findColorMap("gray");
}

}  // namespace voxmark::render
