#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace voxmark::testing {

/// A .nii.gz file that the program wrote, and what must be found in it.
struct Written {
  std::string path;
  std::string type;  ///< "u8", "i16" or "f32"
  int bits = 8;
  std::vector<std::int64_t> shape;  ///< three or four sizes
  std::array<double, 12> affine{};  ///< RAS millimetres, row-major 3×4
  double slope = 1, inter = 0;
  std::vector<double> values;  ///< scaled, in file order
  std::string voxels;          ///< stored bytes, little endian
};

/// One file for every level (1, 3, 6, 9), type and number of dimensions. Made at the first call, in a folder that goes
/// away with the process; empty where the program failed, which fails the test that asks.
[[nodiscard]] const std::vector<Written>& writtenFiles();
/// A path in the same folder.
[[nodiscard]] std::string beside(const std::string& name);

}  // namespace voxmark::testing
