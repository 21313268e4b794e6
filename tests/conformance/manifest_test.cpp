// Every file of the test data against what is independently known of it: the small set of tests/data, whose arrays were
// known before they were written, and a larger one, where there is one, that other readers have read.
#include "tests/support/manifest.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/itk_readers.h"
#include "core/io/source_registry.h"
#include "core/io/volume_source.h"
#include "core/ops/statistics.h"

namespace voxmark {
namespace {

using test::ManifestProbe;
using test::ManifestRow;

constexpr double kGeometryTolerance = 1e-4;

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const SourceRegistry& registry() {
  static const SourceRegistry composed = [] {
    SourceRegistry value;
    addNativeReaders(value);
    addItkReaders(value);
    return value;
  }();
  return composed;
}

std::string pathOf(const ManifestRow& row) {
  std::string path = row.folder + "/" + row.path;
  if (path.back() == '/') path.pop_back();
  return path;
}

struct Loaded {
  std::shared_ptr<Volume> volume;
  std::vector<std::string> warnings;
};

Loaded load(const ManifestRow& row) {
  const auto source = registry().open(pathOf(row));
  JobContext job;
  Loaded loaded{readVolume(*source, job), source->info().warnings};
  const auto late = source->readWarnings();
  loaded.warnings.insert(loaded.warnings.end(), late.begin(), late.end());
  return loaded;
}

/// Rows that must load: all that is bundled; of other sets every native format, and the two DICOM series that stand for
/// all.
bool mandatory(const ManifestRow& row) {
  if (row.folder == test::bundledFolder()) return true;
  const bool ours = row.path.starts_with("nifti/") || row.path.starts_with("nrrd/") ||
                    row.path.starts_with("metaimage/") || row.path.starts_with("analyze/") ||
                    row.path.starts_with("mgh/") || row.path == "dicom/ct_head_slicer_93/" ||
                    row.path == "dicom/ct_lidc_10/";
  return ours && !says(row.expected, "refuse");
}

bool mayBeRefused(const ManifestRow& row) {
  return says(row.expected, "refuse") || says(row.expected, "offer the series separately");
}

/// A file of 4-D data in one stack of planes: the manifest lists the planes in rising order, the reader has frames.
bool listsFramesAsSlices(const ManifestRow& row) {
  return says(row.notes, "distinct positions");
}

bool lossy(const ManifestRow& row) {
  return says(row.notes, "Near-Lossless") || says(row.notes, "JPEG Extended") || says(row.path, "lossy");
}

struct Place {
  std::int64_t frame = 0;
  Index3 voxel{0, 0, 0};
  int component = 0;
};

Place placeOf(const ManifestRow& row, const VolumeInfo& info, const ManifestProbe& probe) {
  const auto& index = probe.index;
  Place place;
  for (std::size_t axis = 0; axis < 3 && axis < index.size(); ++axis) place.voxel[axis] = index[axis];
  if (listsFramesAsSlices(row)) {
    place.frame = place.voxel[2] % info.frames;
    place.voxel[2] /= info.frames;
    return place;
  }
  // An axis of vector components is the last one of the manifest's dimensions.
  const bool vector = info.components != row.components;
  const std::size_t axes = vector ? index.size() - 1 : index.size();
  std::int64_t step = 1;
  for (std::size_t axis = 3; axis < axes; ++axis) {
    place.frame += index[axis] * step;
    step *= row.dims[axis];
  }
  if (vector) place.component = static_cast<int>(index.back());
  return place;
}

void checkSize(const ManifestRow& row, const VolumeInfo& info) {
  std::int64_t further = row.components;
  for (std::size_t axis = 3; axis < row.dims.size(); ++axis) further *= row.dims[axis];
  if (listsFramesAsSlices(row)) {
    EXPECT_EQ(info.geometry.size[2] * info.frames, row.dims[2]);
  } else {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      EXPECT_EQ(info.geometry.size[axis], axis < row.dims.size() ? row.dims[axis] : 1) << "axis " << axis;
    }
    EXPECT_EQ(info.frames * info.components, further);
  }
}

/// A sheared stack keeps the step between slices as its third axis; the manifest has the slice normal and its part of
/// the step.
void checkShearedAxis(const ManifestRow& row, const VolumeInfo& info) {
  const Vec3 axis = axisDirection(info.geometry, 2);
  const double cosine = axis[0] * row.direction[2] + axis[1] * row.direction[5] + axis[2] * row.direction[8];
  EXPECT_LT(cosine, 0.9999);
  EXPECT_NEAR(info.geometry.spacing[2] * cosine, row.spacing[2], kGeometryTolerance);
}

/// What the header itself says of the step between slices, where the manifest's reader has not looked: frames without
/// positions (SpacingBetweenSlices), a shared functional group, positions 3.3125 mm apart.
double sliceSpacing(const ManifestRow& row) {
  if (row.path == "dicom/multiframe/emri_small.dcm") return 1.2;
  if (row.path == "dicom/multiframe/parametric_map_float.dcm") return 5;
  if (row.path == "dicom/multiframe/enh_mr_philips_fmri_32.dcm") return 3.3125;
  return row.spacing[2];
}

void checkGeometry(const ManifestRow& row, const VolumeInfo& info) {
  const bool sheared = says(row.expected, "gantry tilt");
  for (std::size_t axis = 0; axis < 3 && axis < row.spacing.size(); ++axis) {
    if (sheared && axis == 2) continue;
    const double expected = axis == 2 ? sliceSpacing(row) : row.spacing[axis];
    EXPECT_NEAR(info.geometry.spacing[axis], expected, kGeometryTolerance) << "spacing " << axis;
  }
  for (std::size_t i = 0; i < row.direction.size(); ++i) {
    if (sheared && i % 3 == 2) continue;
    EXPECT_NEAR(info.geometry.direction[i], row.direction[i], kGeometryTolerance) << "direction " << i;
  }
  for (std::size_t axis = 0; axis < row.origin.size(); ++axis) {
    const double tolerance = kGeometryTolerance + 1e-6 * std::abs(row.origin[axis]);
    EXPECT_NEAR(info.geometry.origin[axis], row.origin[axis], tolerance) << "origin " << axis;
  }
  if (sheared) checkShearedAxis(row, info);
  if (!row.axcodes.empty()) {
    EXPECT_EQ(orientationOf(info.geometry), row.axcodes);
  }
}

struct Statistics {
  double min = INFINITY, max = -INFINITY, mean = 0, std = 0;
  std::int64_t nonfinite = 0;
};

/// Deliberately plain: two passes over scaled doubles.
template <typename T>
Statistics statisticsOf(const Volume& volume) {
  const VolumeInfo& info = volume.info();
  const auto forEach = [&](auto&& use) {
    for (std::int64_t frame = 0; frame < info.frames; ++frame) {
      const auto* voxels = reinterpret_cast<const T*>(volume.frameData(frame));
      const std::int64_t slice = info.geometry.size[0] * info.geometry.size[1] * info.components;
      for (std::int64_t k = 0; k < info.geometry.size[2]; ++k) {
        const LinearScale scale = info.scale.at(frame, k, info.geometry.size[2]);
        for (std::int64_t i = 0; i < slice; ++i) use(scale.apply(static_cast<double>(voxels[k * slice + i])));
      }
    }
  };
  Statistics found;
  long double sum = 0;
  std::int64_t count = 0;
  forEach([&](double value) {
    if (!std::isfinite(value)) {
      ++found.nonfinite;
      return;
    }
    found.min = std::min(found.min, value);
    found.max = std::max(found.max, value);
    sum += value;
    ++count;
  });
  found.mean = static_cast<double>(sum / static_cast<long double>(std::max<std::int64_t>(count, 1)));
  long double squares = 0;
  forEach([&](double value) {
    // Squares of doubles near the largest one fit a long double only.
    const long double distance = static_cast<long double>(value) - found.mean;
    if (std::isfinite(value)) squares += distance * distance;
  });
  found.std = static_cast<double>(std::sqrt(squares / static_cast<long double>(std::max<std::int64_t>(count, 1))));
  return found;
}

/// What `voxmark stats --frame all` says of the same voxels.
void checkReportedStatistics(const ManifestRow& row, const Loaded& loaded, double tolerance) {
  MemorySource source(loaded.volume);
  JobContext job;
  const voxmark::Statistics said = computeStatistics(source, {}, job);
  EXPECT_NEAR(said.min, row.min, tolerance);
  EXPECT_NEAR(said.max, row.max, tolerance);
  EXPECT_NEAR(said.mean, row.mean, tolerance);
  EXPECT_NEAR(said.std, row.std, tolerance);
  EXPECT_EQ(static_cast<std::int64_t>(said.nonfinite), row.nonfinite);
}

void checkVoxels(const ManifestRow& row, const Loaded& loaded) {
  const Volume& volume = *loaded.volume;
  const VolumeInfo& info = volume.info();
  const double range = row.max - row.min;
  // Decoders of lossy streams may round a voxel differently.
  const double rounding = lossy(row) ? 1.5 * std::abs(info.scale.common().slope) : 0;
  const double tolerance = 1e-5 * range + 1e-9 * std::max(std::abs(row.min), std::abs(row.max)) + 1e-12 + rounding;
  if (row.hasStatistics) {
    const Statistics found =
        visitPixelType(info.pixelType, [&](auto tag) { return statisticsOf<typename decltype(tag)::type>(volume); });
    EXPECT_NEAR(found.min, row.min, tolerance);
    EXPECT_NEAR(found.max, row.max, tolerance);
    EXPECT_NEAR(found.mean, row.mean, tolerance);
    EXPECT_NEAR(found.std, row.std, tolerance);
    EXPECT_EQ(found.nonfinite, row.nonfinite);
    checkReportedStatistics(row, loaded, tolerance);
  }
  for (const ManifestProbe& probe : row.probes) {
    const Place place = placeOf(row, info, probe);
    ASSERT_LT(place.frame, info.frames);
    for (std::size_t c = 0; c < probe.values.size(); ++c) {
      const int component = probe.values.size() == 1 ? place.component : static_cast<int>(c);
      const double found = volume.valueAt(place.frame, place.voxel, component);
      const auto& at = probe.index;
      if (std::isnan(probe.values[c])) {
        EXPECT_TRUE(std::isnan(found)) << "probe " << at[0] << "," << at[1];
      } else {
        EXPECT_NEAR(found, probe.values[c], tolerance) << "probe " << at[0] << "," << at[1] << " component " << c;
      }
    }
  }
}

class Conformance : public testing::TestWithParam<ManifestRow> {};

void checkLoaded(const ManifestRow& row, const Loaded& loaded) {
  if (says(row.expected, "warn") || says(row.expected, "offer") || says(row.expected, "stating")) {
    EXPECT_FALSE(loaded.warnings.empty()) << row.expected;
  }
  checkSize(row, loaded.volume->info());
  if (testing::Test::HasFailure()) return;
  checkGeometry(row, loaded.volume->info());
  checkVoxels(row, loaded);
}

TEST_P(Conformance, readsWhatAnIndependentReaderFound) {
  const ManifestRow& row = GetParam();
  std::optional<Loaded> loaded;
  try {
    loaded = load(row);
  } catch (const Error& error) {
    if (mayBeRefused(row)) {
      EXPECT_STRNE(error.what(), "");
      return;
    }
    const bool optional = !mandatory(row) && error.code() == ErrorCode::Unsupported;
    if (optional) GTEST_SKIP() << error.what();
    FAIL() << error.what();
  }
  checkLoaded(row, *loaded);
}

class Malformed : public testing::TestWithParam<ManifestRow> {};

TEST_P(Malformed, isRefusedOrLoadedWithAWarning) {
  const ManifestRow& row = GetParam();
  std::optional<Loaded> loaded;
  try {
    loaded = load(row);
  } catch (const Error& error) {
    EXPECT_STRNE(error.what(), "");
    return;
  }
  const bool allowed = says(row.expected, "load") || says(row.expected, "decode");
  EXPECT_TRUE(allowed) << "was accepted; expected: " << row.expected;
  // A decoder that does not notice has nothing to warn of.
  if (!says(row.expected, "decoded without crash")) {
    EXPECT_FALSE(loaded->warnings.empty()) << row.expected;
  }
  for (const double spacing : loaded->volume->geometry().spacing) EXPECT_TRUE(std::isfinite(spacing) && spacing > 0);
}

std::vector<ManifestRow> rows(const std::optional<std::string>& folder, bool malformed) {
  std::vector<ManifestRow> chosen;
  if (!folder) return chosen;
  for (ManifestRow& row : test::readManifest(*folder)) {
    if ((row.kind == "malformed") == malformed) chosen.push_back(std::move(row));
  }
  return chosen;
}

std::string nameOf(const testing::TestParamInfo<ManifestRow>& info) {
  return info.param.testName();
}

INSTANTIATE_TEST_SUITE_P(Bundled, Conformance, testing::ValuesIn(rows(test::bundledFolder(), false)), nameOf);
INSTANTIATE_TEST_SUITE_P(Bundled, Malformed, testing::ValuesIn(rows(test::bundledFolder(), true)), nameOf);
INSTANTIATE_TEST_SUITE_P(Data, Conformance, testing::ValuesIn(rows(test::dataFolder(), false)), nameOf);
INSTANTIATE_TEST_SUITE_P(Data, Malformed, testing::ValuesIn(rows(test::dataFolder(), true)), nameOf);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Conformance);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Malformed);

TEST(BundledData, isPresentAndSmall) {
  EXPECT_GE(rows(test::bundledFolder(), false).size(), 40U);
  EXPECT_GE(rows(test::bundledFolder(), true).size(), 20U);
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(test::bundledFolder())) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  EXPECT_LE(bytes, 1500000U);
}

TEST(ConformanceData, isPresent) {
  if (!test::dataFolder()) GTEST_SKIP() << "no MANIFEST.tsv: set VOXMARK_DATA_DIR to the folder of test data";
  EXPECT_GE(rows(test::dataFolder(), false).size(), 1U);
}

}  // namespace
}  // namespace voxmark
