#include "core/profiling/confirmation.h"

#include <algorithm>

#include <fmt/format.h>

namespace voxmark::profiling {
namespace {

std::string estimateOf(const ComparisonRow& row) {
  return row.time ? fmt::format("{:+.1f} %", (row.time->estimate.ratio - 1) * 100) : std::string("no estimate");
}

}  // namespace

std::vector<std::string> toConfirm(const Comparison& first) {
  std::vector<std::string> names;
  for (const ComparisonRow& row : first.rows) {
    if (row.state == VerdictState::Regressed) names.push_back(row.name);
  }
  return names;
}

Comparison confirmed(Comparison first, const Comparison& second) {
  for (ComparisonRow& row : first.rows) {
    if (row.state != VerdictState::Regressed) continue;
    const auto again = std::find_if(second.rows.begin(), second.rows.end(),
                                    [&](const ComparisonRow& one) { return one.name == row.name; });
    if (again != second.rows.end() && again->state == VerdictState::Regressed) {
      row.notes.push_back(fmt::format("confirmed by a second session: {}", estimateOf(*again)));
      continue;
    }
    row.state = VerdictState::Inconclusive;
    row.reasons.push_back(again == second.rows.end() ? std::string("a second session has not measured it")
                                                     : fmt::format("a second session did not confirm it: {}, then {}",
                                                                   estimateOf(row), estimateOf(*again)));
  }
  return first;
}

}  // namespace voxmark::profiling
