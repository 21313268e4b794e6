#include "core/profiling/result_file.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/cpu_info.h"
#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

using Json = nlohmann::ordered_json;

std::string firstLine(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

Json context(const std::string& dataFile) {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  char date[64];
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S%z", &local);
  double load[3] = {0, 0, 0};
  const int loads = getloadavg(load, 3);
  const CpuInfo& cpu = cpuInfo();
  Json out{{"date", date},
           {"host_name", host},
           {"executable", "voxmark"},
           {"num_cpus", cpu.logicalCores},
           {"mhz_per_cpu", 0},
           {"cpu_scaling_enabled", false},
           {"caches", Json::array()},
           {"load_avg", std::vector<double>(load, load + std::max(0, loads))},
#ifdef NDEBUG
           {"library_build_type", "release"},
#else
           {"library_build_type", "debug"},
#endif
           {"json_schema_version", 1}};
  std::error_code failed;
  const auto bytes = std::filesystem::file_size(dataFile, failed);
  out["voxmark"] = {{"version", VOXMARK_VERSION},
                    {"cpu", cpu.name},
                    {"features", cpu.features},
                    {"memoryBytes", cpu.memoryBytes},
                    {"kernel", cpu.kernel},
                    {"governor", firstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")},
                    {"compiler", __VERSION__},
                    {"dataFile", std::filesystem::path(dataFile).filename().string()},
                    {"dataFileBytes", failed ? 0 : bytes}};
  return out;
}

void addCounters(Json& row, const Block& block, const ScenarioInfo& info) {
  const double n = static_cast<double>(block.realMs.size());
  row["bytes_per_second"] = static_cast<double>(info.bytes) / (block.medianMs() / 1e3);
  row["items_per_second"] = static_cast<double>(info.volumes) / (block.medianMs() / 1e3);
  row["bytes_read"] = static_cast<double>(block.counters.bytesRead) / n;
  row["bytes_inflated"] = static_cast<double>(block.counters.bytesInflated) / n;
  row["bytes_copied"] = static_cast<double>(block.counters.bytesCopied) / n;
  row["allocations"] = static_cast<double>(block.counters.allocations) / n;
  row["uploads"] = static_cast<double>(block.counters.uploads) / n;
  row["downloads"] = static_cast<double>(block.counters.downloads) / n;
  row["pool_high_water"] = block.poolHighWater;
  if (block.peakRss) row["peak_rss"] = *block.peakRss;
  for (const trace::StageTotal& stage : block.stages) row["stage_" + stage.name + "_ms"] = stage.ms / n;
}

void addRows(Json& rows, const RunResult& result) {
  Json base{{"name", result.scenario.name}, {"run_name", result.scenario.name},
            {"run_type", "iteration"},      {"repetitions", result.blocks.size()},
            {"repetition_index", 0},        {"threads", result.scenario.threads}};
  if (!result.label.empty()) base["label"] = result.label;
  if (result.status == RunStatus::Failed || result.status == RunStatus::Skipped) {
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

std::string toJson(const std::vector<RunResult>& results, const std::string& dataFile) {
  Json out;
  out["context"] = context(dataFile);
  Json& rows = out["benchmarks"] = Json::array();
  for (const RunResult& result : results) addRows(rows, result);
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

void writeResults(const std::string& path, const std::vector<RunResult>& results, const std::string& dataFile) {
  const std::string beside = fmt::format("{}.part-{}", path, getpid());
  {
    std::ofstream file(beside);
    file << toJson(results, dataFile) << '\n';
    if (!file.flush()) {
      std::error_code ignored;
      std::filesystem::remove(beside, ignored);
      throw fileError(ErrorCode::Io, path, "the results cannot be written");
    }
  }
  std::error_code failed;
  std::filesystem::rename(beside, path, failed);
  if (failed) throw fileError(ErrorCode::Io, path, failed.message());
}

std::vector<RunResult> readResults(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw fileError(ErrorCode::NotFound, path, "there is no such result file");
  try {
    const Json in = Json::parse(file);
    std::vector<RunResult> out;
    for (const Json& row : in.at("benchmarks")) {
      if (row.value("run_type", "iteration") != "iteration") continue;
      const auto name = row.at("name").get<std::string>();
      if (out.empty() || out.back().scenario.name != name) {
        out.emplace_back();
        out.back().scenario.name = name;
        out.back().scenario.threads = row.value("threads", 1);
      }
      if (row.value("error_occurred", false)) {
        out.back().status = RunStatus::Failed;
        out.back().message = row.value("error_message", "");
        continue;
      }
      Block block;
      block.realMs.push_back(row.at("real_time").get<double>());
      block.cpuMs.push_back(row.at("cpu_time").get<double>());
      out.back().blocks.push_back(std::move(block));
    }
    return out;
  } catch (const Json::exception& error) {
    throw fileError(ErrorCode::Format, path, fmt::format("this is no benchmark result ({})", error.what()));
  }
}

}  // namespace voxmark::profiling
