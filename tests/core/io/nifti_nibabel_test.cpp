// Random headers against nibabel: what they say, and that a copy says the same.
#include <cmath>
#include <sstream>

#include "tests/core/io/io_test_support.h"
#include "tests/support/run_command.h"

namespace voxmark::testing {
namespace {

struct Case {
  std::string name;
  std::array<std::int64_t, 7> shape{};
  std::array<double, 12> affine{};  ///< RAS
};

std::vector<Case> casesIn(const TemporaryFolder& folder) {
  std::vector<Case> out;
  std::istringstream lines(contentsOf(folder.file("cases.txt")));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in(line);
    Case one;
    double number = 0;
    in >> one.name;
    for (auto& size : one.shape) {
      in >> number;
      size = static_cast<std::int64_t>(number);
    }
    for (double& entry : one.affine) in >> entry;
    EXPECT_FALSE(in.fail()) << line;
    out.push_back(one);
  }
  return out;
}

void expectAffine(const Geometry& g, const std::array<double, 12>& ras) {
  double largest = 1;
  for (const double entry : ras) largest = std::max(largest, std::abs(entry));
  for (std::size_t row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1 : 1;
    for (std::size_t column = 0; column < 3; ++column) {
      EXPECT_NEAR(sign * g.direction[3 * row + column] * g.spacing[column], ras[4 * row + column], 1e-6 * largest)
          << row << ", " << column;
    }
    EXPECT_NEAR(sign * g.origin[row], ras[4 * row + 3], 1e-6 * largest);
  }
}

void expectValues(const Volume& volume, const std::string& doubles) {
  const Index3& size = volume.geometry().size;
  ASSERT_EQ(doubles.size(), 8U * static_cast<std::size_t>(volume.info().voxelsPerFrame() * volume.info().frames));
  std::size_t n = 0;
  for (std::int64_t frame = 0; frame < volume.info().frames; ++frame) {
    for (std::int64_t k = 0; k < size[2]; ++k) {
      for (std::int64_t j = 0; j < size[1]; ++j) {
        for (std::int64_t i = 0; i < size[0]; ++i, n += 8) {
          double expected = 0;
          std::memcpy(&expected, doubles.data() + n, 8);
          ASSERT_NEAR(volume.valueAt(frame, {i, j, k}), expected, 1e-12 * std::abs(expected)) << frame << ": " << i;
        }
      }
    }
  }
}

TEST(NiftiAgainstNibabel, randomHeadersMeanTheSameAndCopiesKeepEveryField) {
  if (!pythonHas("nibabel")) GTEST_SKIP() << "python3-nibabel is not installed";
  TemporaryFolder folder;
  const Outcome made = runPython("core/io/nifti_cases.py", "make " + folder.file(""));
  ASSERT_EQ(made.code, 0) << made.out;
  const auto cases = casesIn(folder);
  ASSERT_EQ(cases.size(), 60U);
  std::size_t withFrames = 0, scaled = 0;
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const auto volume = readFile(folder.file(one.name));
    EXPECT_EQ(volume->geometry().size, (Index3{one.shape[0], one.shape[1], one.shape[2]}));
    EXPECT_EQ(volume->info().frames, one.shape[3] * one.shape[4] * one.shape[5] * one.shape[6]);
    expectAffine(volume->geometry(), one.affine);
    expectValues(*volume, contentsOf(folder.file(one.name + ".f8")));
    withFrames += volume->info().frames > 1 ? 1 : 0;
    scaled += volume->info().scale.identity() ? 0 : 1;
    writeVolume(*volume, folder.file("copy_" + one.name));
  }
  EXPECT_GE(withFrames, 20U);
  EXPECT_GE(scaled, 15U);
  const Outcome compared = runPython("core/io/nifti_cases.py", "compare " + folder.file(""));
  EXPECT_EQ(compared.code, 0) << compared.out;
}

}  // namespace
}  // namespace voxmark::testing
