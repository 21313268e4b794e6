#include "core/profiling/scenario_spec.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fnmatch.h>

#include "core/base/error.h"

namespace voxmark::profiling {

const std::vector<KindInfo>& scenarioKinds() {
  static const std::vector<KindInfo> kinds{
      {"startup", {"what"}, {}, "A process from its start to its result"},
      {"load", {"container", "type", "shape", "cache"}, {"content", "threads"}, "Open a file and read every voxel"},
      {"crop",
       {"way", "container", "type", "shape", "box"},
       {"to", "device", "content", "cache", "threads"},
       "A box out of a file: read with the rest and cut out, or read alone"},
      {"slice", {"plane", "container", "type", "shape"}, {"content", "cache", "threads"}, "One slice out of a file"},
      {"normalise", {"method", "type", "shape", "device"}, {"content", "threads"}, "From memory to memory"},
      {"resample", {"interpolation", "type", "shape", "to", "device"}, {"content", "threads"}, "Onto another grid"},
      {"reorient",
       {"letters", "type", "shape", "device"},
       {"content", "threads"},
       "Other axes first, others backwards"},
      {"cast", {"to", "type", "shape", "device"}, {"content", "threads"}, "Another pixel type, with what it loses"},
      {"save", {"container", "type", "shape"}, {"level", "content", "threads"}, "Write a file until it is on the disk"},
      {"load_to_device", {"container", "type", "shape", "device"}, {"content", "cache"}, "A file into device memory"},
      {"transfer", {"memory", "type", "shape", "device"}, {}, "To a device and back"},
      {"precision",
       {"method", "to", "type", "shape", "device"},
       {"content"},
       "An operation stored in another type, with its error against f64"},
      {"render", {"plane", "type", "shape"}, {"content"}, "A picture of a slice"},
      {"pipeline", {"name", "type", "shape", "device"}, {"content", "threads"}, "Saved steps, in memory"},
      {"command", {"name"}, {"type", "shape", "content"}, "Another program"}};
  return kinds;
}

const KindInfo* findKind(std::string_view kind) {
  for (const KindInfo& one : scenarioKinds()) {
    if (one.kind == kind) return &one;
  }
  return nullptr;
}

std::string ScenarioSpec::value(std::string_view axis) const {
  static const std::map<std::string, std::string, std::less<>> kUsual{
      {"device", "cpu"},          {"cache", "warm"},      {"container", "nii"}, {"content", "mr"},
      {"plane", "axial"},         {"memory", "pageable"}, {"way", "first"},     {"type", "i16"},
      {"letters", "RAS"},         {"method", "zscore"},   {"to", ""},           {"threads", "0"},
      {"interpolation", "linear"}};
  if (const auto found = axes.find(std::string(axis)); found != axes.end()) return found->second;
  const auto usual = kUsual.find(axis);
  return usual == kUsual.end() ? std::string() : usual->second;
}

std::string scenarioName(const ScenarioSpec& spec) {
  const KindInfo* kind = findKind(spec.kind);
  if (kind == nullptr) throw Error(ErrorCode::Format, fmt::format("there is no kind of scenario named {}", spec.kind));
  std::string name = spec.kind;
  for (const std::string_view part : kind->parts) {
    const std::string value = spec.value(part);
    if (value.empty()) throw Error(ErrorCode::Format, fmt::format("a {} scenario needs the axis {}", spec.kind, part));
    name += '/' + value;
  }
  for (const std::string_view part : kind->optionalParts) {
    const auto given = spec.axes.find(std::string(part));
    if (given != spec.axes.end()) name += fmt::format("/{}:{}", part, given->second);
  }
  return name;
}

Index3 parseExtent(const std::string& text) {
  Index3 out{0, 0, 0};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  bool right = true;
  for (std::size_t axis = 0; axis < 3 && right; ++axis) {
    if (axis > 0) right = at != end && *at++ == 'x';
    const auto [next, failed] = std::from_chars(at, end, out[axis]);
    right = right && failed == std::errc() && out[axis] >= 1 && out[axis] <= 4096;
    at = next;
  }
  if (!right || at != end) {
    throw Error(ErrorCode::Format, fmt::format("a size is wrong (expected NxNxN, found {})", text));
  }
  return out;
}

std::string extentText(const Index3& size) {
  return fmt::format("{}x{}x{}", size[0], size[1], size[2]);
}

bool isChosen(const std::string& name, const std::vector<std::string>& patterns) {
  return patterns.empty() || std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
           return name == pattern || fnmatch(pattern.c_str(), name.c_str(), 0) == 0 ||
                  name.rfind(pattern + '/', 0) == 0;
         });
}

}  // namespace voxmark::profiling
