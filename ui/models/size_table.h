#pragma once

#include <QStringList>
#include <optional>
#include <vector>

#include "ui/models/bench_runs.h"

namespace voxmark::ui {

/// What was measured of a scenario at one size.
struct SizeCell {
  double ms = 0;  ///< median
  double bytesPerSecond = 0;
  int threads = 1;
};

/// Scenarios without their sizes, and their sizes, of all runs: where several have measured the same, the newest
/// counts.
struct SizeTable {
  struct Size {
    QString name;
    double voxels = 0;
  };
  QStringList families;
  std::vector<Size> sizes;                                  ///< the smallest first
  std::vector<std::vector<std::optional<SizeCell>>> cells;  ///< [family][size]
};

[[nodiscard]] SizeTable sizeTable(const std::vector<BenchRun>& runs);

}  // namespace voxmark::ui
