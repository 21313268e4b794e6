#include "ui/models/size_table.h"

#include <algorithm>
#include <map>

namespace voxmark::ui {

SizeTable sizeTable(const std::vector<BenchRun>& runs) {
  SizeTable out;
  std::map<std::pair<QString, QString>, SizeCell> found;
  std::map<QString, double> sizes;
  for (const BenchRun& run : runs) {
    for (const profiling::RunResult& result : run.file.results) {
      const auto voxels = voxelsIn(result.scenario.name);
      if (!voxels || result.blocks.empty()) continue;
      const QString family = familyOf(result.scenario.name);
      const QString size = sizeIn(result.scenario.name);
      double rate = result.bytesPerSecond();
      const auto& metrics = result.blocks.front().metrics;
      if (const auto told = metrics.find("bytes_per_second"); !(rate > 0) && told != metrics.end()) rate = told->second;
      found[{family, size}] = {result.medianMs(), rate, result.scenario.threads};
      sizes[size] = *voxels;
      if (!out.families.contains(family)) out.families << family;
    }
  }
  for (const auto& [name, voxels] : sizes) out.sizes.push_back({name, voxels});
  std::sort(out.sizes.begin(), out.sizes.end(), [](const auto& a, const auto& b) { return a.voxels < b.voxels; });
  for (const QString& family : out.families) {
    auto& row = out.cells.emplace_back();
    for (const auto& size : out.sizes) {
      const auto cell = found.find({family, size.name});
      row.push_back(cell == found.end() ? std::nullopt : std::optional(cell->second));
    }
  }
  return out;
}

}  // namespace voxmark::ui
