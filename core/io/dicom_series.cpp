#include "core/io/dicom_series.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_geometry.h"
#include "core/io/source_registry.h"

namespace voxmark {
namespace {

/// Positions closer than this, in mm, are one slice.
constexpr double kSamePosition = 0.01;

bool stackable(const DicomFile& a, const DicomFile& b) {
  return a.seriesUid == b.seriesUid && a.columns == b.columns && a.rows == b.rows && a.pixelType == b.pixelType &&
         a.components == b.components;
}

std::vector<SeriesChoice> choicesOf(const std::vector<DicomGroup>& groups, const std::vector<DicomFile>& files) {
  std::vector<SeriesChoice> out;
  for (const DicomGroup& group : groups) {
    const DicomFile& file = files[group.example];
    out.push_back({file.seriesUid, fmt::format("{} {}×{}×{} {}", file.modality.empty() ? "image" : file.modality,
                                               file.columns, file.rows, group.planes.size(),
                                               file.description.empty() ? "(no description)" : file.description)});
  }
  return out;
}

std::string listOf(const std::vector<SeriesChoice>& choices) {
  std::string list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    list += fmt::format("\n  {}: {} {}", i + 1, choices[i].text, choices[i].uid);
  }
  return list;
}

/// Where each plane lies along the stack: along the normal, by SliceLocation, or by number where neither is known.
std::vector<double> places(const std::vector<DicomPlane>& planes, std::vector<std::string>& warnings) {
  const auto all = [&](auto has) { return std::all_of(planes.begin(), planes.end(), has); };
  std::vector<double> found;
  if (all([](const DicomPlane& p) { return p.position.has_value(); })) {
    const Vec3 normal = dicom::normalOf(planes.front().orientation.value_or(std::array<double, 6>{1, 0, 0, 0, 1, 0}));
    for (const DicomPlane& plane : planes) {
      const Vec3& at = *plane.position;
      found.push_back(at[0] * normal[0] + at[1] * normal[1] + at[2] * normal[2]);
    }
  } else if (all([](const DicomPlane& p) { return p.location.has_value(); })) {
    if (planes.size() > 1) warnings.push_back("slices are sorted by SliceLocation: they have no positions");
    for (const DicomPlane& plane : planes) found.push_back(*plane.location);
  } else {
    if (planes.size() > 1) warnings.push_back("slices are sorted by InstanceNumber: they have no positions");
    for (std::size_t i = 0; i < planes.size(); ++i) found.push_back(planes[i].order);
  }
  return found;
}

}  // namespace

std::vector<DicomGroup> groupPlanes(std::vector<DicomFile>& files) {
  std::vector<DicomGroup> groups;
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (DicomPlane& plane : files[i].planes) {
      plane.file = i;
      const auto same = std::find_if(groups.begin(), groups.end(), [&](const DicomGroup& group) {
        return stackable(files[group.example], files[i]) && dicom::sameOrientation(group.planes.front(), plane);
      });
      if (same != groups.end()) {
        same->planes.push_back(plane);
      } else {
        groups.push_back({i, {plane}});
      }
    }
  }
  return groups;
}

std::size_t chooseGroup(const std::vector<DicomGroup>& groups, const std::vector<DicomFile>& files,
                        const std::string& path, const std::string& series) {
  if (series.empty() && groups.size() == 1) return 0;
  std::vector<std::size_t> matches;
  std::size_t number = 0;
  const auto [end, status] = std::from_chars(series.data(), series.data() + series.size(), number);
  if (status == std::errc() && end == series.data() + series.size()) {
    if (number >= 1 && number <= groups.size()) return number - 1;
  } else {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (series.empty() || files[groups[i].example].seriesUid == series) matches.push_back(i);
    }
  }
  if (matches.size() == 1) return matches.front();
  std::vector<SeriesChoice> choices = choicesOf(groups, files);
  const std::string list = listOf(choices);
  if (matches.empty()) {
    throw fileError(ErrorCode::NotFound, path, fmt::format("there is no series {} among:{}", series, list));
  }
  throw SeveralSeries(
      fmt::format("{}: holds {} series; choose one by its UID or number:{}", path, matches.size(), list),
      std::move(choices));
}

DicomStack stackPlanes(std::vector<DicomPlane> planes, const std::string& path) {
  DicomStack stack;
  const std::vector<double> along = places(planes, stack.warnings);
  std::vector<std::size_t> order(planes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return along[a] < along[b]; });
  std::vector<std::vector<std::size_t>> slices;
  for (const std::size_t i : order) {
    if (slices.empty() || along[i] - along[slices.back().front()] > kSamePosition) slices.emplace_back();
    slices.back().push_back(i);
  }
  for (auto& slice : slices) {
    std::stable_sort(slice.begin(), slice.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(planes[a].acquisition, planes[a].order) < std::pair(planes[b].acquisition, planes[b].order);
    });
    if (slice.size() != slices.front().size()) {
      throw fileError(ErrorCode::Format, path,
                      fmt::format("{} images lie at {} positions unevenly (expected {} at each, found {} at one)",
                                  planes.size(), slices.size(), slices.front().size(), slice.size()));
    }
  }
  stack.slices = static_cast<std::int64_t>(slices.size());
  stack.frames = static_cast<std::int64_t>(slices.front().size());
  for (std::size_t frame = 0; frame < slices.front().size(); ++frame) {
    for (const auto& slice : slices) stack.planes.push_back(planes[slice[frame]]);
  }
  if (stack.frames > 1) {
    stack.warnings.push_back(fmt::format("{} images at each position: they are read as frames", stack.frames));
  }
  return stack;
}

}  // namespace voxmark
