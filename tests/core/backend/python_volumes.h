#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/core/backend/backend_test_support.h"
#include "tests/core/io/python_check.h"
#include "tests/support/temporary_folder.h"

namespace voxmark::testing {

/// Hands volumes to Python as raw float64 and takes what it computes back the same way.
class PythonVolumes {
 public:
  void give(const std::string& name, const Volume& volume) const {
    std::vector<double> values;
    const Index3& size = volume.geometry().size;
    for (std::int64_t k = 0; k < size[2]; ++k) {
      for (std::int64_t j = 0; j < size[1]; ++j) {
        for (std::int64_t i = 0; i < size[0]; ++i) values.push_back(volume.valueAt(0, {i, j, k}));
      }
    }
    std::ofstream(folder_.file(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * 8));
  }
  /// Runs `script`, in which load(name, (nx, ny, nz)) gives an array indexed [k, j, i], and save(array) its result.
  [[nodiscard]] std::vector<double> run(const std::string& script) const {
    const std::string head =
        "import sys, numpy as np, scipy.ndimage as nd\n"
        "def load(name, n):\n"
        "    return np.fromfile(sys.argv[1] + \"/\" + name).reshape(n[2], n[1], n[0])\n"
        "def save(a):\n"
        "    np.ascontiguousarray(a, dtype=np.float64).tofile(sys.argv[1] + \"/result\")\n";
    (void)askPython(head + script, folder_.path().string());
    std::vector<double> out(std::filesystem::file_size(folder_.file("result")) / 8);
    std::ifstream(folder_.file("result"), std::ios::binary)
        .read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size() * 8));
    return out;
  }

 private:
  TemporaryFolder folder_;
};

/// Compares every value with those that Python has computed.
inline void expectValues(const Volume& found, const std::vector<double>& expected, double tolerance) {
  const Index3& size = found.geometry().size;
  ASSERT_EQ(static_cast<std::size_t>(size[0] * size[1] * size[2]), expected.size());
  double worst = 0;
  for (std::size_t n = 0; n < expected.size(); ++n) {
    const auto at = static_cast<std::int64_t>(n);
    const Index3 voxel{at % size[0], at / size[0] % size[1], at / (size[0] * size[1])};
    worst = std::max(worst, std::abs(found.valueAt(0, voxel) - expected[n]));
  }
  EXPECT_LE(worst, tolerance);
}

}  // namespace voxmark::testing
