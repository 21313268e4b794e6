#include "core/profiling/exact_counters.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/profiling/block_runner.h"

namespace voxmark::profiling {
namespace {

/// One thread for the whole process while it lives.
class OneThread {
 public:
  OneThread() : before_(defaultThreads()) { setDefaultThreads(1); }
  ~OneThread() { setDefaultThreads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

std::map<std::string, double> countOne(Scenario& scenario, JobContext& job) {
  for (int run = 0; run < 2; ++run) {
    scenario.rewind(job);
    scenario.run(job);
    scenario.check();
  }
  scenario.rewind(job);
  Block block;
  block.realMs = {0};
  const trace::CounterValues before = trace::snapshot();
  scenario.run(job);
  block.counters = trace::snapshot() - before;
  scenario.check();
  return exactCounters(block);
}

}  // namespace

CounterTable countScenarios(ScenarioList& scenarios, JobContext& job) {
  const OneThread one;
  CounterTable out;
  for (auto& scenario : scenarios) {
    if (!scenario->info().reason.empty()) continue;
    scenario->prepare(job);
    out[scenario->info().name] = countOne(*scenario, job);
    scenario->release();
  }
  return out;
}

std::string counterJson(const CounterTable& table) {
  nlohmann::ordered_json out{{"voxmarkCounters", 1}};
  auto& scenarios = out["scenarios"] = nlohmann::ordered_json::object();
  for (const auto& [name, counters] : table) {
    auto& row = scenarios[name] = nlohmann::ordered_json::object();
    for (const auto& [counter, value] : counters) row[counter] = static_cast<std::uint64_t>(value);
  }
  return out.dump(1) + '\n';
}

CounterTable readCounters(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw fileError(ErrorCode::NotFound, path, "there is no such file of counters");
  try {
    const auto in = nlohmann::ordered_json::parse(file);
    if (in.at("voxmarkCounters") != 1) throw fieldError(path, "voxmarkCounters", "1", in["voxmarkCounters"].dump());
    CounterTable out;
    for (const auto& [name, counters] : in.at("scenarios").items()) {
      for (const auto& [counter, value] : counters.items()) out[name][counter] = value.get<double>();
    }
    return out;
  } catch (const nlohmann::json::exception& error) {
    throw fileError(ErrorCode::Format, path, fmt::format("these are no counters ({})", error.what()));
  }
}

std::vector<CounterDifference> counterDifferences(const CounterTable& baseline, const CounterTable& current) {
  std::vector<CounterDifference> out;
  for (const auto& [name, counters] : baseline) {
    const auto now = current.find(name);
    if (now == current.end()) {
      out.push_back({name, "", "measured", ""});
      continue;
    }
    for (const auto& [counter, value] : counters) {
      const auto found = now->second.find(counter);
      if (found != now->second.end() && found->second == value) continue;
      out.push_back({name, counter, fmt::format("{:.15g}", value),
                     found == now->second.end() ? std::string() : fmt::format("{:.15g}", found->second)});
    }
  }
  for (const auto& [name, counters] : current) {
    if (baseline.count(name) == 0) out.push_back({name, "", "", "measured"});
  }
  return out;
}

}  // namespace voxmark::profiling
