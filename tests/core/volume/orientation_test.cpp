#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "core/volume/geometry.h"

namespace voxmark {
namespace {

/// One of the 48 ways to lay voxel axes along patient axes: `axes[a]` is the patient axis of voxel axis a, and bit a
/// of `signs` says that it runs against it.
Geometry straight(const std::array<int, 3>& axes, int signs) {
  Geometry g;
  g.spacing = {0.7, 1.1, 3};
  g.direction = {};
  for (std::size_t a = 0; a < 3; ++a) {
    g.direction[3 * static_cast<std::size_t>(axes[a]) + a] = ((signs >> a) & 1) != 0 ? -1 : 1;
  }
  return g;
}

/// Said in words: LPS coordinates grow to the left, to the back and to the head.
char letterOf(int patientAxis, bool reversed) {
  if (patientAxis == 0) return reversed ? 'R' : 'L';
  if (patientAxis == 1) return reversed ? 'A' : 'P';
  return reversed ? 'I' : 'S';
}

TEST(Orientation, NamesAll48StraightOnes) {
  std::set<std::string> seen;
  std::array<int, 3> axes{0, 1, 2};
  do {
    for (int signs = 0; signs < 8; ++signs) {
      const Geometry g = straight(axes, signs);
      std::string expected;
      for (std::size_t a = 0; a < 3; ++a) expected += letterOf(axes[a], ((signs >> a) & 1) != 0);
      EXPECT_EQ(orientationOf(g), expected);
      const AxisMap map = axisMapOf(g);
      EXPECT_EQ(map.patientAxis, axes);
      for (std::size_t a = 0; a < 3; ++a) EXPECT_EQ(map.reversed[a], ((signs >> a) & 1) != 0);
      EXPECT_EQ(obliqueAngle(g), 0);
      EXPECT_EQ(shearOf(g), 0);
      seen.insert(expected);
    }
  } while (std::next_permutation(axes.begin(), axes.end()));
  EXPECT_EQ(seen.size(), 48U);
}

TEST(Orientation, OfTheUsualConventions) {
  EXPECT_EQ(orientationOf(Geometry{}), "LPS");
  Geometry nifti;
  nifti.direction = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
  EXPECT_EQ(orientationOf(nifti), "RAS");
  Geometry sagittal;  // columns run from front to back, rows from head to foot, slices to the left
  sagittal.direction = {0, 0, 1, 1, 0, 0, 0, -1, 0};
  EXPECT_EQ(orientationOf(sagittal), "PIL");
}

struct Case {
  Mat3 direction{};
  std::string expected;
};

/// tests/data/orientations.tsv: directions (LPS, row-major) and what nibabel's aff2axcodes says of them.
std::vector<Case> nibabelCases() {
  const char* sources = std::getenv("VOXMARK_SOURCE_DIR");
  std::ifstream in(std::string(sources == nullptr ? "." : sources) + "/tests/data/orientations.tsv");
  std::vector<Case> cases;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream fields(line);
    Case one;
    fields >> one.expected;
    for (double& element : one.direction) fields >> element;
    EXPECT_TRUE(fields) << line;
    cases.push_back(one);
  }
  return cases;
}

TEST(Orientation, OfObliqueAndShearedGridsIsNibabels) {
  const auto cases = nibabelCases();
  EXPECT_GE(cases.size(), 200U);
  for (const Case& one : cases) {
    Geometry g;
    ASSERT_TRUE(setAffine(g, one.direction, {0, 0, 0}));
    EXPECT_EQ(orientationOf(g), one.expected) << one.direction[0] << " " << one.direction[1];
  }
}

}  // namespace
}  // namespace voxmark
