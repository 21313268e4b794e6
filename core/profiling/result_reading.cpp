#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/profiling/result_file.h"

namespace voxmark::profiling {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uintmax_t kLargest = std::uintmax_t{256} << 20;  // far more than any run, and bounded

std::string textOf(const std::string& path) {
  std::error_code failed;
  if (!std::filesystem::exists(path, failed))
    throw fileError(ErrorCode::NotFound, path, "there is no such result file");
  if (!std::filesystem::is_regular_file(path, failed)) {
    throw fileError(ErrorCode::Format, path, "this is no benchmark result (expected a file)");
  }
  const auto bytes = std::filesystem::file_size(path, failed);
  if (!failed && bytes > kLargest) {
    throw fieldError(path, "the size of the result file", fmt::format("at most {} bytes", kLargest),
                     std::to_string(bytes));
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) throw fileError(ErrorCode::Io, path, "the result file cannot be read");
  return std::move(text).str();
}

/// JSON knows neither NaN nor Infinity, Google Benchmark writes both: null in their places, strings left alone.
std::string withoutNonFinite(const std::string& text) {
  static constexpr std::array<std::string_view, 5> kTokens{"NaN", "nan", "Infinity", "infinity", "inf"};
  std::string out;
  out.reserve(text.size());
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\' && at + 1 < text.size()) {
      out += c;
      out += text[++at];
      continue;
    }
    if (c == '"') quoted = !quoted;
    const std::size_t sign = !quoted && (c == '-' || c == '+') ? 1 : 0;
    std::size_t length = 0;
    for (const std::string_view token : kTokens) {
      if (!quoted && length == 0 && text.compare(at + sign, token.size(), token) == 0) length = token.size();
    }
    const std::size_t end = at + sign + length;
    const bool ends = end >= text.size() || std::isalnum(static_cast<unsigned char>(text[end])) == 0;
    const bool begins = at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0;
    if (length > 0 && ends && begins) {
      out += "null";
      at = end - 1;
    } else {
      out += c;
    }
  }
  return out;
}

/// The result of that name, new at the end where there is none yet: repetitions may be interleaved.
RunResult& resultNamed(ResultFile& file, std::map<std::string, std::size_t>& places, const std::string& name) {
  const auto [place, fresh] = places.try_emplace(name, file.results.size());
  if (fresh) {
    file.results.emplace_back();
    file.results.back().scenario.name = name;
  }
  return file.results[place->second];
}

/// Milliseconds in one of Google Benchmark's time units.
double millisecondsOf(const std::string& path, const std::string& unit) {
  if (unit == "ns") return 1e-6;
  if (unit == "us") return 1e-3;
  if (unit == "ms") return 1;
  if (unit == "s") return 1e3;
  throw fieldError(path, "time_unit", "ns, us, ms or s", unit);
}

/// A field that must be a number; NaN where the file says that it is not known.
double numberAt(const Json& row, const char* key) {
  const Json& value = row.at(key);
  return value.is_null() ? std::nan("") : value.get<double>();
}

std::string textAt(const Json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool trueAt(const Json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_boolean() && found->get<bool>();
}

/// Flat numbers of a row that are not about the row itself.
std::map<std::string, double> metricsOf(const Json& row) {
  static constexpr std::array<std::string_view, 9> kOwn{
      "family_index", "per_family_instance_index", "repetitions", "repetition_index", "threads", "iterations",
      "real_time",    "tolerance_percent",         "cpu_time"};
  std::map<std::string, double> out;
  for (const auto& [key, value] : row.items()) {
    if (!value.is_number() || std::find(kOwn.begin(), kOwn.end(), key) != kOwn.end()) continue;
    out[key] = value.get<double>();
  }
  return out;
}

std::optional<std::uint64_t> countOf(const std::map<std::string, double>& metrics, const char* key) {
  const auto found = metrics.find(key);
  if (found == metrics.end() || !(found->second >= 0) || found->second > 1e18) return std::nullopt;
  return static_cast<std::uint64_t>(std::llround(found->second));
}

void describeScenario(const Json& row, const Block& block, RunResult& result) {
  ScenarioInfo& info = result.scenario;
  info.kind = textAt(row, "kind");
  if (info.kind.empty()) info.kind = info.name.substr(0, info.name.find('/'));
  if (const std::string device = textAt(row, "device"); !device.empty()) info.device = device;
  if (const auto threads = row.find("threads"); threads != row.end() && threads->is_number()) {
    info.threads = static_cast<int>(std::clamp(threads->get<double>(), 0.0, 1e6));
  }
  if (const auto tolerance = row.find("tolerance_percent"); tolerance != row.end() && tolerance->is_number()) {
    info.tolerancePercent = tolerance->get<double>();
  }
  result.label = textAt(row, "label");
  // Ours say how much they handle; others' say how fast.
  const auto amount = [&](const char* own, const char* rate) {
    if (const auto count = countOf(block.metrics, own)) return *count;
    const auto found = block.metrics.find(rate);
    const double total = found == block.metrics.end() ? 0 : found->second * block.medianMs() / 1e3;
    return total > 0 && total < 1e18 ? static_cast<std::uint64_t>(std::llround(total)) : std::uint64_t{0};
  };
  info.bytes = amount("voxel_bytes", "bytes_per_second");
  info.volumes = amount("volumes", "items_per_second");
}

/// What the runner would have kept in fields of their own.
void restoreFields(Block& block) {
  block.counted = false;
  block.peakRss = countOf(block.metrics, "peak_rss");
  block.poolHighWater = countOf(block.metrics, "pool_high_water").value_or(0);
  block.deviceHighWater = countOf(block.metrics, "device_high_water");
  for (const auto& [key, value] : block.metrics) {
    if (key.rfind("stage_", 0) == 0 && key.size() > 9 && key.compare(key.size() - 3, 3, "_ms") == 0) {
      block.stages.push_back({key.substr(6, key.size() - 9), value, 0, 0});
    }
  }
}

void addError(const Json& row, RunResult& result) {
  const bool skippedByGoogle = trueAt(row, "skipped");
  std::string message = textAt(row, skippedByGoogle ? "skip_message" : "error_message");
  result.status = skippedByGoogle ? RunStatus::Skipped : RunStatus::Failed;
  for (const RunStatus status : {RunStatus::Failed, RunStatus::Skipped, RunStatus::Cancelled}) {
    const std::string prefix = std::string(statusName(status)) + ": ";
    if (message.rfind(prefix, 0) != 0) continue;
    message.erase(0, prefix.size());
    result.status = status;
    break;
  }
  result.message = message;
}

Block blockOf(const std::string& path, const Json& row) {
  const double unit = millisecondsOf(path, row.value("time_unit", "ns"));
  Block block;
  block.realMs.push_back(numberAt(row, "real_time") * unit);
  block.cpuMs.push_back((row.contains("cpu_time") ? numberAt(row, "cpu_time") : std::nan("")) * unit);
  block.metrics = metricsOf(row);
  return block;
}

void addRow(const std::string& path, const Json& row, ResultFile& file, std::map<std::string, std::size_t>& places) {
  const std::string name = row.at("name").get<std::string>();
  RunResult& result = resultNamed(file, places, name);
  if (trueAt(row, "error_occurred") || trueAt(row, "skipped")) {
    addError(row, result);
    return;
  }
  Block block = blockOf(path, row);
  describeScenario(row, block, result);
  if (!std::isfinite(block.realMs.front())) {
    result.status = RunStatus::Failed;
    result.message = "a time in the file is no number";
    return;
  }
  restoreFields(block);
  result.blocks.push_back(std::move(block));
}

/// One block of each benchmark that has no repetitions in the file: its median, or else its mean.
void addAggregates(const std::string& path, const Json& rows, ResultFile& file,
                   std::map<std::string, std::size_t>& places) {
  for (const char* wanted : {"median", "mean"}) {
    for (const Json& row : rows) {
      if (textAt(row, "run_type") != "aggregate" || textAt(row, "aggregate_name") != wanted) continue;
      const std::string name = textAt(row, "run_name");
      if (name.empty() || places.count(name) != 0) continue;
      Block block = blockOf(path, row);
      if (!std::isfinite(block.realMs.front())) continue;
      RunResult& result = resultNamed(file, places, name);
      describeScenario(row, block, result);
      result.label = fmt::format("the {} of a file without repetitions", wanted);
      block.counted = false;
      result.blocks.push_back(std::move(block));
    }
  }
}

}  // namespace

ResultFile readResultFile(const std::string& path) {
  const std::string text = textOf(path);
  ResultFile file;
  file.path = path;
  try {
    const Json in = Json::parse(withoutNonFinite(text));
    if (const auto context = in.find("context"); context != in.end()) file.environment = flattenContext(*context);
    const Json& rows = in.at("benchmarks");
    if (!rows.is_array()) throw fieldError(path, "benchmarks", "a list of rows", rows.type_name());
    std::map<std::string, std::size_t> places;
    for (const Json& row : rows) {
      const std::string type = textAt(row, "run_type");
      if (type.empty() || type == "iteration") addRow(path, row, file, places);
    }
    addAggregates(path, rows, file, places);
    return file;
  } catch (const Json::exception& error) {
    throw fileError(ErrorCode::Format, path, fmt::format("this is no benchmark result ({})", error.what()));
  }
}

std::vector<RunResult> readResults(const std::string& path) {
  return readResultFile(path).results;
}

}  // namespace voxmark::profiling
