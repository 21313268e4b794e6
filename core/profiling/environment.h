#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace voxmark::profiling {

/// What a run says of where it ran: the fields of a result file's context as text, nested ones with dots between
/// ("host_name", "voxmark.cpu"). Of other programs' files too.
using Environment = std::map<std::string, std::string>;

/// Lists are joined by spaces; what is null is left out.
[[nodiscard]] Environment flattenContext(const nlohmann::ordered_json& context);

struct EnvironmentDifference {
  std::string key;    ///< "voxmark.cpu"
  std::string label;  ///< "processor"
  std::string baseline;
  std::string current;    ///< either is empty where that side does not say
  bool mismatch = false;  ///< times from the two are not comparable; otherwise good to know
};

/// Where two environments differ, what matters most first. Machine, build type and data must be the same; commit,
/// version, date and the like are expected to differ and only listed where they matter (load, kernel).
[[nodiscard]] std::vector<EnvironmentDifference> environmentDifferences(const Environment& baseline,
                                                                        const Environment& current);

}  // namespace voxmark::profiling
