#include <cmath>
#include <nlohmann/json.hpp>

#include "core/profiling/comparison.h"

namespace voxmark::profiling {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json timeJson(const TimeVerdict& time) {
  return {{"ratio", number(time.estimate.ratio)},
          {"changePercent", number((time.estimate.ratio - 1) * 100)},
          {"low", number(time.estimate.low)},
          {"high", number(time.estimate.high)},
          {"confidence", 0.99},
          {"tolerancePercent", time.tolerancePercent},
          {"verdict", stateName(time.state)},
          {"improved", time.improved},
          {"pValue", number(time.pValue)},
          {"adjustedPValue", number(time.adjustedPValue)}};
}

Json rowJson(const ComparisonRow& row) {
  Json out{{"name", row.name}, {"verdict", stateName(row.state)}};
  out["baseline"] = {{"medianMs", row.baselineBlocks.empty() ? Json(nullptr) : number(row.baselineMs)},
                     {"blocks", row.baselineBlocks.size()}};
  out["current"] = {{"medianMs", row.currentBlocks.empty() ? Json(nullptr) : number(row.currentMs)},
                    {"blocks", row.currentBlocks.size()}};
  if (row.time) out["time"] = timeJson(*row.time);
  Json& memory = out["memory"] = Json::array();
  for (const MemoryChange& one : row.memory) {
    memory.push_back({{"name", one.name},
                      {"baselineBytes", number(one.baselineBytes)},
                      {"currentBytes", number(one.currentBytes)},
                      {"regressed", one.exceeded}});
  }
  Json& counters = out["counters"] = Json::array();
  for (const CounterChange& one : row.counters) {
    counters.push_back({{"name", one.name},
                        {"baseline", number(one.baseline)},
                        {"current", number(one.current)},
                        {"equal", one.equal},
                        {"exact", one.exact}});
  }
  out["reasons"] = row.reasons;
  out["notes"] = row.notes;
  return out;
}

}  // namespace

std::string comparisonJson(const Comparison& comparison, const ExitRules& rules) {
  Json out{{"baseline", comparison.baselinePath}, {"current", comparison.currentPath}};
  Json& summary = out["summary"] = Json::object();
  for (const VerdictState state :
       {VerdictState::Pass, VerdictState::Regressed, VerdictState::Inconclusive, VerdictState::Missing,
        VerdictState::Errored, VerdictState::Skipped, VerdictState::New}) {
    summary[std::string(stateName(state))] = comparison.count(state);
  }
  out["exitCode"] = exitCode(comparison, rules);
  out["environmentMatches"] = comparison.environmentMatches();
  Json& environment = out["environment"] = Json::array();
  for (const EnvironmentDifference& one : comparison.environment) {
    environment.push_back({{"key", one.key},
                           {"label", one.label},
                           {"baseline", one.baseline},
                           {"current", one.current},
                           {"mismatch", one.mismatch}});
  }
  Json& rows = out["scenarios"] = Json::array();
  for (const ComparisonRow& row : comparison.rows) rows.push_back(rowJson(row));
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace voxmark::profiling
