#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/volume/pixel_type.h"
#include "core/volume/region.h"

namespace voxmark::profiling {

/// What a scenario file may say of one kind of scenario.
struct KindInfo {
  std::string_view kind;                        ///< "load"
  std::vector<std::string_view> parts;          ///< axes that its name always has, in order
  std::vector<std::string_view> optionalParts;  ///< axes that its name has where they are given, as "threads:8"
  std::string_view summary;                     ///< what it measures, for people
};
/// Every kind, in the order in which they are listed.
[[nodiscard]] const std::vector<KindInfo>& scenarioKinds();
/// Null where there is no such kind.
[[nodiscard]] const KindInfo* findKind(std::string_view kind);

/// A scenario as data: its kind and one value an axis. What can be made of it says make_scenario.h.
struct ScenarioSpec {
  std::string kind;
  std::map<std::string, std::string> axes;  ///< "shape": "256x256x256", "type": "i16", "container": "nii_gz", …
  std::uint64_t seed = 1;                   ///< of the synthetic input
  std::string file;                         ///< a real input in place of the synthetic one
  std::string from = "quick";               ///< the smallest preset that it belongs to
  std::vector<std::string> suites;          ///< presets of its own that it belongs to: "crop-first"
  double tolerancePercent = 0;              ///< 0: the comparison's
  std::string steps;                        ///< of a pipeline: a list, as JSON
  std::vector<std::string> command;         ///< of an external program, with {placeholders}: see process_scenarios.h
  std::string here;                         ///< the folder of the file that it stands in
  std::string measure = "process";          ///< how an external program is timed: "process" or "json"

  /// The axis's value, or what is usual where it is not given; empty where nothing is.
  [[nodiscard]] std::string value(std::string_view axis) const;
};

/// "load/nii_gz/i16/256x256x256/warm/threads:8". Throws Error(Format) where an axis is missing that the name needs.
[[nodiscard]] std::string scenarioName(const ScenarioSpec& spec);

/// "256x256x170"; throws Error(Format) unless it is three numbers from 1 to 4096.
[[nodiscard]] Index3 parseExtent(const std::string& text);
[[nodiscard]] std::string extentText(const Index3& size);

/// Whether a name is chosen: by a shell pattern of the whole name, or by its beginning ("normalise/zscore"). No pattern
/// chooses all.
[[nodiscard]] bool isChosen(const std::string& name, const std::vector<std::string>& patterns);

}  // namespace voxmark::profiling
