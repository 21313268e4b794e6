#include "core/document/check_document.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

constexpr int kLargestId = 1000000000;
constexpr double kFarthest = 1e9;  ///< mm

/// Throws unless `good`.
template <typename T>
void expect(bool good, const std::string& field, const std::string& expected, const T& found) {
  if (!good) throw fieldError({}, field, expected, fmt::format("{}", found));
}

void within(double value, double low, double high, const std::string& field) {
  expect(value >= low && value <= high, field, fmt::format("{:g} to {:g}", low, high), value);
}

void place(const Vec3& position, const std::string& field) {
  for (const double x : position) within(x, -kFarthest, kFarthest, field);
}

void box(const Region& region, bool mayBeEmpty, const std::string& field) {
  constexpr std::int64_t kLongest = std::int64_t{1} << 31;
  for (std::size_t a = 0; a < 3; ++a) {
    expect(region.start[a] >= 0 && region.start[a] < kLongest, field + "'s start", "0 or more", region.start[a]);
    expect(region.size[a] >= (mayBeEmpty ? 0 : 1) && region.size[a] < kLongest, field + "'s size",
           mayBeEmpty ? "0 or more" : "1 or more", region.size[a]);
  }
}

void reduction(const Reduction& given) {
  box(given.region, true, "a reduction");
  for (const std::int64_t step : given.step) expect(step >= 1, "a reduction's step", "1 or more", step);
}

void display(const LayerDisplay& d, const std::string& layer) {
  expect(d.window.width >= 0 && std::isfinite(d.window.width), layer + "window width", "0 or more", d.window.width);
  expect(std::isfinite(d.window.level), layer + "window level", "a finite number", d.window.level);
  within(d.opacity, 0, 1, layer + "opacity");
  for (const auto& limit : {d.hideBelow, d.hideAbove}) {
    if (limit) expect(std::isfinite(*limit), layer + "threshold", "a finite number", *limit);
  }
  if (!d.labelTable) return;
  for (const auto& [value, label] : d.labelTable->labels) within(label.opacity, 0, 1, layer + "label opacity");
}

void layers(const Document& document) {
  std::set<int> seen;
  for (const Layer& layer : document.layers) {
    const std::string name = fmt::format("layer {}: ", layer.id);
    expect(layer.id >= 1 && layer.id <= kLargestId, "a layer's id", fmt::format("1 to {}", kLargestId), layer.id);
    expect(seen.insert(layer.id).second, "a layer's id", "every one once", layer.id);
    expect(layer.id < document.nextLayerId, "nextLayerId", "more than every layer's id", document.nextLayerId);
    if (layer.derivedFrom) {
      expect(*layer.derivedFrom >= 1 && *layer.derivedFrom < layer.id, name + "derivedFrom",
             "the id of a layer that was there before", *layer.derivedFrom);
    }
    reduction(layer.reduction);
    if (layer.recipe) reduction(layer.recipe->reduction);
    display(layer.display, name);
  }
  expect(document.nextLayerId <= kLargestId, "nextLayerId", fmt::format("at most {}", kLargestId),
         document.nextLayerId);
  if (document.activeLayer) {
    expect(seen.contains(*document.activeLayer), "activeLayer", "the id of a layer", *document.activeLayer);
  }
  if (document.crop) {
    expect(seen.contains(document.crop->layer), "the crop's layer", "the id of a layer", document.crop->layer);
    box(document.crop->region, false, "the crop");
  }
}

void marks(const Document& document) {
  std::set<int> seen;
  for (const Mark& mark : document.marks) {
    expect(mark.id >= 1 && mark.id <= kLargestId, "a mark's id", fmt::format("1 to {}", kLargestId), mark.id);
    expect(seen.insert(mark.id).second, "a mark's id", "every one once", mark.id);
    expect(mark.id < document.nextMarkId, "nextMarkId", "more than every mark's id", document.nextMarkId);
    for (const Vec3& point : mark.points) place(point, "a mark's point");
    for (const Vec3& side : {mark.right, mark.up}) {
      within(std::hypot(side[0], side[1], side[2]), 0.999, 1.001, "the length of a mark's side");
    }
  }
  expect(document.nextMarkId <= kLargestId, "nextMarkId", fmt::format("at most {}", kLargestId), document.nextMarkId);
}

void views(const ViewsState& v) {
  static const std::set<std::string> kPlanes{"axial", "sagittal", "coronal"};
  place(v.crosshair, "crosshair");
  expect(v.frame >= 0, "frame", "0 or more", v.frame);
  for (const auto& [plane, state] : v.slices) {
    expect(kPlanes.contains(plane), "the name of a view", "axial, sagittal or coronal", plane);
    within(state.zoom, 1e-6, 1e6, plane + " zoom");
    for (const double pan : state.pan) within(pan, -kFarthest, kFarthest, plane + " pan");
  }
  within(v.slab.thickness, 0, kFarthest, "slab thickness");
  const auto& layouts = layoutNames();
  for (const std::string& layout : {v.layout, v.layoutBefore}) {
    expect(std::find(layouts.begin(), layouts.end(), layout) != layouts.end(), "layout",
           fmt::format("{}", fmt::join(layouts, ", ")), layout);
  }
  expect(kPlanes.contains(v.lightbox.plane), "the mosaic's plane", "axial, sagittal or coronal", v.lightbox.plane);
  within(v.lightbox.rows, 1, 100, "the mosaic's rows");
  within(v.lightbox.columns, 1, 100, "the mosaic's columns");
  within(v.lightbox.step, 0, 1e6, "the mosaic's step");
  within(v.frameRate, 0.01, 1000, "frameRate");
  expect(!v.tool.empty() && v.tool.size() <= 60, "tool", "the name of a tool", v.tool.substr(0, 60));
}

}  // namespace

void checkDocument(const Document& document) {
  layers(document);
  marks(document);
  views(document.views);
}

}  // namespace voxmark
