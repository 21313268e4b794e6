#include "core/io/array_axes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/field_text.h"

namespace voxmark {
namespace {

constexpr std::int64_t kMostComponents = 65536;

// In the order of AxisRole.
constexpr std::array<std::string_view, 5> kNames{"i", "j", "k", "component", "frame"};

void setSize(VolumeInfo& info, AxisRole role, std::int64_t size) {
  if (role == AxisRole::Frame) {
    info.frames = size;
    if (size > 1) info.frameAxes = {size};
  } else if (role == AxisRole::Component) {
    if (size > kMostComponents) {
      throw fileError(ErrorCode::Unsupported, info.path, fmt::format("{} components are too many", size));
    }
    info.components = static_cast<int>(size);
  } else {
    info.geometry.size.at(static_cast<std::size_t>(role)) = size;
  }
}

}  // namespace

std::vector<std::int64_t> arrayShape(const VolumeInfo& info) {
  const Index3& size = info.geometry.size;
  std::vector<std::int64_t> shape;
  if (info.frames > 1) shape.push_back(info.frames);
  shape.insert(shape.end(), {size[2], size[1], size[0]});
  if (info.components > 1) shape.push_back(info.components);
  return shape;
}

std::string arrayAxes(const VolumeInfo& info) {
  return fmt::format("{}k j i{}", info.frames > 1 ? "frame " : "", info.components > 1 ? " component" : "");
}

std::string usualAxes(std::size_t count) {
  static constexpr std::array<const char*, 6> kUsual{"", "i", "j i", "k j i", "frame k j i", "frame component k j i"};
  return count < kUsual.size() ? kUsual.at(count) : "";
}

void placeArrayAxes(RawLayout& layout, const std::vector<std::int64_t>& shape, const std::string& names,
                    bool firstFastest) {
  VolumeInfo& info = layout.info;
  const std::vector<std::string> axes = words(names);
  if (axes.size() != shape.size()) {
    throw fieldError(info.path, "axes", fmt::format("{} names", shape.size()), "\"" + printable(names) + "\"");
  }
  info.geometry.size = {1, 1, 1};
  std::array<bool, kNames.size()> given{};
  std::vector<FileAxis> slowestFirst;
  for (std::size_t n = 0; n < axes.size(); ++n) {
    const auto place = static_cast<std::size_t>(std::find(kNames.begin(), kNames.end(), axes[n]) - kNames.begin());
    if (place == kNames.size() || given.at(place)) {
      throw fieldError(info.path, "axes", "frame, k, j, i and component, each at most once",
                       "\"" + printable(axes[n]) + "\"");
    }
    given.at(place) = true;
    if (shape[n] < 1)
      throw fieldError(info.path, fmt::format("size of axis {}", n), "1 or more", std::to_string(shape[n]));
    const auto role = static_cast<AxisRole>(place);
    setSize(info, role, shape[n]);
    slowestFirst.push_back({role, shape[n]});
  }
  if (!firstFastest) std::reverse(slowestFirst.begin(), slowestFirst.end());
  layout.axes = std::move(slowestFirst);
  if (info.components > 1) {
    const bool colour = info.pixelType == PixelType::U8 && (info.components == 3 || info.components == 4);
    info.meaning = colour ? ComponentMeaning::Colour : ComponentMeaning::Vector;
  }
}

}  // namespace voxmark
