#include "core/profiling/result_file.h"

#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/cpu_info.h"
#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/io/atomic_file.h"

namespace voxmark::profiling {
namespace {

using Json = nlohmann::ordered_json;

std::string nowText() {
  char date[64];
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S%z", &local);
  return date;
}

/// What happened to the processors between the two moments.
void addConditions(const Conditions& before, const Conditions& after, Json& own) {
  own["governor"] = after.governor;
  own["loadAfter"] = after.load;
  if (before.throttled && after.throttled) own["throttled"] = *after.throttled - *before.throttled;
  if (before.stolenMs && after.stolenMs) own["stolenMs"] = *after.stolenMs - *before.stolenMs;
}

void addData(const RunNotes& notes, Json& own) {
  if (notes.dataFile.empty()) {
    std::error_code failed;
    own["fileSystem"] = fileSystemOf(std::filesystem::temp_directory_path(failed).string());
    return;
  }
  std::error_code failed;
  const auto bytes = std::filesystem::file_size(notes.dataFile, failed);
  own["dataFile"] = std::filesystem::path(notes.dataFile).filename().string();
  own["dataFileBytes"] = failed ? 0 : bytes;
  if (const std::string hash = contentHash(notes.dataFile); !hash.empty()) own["dataHash"] = hash;
  own["fileSystem"] = fileSystemOf(notes.dataFile);
}

Json context(const RunNotes& notes) {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  const CpuInfo& cpu = cpuInfo();
  const Conditions after = readConditions();
  const Conditions before = notes.before.value_or(after);
  Json out{{"date", nowText()},
           {"host_name", host},
           {"executable", "voxmark"},
           {"num_cpus", cpu.logicalCores},
           {"mhz_per_cpu", static_cast<std::int64_t>(std::llround(after.mhz.value_or(0)))},
           {"cpu_scaling_enabled", !after.governor.empty() && after.governor != "performance"},
           {"caches", Json::array()},
           {"load_avg", std::vector<double>{before.load}},
#ifdef NDEBUG
           {"library_build_type", "release"},
#else
           {"library_build_type", "debug"},
#endif
           {"json_schema_version", 1}};
  Json& own = out["voxmark"] = {{"version", VOXMARK_VERSION}, {"commit", buildCommit()},        {"cpu", cpu.name},
                                {"features", cpu.features},   {"memoryBytes", cpu.memoryBytes}, {"kernel", cpu.kernel},
                                {"compiler", __VERSION__},    {"threads", defaultThreads()}};
  addConditions(before, after, own);
  addData(notes, own);
  for (const auto& [key, text] :
       {std::pair{"preset", notes.preset}, {"gpu", notes.gpu}, {"gpuDriver", notes.gpuDriver}}) {
    if (!text.empty()) own[key] = text;
  }
  for (const auto& [key, text] : notes.further) own[key] = text;
  return out;
}

void addCounters(Json& row, const Block& block, const ScenarioInfo& info) {
  const auto put = [&row](const std::string& name, double value) {
    if (std::isfinite(value)) row[name] = value;  // a time of 0 gives rates that JSON cannot hold
  };
  const auto share = [n = static_cast<double>(block.realMs.size())](auto count) {
    return static_cast<double>(count) / n;
  };
  put("bytes_per_second", static_cast<double>(info.bytes) / (block.medianMs() / 1e3));
  put("items_per_second", static_cast<double>(info.volumes) / (block.medianMs() / 1e3));
  put("voxel_bytes", static_cast<double>(info.bytes));
  put("volumes", static_cast<double>(info.volumes));
  for (const auto& [name, value] : exactCounters(block)) put(name, value);
  row["pool_high_water"] = block.poolHighWater;
  if (block.peakRss) row["peak_rss"] = *block.peakRss;
  if (block.deviceHighWater) row["device_high_water"] = *block.deviceHighWater;
  if (info.tolerancePercent > 0) put("tolerance_percent", info.tolerancePercent);
  for (const auto& [name, value] : block.metrics) {
    if (!row.contains(name)) put(name, value);
  }
  for (const trace::StageTotal& stage : block.stages) put("stage_" + stage.name + "_ms", share(stage.ms));
}

void addRows(Json& rows, const RunResult& result) {
  Json base{{"name", result.scenario.name}, {"run_name", result.scenario.name},
            {"run_type", "iteration"},      {"repetitions", result.blocks.size()},
            {"repetition_index", 0},        {"threads", result.scenario.threads}};
  if (!result.label.empty()) base["label"] = result.label;
  if (!result.scenario.kind.empty()) base["kind"] = result.scenario.kind;
  if (!result.scenario.device.empty()) base["device"] = result.scenario.device;
  const bool unmeasured = result.status == RunStatus::Cancelled && result.blocks.empty();
  if (result.status == RunStatus::Failed || result.status == RunStatus::Skipped || unmeasured) {
    Json row = base;
    row["error_occurred"] = true;
    row["error_message"] = fmt::format("{}: {}", statusName(result.status), result.message);
    row["iterations"] = 0;
    row["real_time"] = 0;
    row["cpu_time"] = 0;
    row["time_unit"] = "ms";
    rows.push_back(std::move(row));
  }
  for (std::size_t n = 0; n < result.blocks.size(); ++n) {
    const Block& block = result.blocks[n];
    Json row = base;
    row["repetition_index"] = n;
    row["iterations"] = block.realMs.size();
    row["real_time"] = block.medianMs();
    row["cpu_time"] = block.cpuMedianMs();
    row["time_unit"] = "ms";
    addCounters(row, block, result.scenario);
    rows.push_back(std::move(row));
  }
}

}  // namespace

std::string toJson(const std::vector<RunResult>& results, const RunNotes& notes) {
  Json out;
  out["context"] = context(notes);
  Json& rows = out["benchmarks"] = Json::array();
  for (const RunResult& result : results) addRows(rows, result);
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string toJson(const std::vector<RunResult>& results, const std::string& dataFile) {
  RunNotes notes;
  notes.dataFile = dataFile;
  return toJson(results, notes);
}

void writeResults(const std::string& path, const std::vector<RunResult>& results, const RunNotes& notes) {
  const std::string text = toJson(results, notes) + '\n';
  AtomicFile file(path, true);
  file.append(std::as_bytes(std::span(text)));
  file.commit();
}

void writeResults(const std::string& path, const std::vector<RunResult>& results, const std::string& dataFile) {
  RunNotes notes;
  notes.dataFile = dataFile;
  writeResults(path, results, notes);
}

Environment environmentNow(const RunNotes& notes) {
  return flattenContext(context(notes));
}

}  // namespace voxmark::profiling
