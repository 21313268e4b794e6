// What other programs find in the .nii.gz files that ours writes.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/run_program.h"
#include "tests/core/io/io_test_support.h"
#include "tests/interop/written_files.h"
#include "tests/support/run_command.h"

namespace voxmark::testing {
namespace {

bool installed(const std::string& tool) {
  return runCommand("command -v " + tool).code == 0;
}

std::vector<double> numbersIn(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> out;
  for (double number = 0; in >> number;) out.push_back(number);
  return out;
}

std::string sourceFolder() {
  const char* sources = std::getenv("VOXMARK_SOURCE_DIR");
  return sources == nullptr ? "." : sources;
}

TEST(Interop, gzipFindsNothingWrongAndUnpacksTheSameVoxels) {
  if (!installed("gzip")) GTEST_SKIP() << "gzip is not installed";
  for (const Written& file : writtenFiles()) {
    SCOPED_TRACE(file.path);
    const Outcome tested = runCommand("gzip -t " + file.path);
    EXPECT_EQ(tested.code, 0) << tested.out;
    EXPECT_EQ(tested.out, "");
    ASSERT_EQ(runCommand("gzip -dc " + file.path + " > " + beside("unpacked")).code, 0);
    const std::string unpacked = contentsOf(beside("unpacked"));
    ASSERT_EQ(unpacked.size(), 352 + file.voxels.size());
    EXPECT_TRUE(unpacked.compare(352, std::string::npos, file.voxels) == 0);
  }
}

TEST(Interop, nibabelReadsTheSameValuesAndGeometry) {
  if (!pythonHas("nibabel")) GTEST_SKIP() << "python3-nibabel is not installed";
  std::ofstream list(beside("expected.txt"));
  list.precision(17);
  for (const Written& file : writtenFiles()) {
    std::ofstream(file.path + ".f8", std::ios::binary)
        .write(reinterpret_cast<const char*>(file.values.data()), static_cast<std::streamsize>(8 * file.values.size()));
    list << file.path << ' ' << file.type << ' ' << file.slope << ' ' << file.inter;
    for (const double entry : file.affine) list << ' ' << entry;
    for (const std::int64_t size : file.shape) list << ' ' << size;
    list << '\n';
  }
  list.close();
  const Outcome compared = runPython("interop/compare_nibabel.py", beside("expected.txt"));
  EXPECT_EQ(compared.code, 0);
  EXPECT_EQ(compared.out, "24 files agree\n");
}

TEST(Interop, nodesDecompressionStreamInflatesTheSameBytes) {
  if (!installed("node")) GTEST_SKIP() << "nodejs is not installed";
  if (!installed("gzip")) GTEST_SKIP() << "gzip is not installed";
  for (const Written& file : writtenFiles()) {
    const Outcome inflated = runCommand("node " + sourceFolder() + "/tests/interop/inflate.mjs " + file.path);
    const Outcome hash = runCommand("gzip -dc " + file.path + " | sha256sum | cut -d' ' -f1");
    EXPECT_EQ(inflated.out, std::to_string(352 + file.voxels.size()) + " " + hash.out) << file.path;
  }
}

TEST(Interop, mrtrixReadsTheSameGeometry) {
  if (!installed("mrinfo")) GTEST_SKIP() << "mrtrix3 is not installed";
  for (const Written& file : writtenFiles()) {
    SCOPED_TRACE(file.path);
    const auto numbers = numbersIn(runCommand("mrinfo -quiet -size -transform " + file.path).out);
    const std::size_t sizes = file.shape.size();
    ASSERT_EQ(numbers.size(), sizes + 16);
    for (std::size_t n = 0; n < sizes; ++n) EXPECT_EQ(numbers[n], static_cast<double>(file.shape[n]));
    for (std::size_t column = 0; column < 4; ++column) {
      const auto& a = file.affine;
      // MRtrix gives unit vectors and keeps their lengths apart.
      const double length = column == 3 ? 1 : std::hypot(a[column], a[4 + column], a[8 + column]);
      for (std::size_t row = 0; row < 3; ++row) {
        EXPECT_NEAR(numbers[sizes + 4 * row + column], a[4 * row + column] / length, 1e-5);
      }
    }
  }
}

TEST(Interop, mrtrixFindsTheSameStatistics) {
  if (!installed("mrstats")) GTEST_SKIP() << "mrtrix3 is not installed";
  for (const Written& file : writtenFiles()) {
    SCOPED_TRACE(file.path);
    const auto numbers =
        numbersIn(runCommand("mrstats -quiet -output mean -output min -output max -output count " + file.path).out);
    const std::size_t frames = file.shape.size() == 4 ? static_cast<std::size_t>(file.shape[3]) : 1;
    ASSERT_EQ(numbers.size(), 4 * frames);
    const std::size_t count = file.values.size() / frames;
    for (std::size_t frame = 0; frame < frames; ++frame) {
      const auto first = file.values.begin() + static_cast<std::ptrdiff_t>(frame * count);
      const auto last = first + static_cast<std::ptrdiff_t>(count);
      double sum = 0;
      for (auto value = first; value != last; ++value) sum += *value;
      const double mean = sum / static_cast<double>(count), least = *std::min_element(first, last),
                   most = *std::max_element(first, last);
      const double tolerance = 1e-5 * (most - least);  // it prints six digits
      EXPECT_NEAR(numbers[4 * frame], mean, tolerance);
      EXPECT_NEAR(numbers[4 * frame + 1], least, tolerance);
      EXPECT_NEAR(numbers[4 * frame + 2], most, tolerance);
      EXPECT_EQ(numbers[4 * frame + 3], static_cast<double>(count));
    }
  }
}

std::vector<double> headerField(const std::string& path, const std::string& name) {
  return numbersIn(runCommand("nifti_tool -quiet -disp_hdr -field " + name + " -infiles " + path).out);
}

TEST(Interop, niftiToolAcceptsTheHeaderAndReadsItsFields) {
  if (!installed("nifti_tool")) GTEST_SKIP() << "nifti-bin is not installed";
  for (const Written& file : writtenFiles()) {
    SCOPED_TRACE(file.path);
    const Outcome checked = runCommand("nifti_tool -check_hdr -infiles " + file.path);
    EXPECT_EQ(checked.code, 0);
    EXPECT_NE(checked.out.find("header IS GOOD"), std::string::npos) << checked.out;
    std::vector<double> dim{static_cast<double>(file.shape.size())};
    for (const std::int64_t size : file.shape) dim.push_back(static_cast<double>(size));
    dim.resize(8, 1);
    EXPECT_EQ(headerField(file.path, "dim"), dim);
    EXPECT_EQ(headerField(file.path, "bitpix"), std::vector<double>{static_cast<double>(file.bits)});
    EXPECT_EQ(headerField(file.path, "vox_offset"), std::vector<double>{352});
    EXPECT_EQ(headerField(file.path, "scl_slope"), std::vector<double>{file.slope});
    EXPECT_EQ(headerField(file.path, "scl_inter"), std::vector<double>{file.inter});
    for (std::size_t row = 0; row < 3; ++row) {
      const auto found = headerField(file.path, std::string("srow_") + "xyz"[row]);
      ASSERT_EQ(found.size(), 4U);
      for (std::size_t n = 0; n < 4; ++n) EXPECT_NEAR(found[n], file.affine[4 * row + n], 1e-6);
    }
  }
}

TEST(Interop, headerExtensionsAreReadOrSteppedOver) {
  const std::string path = beside("extension.nii.gz");
  ASSERT_EQ(runProgram("convert " + sourceFolder() + "/tests/data/nifti/extension.nii " + path).code, 0);
  if (!installed("nifti_tool")) GTEST_SKIP() << "nifti-bin is not installed";
  const Outcome listed = runCommand("nifti_tool -disp_exts -infiles " + path);
  EXPECT_NE(listed.out.find("num_ext = 1"), std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("ecode = 6, esize = 32, edata = <!-- a comment -->"), std::string::npos) << listed.out;
  EXPECT_EQ(headerField(path, "vox_offset"), std::vector<double>{384});
  if (!installed("mrstats")) GTEST_SKIP() << "mrtrix3 is not installed";
  // The manifest's values.
  const auto numbers = numbersIn(runCommand("mrstats -quiet -output mean -output min -output max " + path).out);
  ASSERT_EQ(numbers.size(), 3U);
  EXPECT_NEAR(numbers[0], 46.73737373737374, 1e-4);
  EXPECT_EQ(numbers[1], 1);
  EXPECT_EQ(numbers[2], 244);
}

TEST(Interop, everyProgramIsInThePackageList) {
  const std::string packages = contentsOf(sourceFolder() + "/packaging/packages.txt");
  std::istringstream lines(packages);
  std::vector<std::string> ofTests;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream in(line);
    std::string group, name;
    if (in >> group >> name && group == "test") ofTests.push_back(name);
  }
  for (const char* name : {"gzip", "python3-nibabel", "nodejs", "mrtrix3", "nifti-bin"}) {
    EXPECT_NE(std::find(ofTests.begin(), ofTests.end(), name), ofTests.end()) << name;
  }
}

}  // namespace
}  // namespace voxmark::testing
