#include "core/profiling/environment.h"

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

namespace voxmark::profiling {
namespace {

using Json = nlohmann::ordered_json;

enum class Weight { Required, Machine, Note };

struct Field {
  const char* key;
  const char* label;
  Weight weight;  ///< Required: a side that does not say it does not match either
};

constexpr std::array kFields{
    Field{"host_name", "machine", Weight::Required},
    Field{"voxmark.cpu", "processor", Weight::Machine},
    Field{"num_cpus", "processors", Weight::Required},
    Field{"voxmark.memoryBytes", "memory", Weight::Machine},
    Field{"voxmark.features", "instruction sets", Weight::Machine},
    Field{"caches", "caches", Weight::Machine},
    Field{"library_build_type", "build type", Weight::Required},
    Field{"voxmark.governor", "frequency governor", Weight::Machine},
    Field{"cpu_scaling_enabled", "frequency scaling", Weight::Machine},
    Field{"voxmark.gpu", "graphics device", Weight::Machine},
    Field{"voxmark.gpuDriver", "graphics driver", Weight::Machine},
    Field{"voxmark.dataFileBytes", "size of the data", Weight::Machine},
    Field{"voxmark.dataHash", "content of the data", Weight::Machine},
    Field{"voxmark.threads", "threads", Weight::Machine},
    Field{"voxmark.kernel", "kernel", Weight::Note},
    Field{"voxmark.compiler", "compiler", Weight::Note},
    Field{"voxmark.dataFile", "data", Weight::Note},
    Field{"voxmark.fileSystem", "file system", Weight::Note},
    Field{"voxmark.throttled", "times throttled", Weight::Note},
    Field{"voxmark.preset", "preset", Weight::Note},
    Field{"executable", "program", Weight::Note},
    Field{"voxmark.version", "version", Weight::Note},
    Field{"voxmark.commit", "commit", Weight::Note},
};

void flatten(const Json& value, const std::string& key, Environment& out) {
  if (value.is_object()) {
    for (const auto& [name, child] : value.items()) flatten(child, key.empty() ? name : key + '.' + name, out);
    return;
  }
  if (value.is_null()) return;
  const auto text = [](const Json& one) {
    return one.is_string() ? one.get<std::string>() : one.dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  if (!value.is_array()) {
    out[key] = text(value);
    return;
  }
  std::string joined;
  for (const Json& one : value) joined += (joined.empty() ? "" : " ") + text(one);
  out[key] = joined;
}

std::string valueOf(const Environment& environment, const std::string& key) {
  const auto found = environment.find(key);
  return found == environment.end() ? std::string() : found->second;
}

/// A load as one reads it: "20.97" of "20.9697265625".
std::string shortLoad(const Environment& environment) {
  const std::string text = valueOf(environment, "load_avg");
  return text.empty() ? text : fmt::format("{:.2f}", std::strtod(text.c_str(), nullptr));
}

/// First of the load averages a processor; 0 where it is not known.
double loadShare(const Environment& environment) {
  const double cpus = std::strtod(valueOf(environment, "num_cpus").c_str(), nullptr);
  return cpus > 0 ? std::strtod(valueOf(environment, "load_avg").c_str(), nullptr) / cpus : 0;
}

}  // namespace

Environment flattenContext(const Json& context) {
  Environment out;
  flatten(context, "", out);
  out.erase("");
  return out;
}

std::vector<EnvironmentDifference> environmentDifferences(const Environment& baseline, const Environment& current) {
  std::vector<EnvironmentDifference> mismatches, notes;
  for (const Field& field : kFields) {
    const std::string before = valueOf(baseline, field.key);
    const std::string after = valueOf(current, field.key);
    if (before == after) continue;
    const bool oneSided = before.empty() || after.empty();
    const bool mismatch = field.weight == Weight::Required || (field.weight == Weight::Machine && !oneSided);
    (mismatch ? mismatches : notes).push_back({field.key, field.label, before, after, mismatch});
  }
  constexpr double kBusy = 0.5;  // half of the processors were taken by others when the run began
  if (loadShare(baseline) > kBusy || loadShare(current) > kBusy) {
    notes.push_back({"load_avg", "load when it began", shortLoad(baseline), shortLoad(current), false});
  }
  mismatches.insert(mismatches.end(), notes.begin(), notes.end());
  return mismatches;
}

}  // namespace voxmark::profiling
