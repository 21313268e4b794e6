#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace voxmark::test {

/// One voxel whose value an independent reader has told: indices i, j, k and those of further axes.
struct ManifestProbe {
  std::vector<std::int64_t> index;
  std::vector<double> values;  ///< one a component
};

/// One row of a MANIFEST.tsv: what an independent reader found in a file.
struct ManifestRow {
  std::string folder;  ///< the manifest's own: `path` is below it
  std::string path, kind, expected, notes, dtype, axcodes;
  std::vector<std::int64_t> dims;
  int components = 1;
  std::vector<double> spacing, direction, origin;  ///< empty where the row does not say
  double min = 0, max = 0, mean = 0, std = 0;
  bool hasStatistics = false;
  std::int64_t nonfinite = 0;
  std::vector<ManifestProbe> probes;

  /// The row's path as a test name.
  [[nodiscard]] std::string testName() const;
};

/// For GoogleTest's messages.
inline void PrintTo(const ManifestRow& row, std::ostream* out) {
  *out << row.path;
}

/// $VOXMARK_DATA_DIR, or shared/data beside the sources; empty where neither holds a MANIFEST.tsv.
[[nodiscard]] std::optional<std::string> dataFolder();

/// tests/data of the sources: the small set that is always there.
[[nodiscard]] std::string bundledFolder();

/// Rows of `folder`'s manifest, without those of kind "skip"; empty where there is no manifest.
[[nodiscard]] std::vector<ManifestRow> readManifest(const std::string& folder);

}  // namespace voxmark::test
