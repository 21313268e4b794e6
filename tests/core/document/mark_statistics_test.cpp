#include "core/document/mark_statistics.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/document/line_profile.h"
#include "core/document/time_course.h"
#include "tests/core/io/python_check.h"

namespace voxmark {
namespace {

double valueOf(std::int64_t frame, std::int64_t i, std::int64_t j, std::int64_t k) {
  return static_cast<double>((7 * i + 13 * j + 29 * k + 5 * frame) % 101);
}

Geometry straight() {
  Geometry g;
  g.size = {12, 10, 8};
  g.spacing = {1, 2, 3};
  return g;
}

/// Turned by 30 degrees about z and by 20 about x.
Geometry oblique() {
  Geometry g;
  g.size = {14, 12, 10};
  g.spacing = {0.9, 1.3, 2.5};
  g.origin = {-20, 5, 31};
  const double c = std::cos(0.5235987755982988), s = std::sin(0.5235987755982988);
  const double d = std::cos(0.3490658503988659), e = std::sin(0.3490658503988659);
  g.direction = {c, -s * d, s * e, s, c * d, -c * e, 0, e, d};
  return g;
}

template <typename T>
std::shared_ptr<Volume> volumeOf(const Geometry& geometry, PixelType type, std::int64_t frames = 1) {
  VolumeInfo info;
  info.geometry = geometry;
  info.pixelType = type;
  info.frames = frames;
  auto volume = std::make_shared<Volume>(info);
  for (std::int64_t frame = 0; frame < frames; ++frame) {
    auto* to = reinterpret_cast<T*>(volume->mutableFrameData(frame));
    for (std::int64_t k = 0; k < geometry.size[2]; ++k) {
      for (std::int64_t j = 0; j < geometry.size[1]; ++j) {
        for (std::int64_t i = 0; i < geometry.size[0]; ++i) *to++ = static_cast<T>(valueOf(frame, i, j, k));
      }
    }
  }
  return volume;
}

Mark regionMark(MarkKind kind, const Vec3& a, const Vec3& b) {
  Mark mark;
  mark.kind = kind;
  mark.points = {a, b};
  return mark;
}

MarkStatistics measure(const Mark& mark, const VolumePtr& volume, std::int64_t frame = 0) {
  MemorySource source(volume);
  JobContext job;
  return regionStatistics(mark, source, frame, job);
}

TEST(MarkSize, LengthsAnglesAndAreas) {
  Mark mark = regionMark(MarkKind::Distance, {1, 2, 3}, {4, 6, 15});
  EXPECT_DOUBLE_EQ(*sizeOf(mark).length, 13);
  mark.kind = MarkKind::Angle;
  mark.points = {{5, 0, 0}, {0, 0, 0}, {-3, 3, 0}};
  EXPECT_NEAR(*sizeOf(mark).angle, 135, 1e-12);
  mark.points[2] = {-1, 0, 0};
  EXPECT_NEAR(*sizeOf(mark).angle, 180, 1e-12);
  mark.points[2] = {0, 0, 0};
  EXPECT_FALSE(sizeOf(mark).angle);  // a side without a length has no direction
  const Mark ellipse = regionMark(MarkKind::Ellipse, {0, 0, 0}, {6, -4, 0});
  EXPECT_DOUBLE_EQ(*sizeOf(ellipse).width, 6);
  EXPECT_DOUBLE_EQ(*sizeOf(ellipse).height, 4);
  EXPECT_NEAR(*sizeOf(ellipse).area, 18.849555921538759, 1e-12);
  EXPECT_FALSE(sizeOf(ellipse).depth);
}

TEST(MarkStatistics, ARectangleCountsTheCentresOnItsBordersAndNoOtherSlice) {
  const auto volume = volumeOf<std::int16_t>(straight(), PixelType::I16);
  // Columns 2…4, rows 1…3 of slice 4: by hand.
  const MarkStatistics found = measure(regionMark(MarkKind::Rectangle, {2, 2, 12}, {4, 6, 12}), volume);
  std::vector<double> expected;
  for (int j = 1; j <= 3; ++j) {
    for (int i = 2; i <= 4; ++i) expected.push_back(valueOf(0, i, j, 4));
  }
  double mean = 0, squares = 0;
  for (const double v : expected) mean += v / 9;
  for (const double v : expected) squares += (v - mean) * (v - mean) / 9;
  EXPECT_EQ(found.values.count, 9U);
  EXPECT_NEAR(found.values.mean, mean, 1e-12);
  EXPECT_NEAR(found.values.std, std::sqrt(squares), 1e-12);
  EXPECT_DOUBLE_EQ(found.areaMm2, 18);
  EXPECT_DOUBLE_EQ(found.volumeMl, 0.054);
}

TEST(MarkStatistics, APlaneBetweenTwoSlicesCountsOneOfThem) {
  const auto volume = volumeOf<std::uint8_t>(straight(), PixelType::U8);
  for (const double z : {10.4, 10.5, 10.6, 12.0, 13.4}) {
    EXPECT_EQ(measure(regionMark(MarkKind::Rectangle, {0, 0, z}, {11, 18, z}), volume).values.count, 120U) << z;
  }
}

TEST(MarkStatistics, ABoxDoesNotReachBeyondTheVolume) {
  const auto volume = volumeOf<std::uint16_t>(straight(), PixelType::U16);
  const MarkStatistics all = measure(regionMark(MarkKind::Box, {-50, -50, -50}, {90, 90, 90}), volume);
  EXPECT_EQ(all.values.count, 960U);
  EXPECT_DOUBLE_EQ(all.volumeMl, 5.76);
  const MarkStatistics none = measure(regionMark(MarkKind::Box, {30, 30, 30}, {90, 90, 90}), volume);
  EXPECT_EQ(none.values.count, 0U);
  EXPECT_TRUE(std::isnan(none.values.mean));
}

TEST(MarkStatistics, WhatIsNoNumberIsCountedApart) {
  const auto volume = volumeOf<float>(straight(), PixelType::F32);
  auto* voxels = reinterpret_cast<float*>(volume->mutableFrameData(0));
  voxels[0] = std::numeric_limits<float>::quiet_NaN();
  voxels[1] = std::numeric_limits<float>::infinity();
  const MarkStatistics found = measure(regionMark(MarkKind::Box, {0, 0, 0}, {3, 0, 0}), volume);
  EXPECT_EQ(found.values.nonfinite, 2U);
  EXPECT_EQ(found.values.count, 2U);
  EXPECT_DOUBLE_EQ(found.values.min, 14);
  EXPECT_DOUBLE_EQ(found.values.max, 21);
  EXPECT_DOUBLE_EQ(found.volumeMl, 0.024);
}

TEST(MarkStatistics, ValuesAreScaledAndVectorsMeasuredByTheirLength) {
  VolumeInfo info;
  info.geometry.size = {2, 1, 1};
  info.pixelType = PixelType::I8;
  info.components = 2;
  info.meaning = ComponentMeaning::Vector;
  info.scale = ValueScale(2, 0);
  auto volume = std::make_shared<Volume>(info);
  const std::int8_t stored[] = {3, 4, -6, 8};
  std::memcpy(volume->mutableFrameData(0), stored, sizeof stored);
  const MarkStatistics found = measure(regionMark(MarkKind::Box, {0, 0, 0}, {1, 0, 0}), volume);
  EXPECT_DOUBLE_EQ(found.values.min, 10);
  EXPECT_DOUBLE_EQ(found.values.max, 20);
}

TEST(MarkStatistics, ALineEnclosesNothing) {
  const auto volume = volumeOf<std::uint8_t>(straight(), PixelType::U8);
  EXPECT_THROW((void)measure(regionMark(MarkKind::Distance, {0, 0, 0}, {1, 1, 1}), volume), Error);
  Mark flat = regionMark(MarkKind::Rectangle, {0, 0, 0}, {1, 1, 0});
  flat.up = flat.right;
  EXPECT_THROW((void)measure(flat, volume), Error);
}

/// All centres of a grid against the definition, by numpy: "count mean std min max".
const char* const kReference = R"(
import json, sys
import numpy as np
a = json.loads(bytes.fromhex(sys.argv[1]))
n, s, o = a["size"], np.array(a["spacing"]), np.array(a["origin"])
D = np.array(a["direction"]).reshape(3, 3)
i, j, k = np.meshgrid(*[np.arange(m) for m in n], indexing="ij")
v = ((7 * i + 13 * j + 29 * k) % 101).astype(float)
w = np.einsum("ab,bijk->aijk", D * s, np.array([i, j, k], float)) + o[:, None, None, None]
p = np.array(a["points"])
r, u = np.array(a["right"]), np.array(a["up"])
q = np.cross(r, u)
d = w - p[0][:, None, None, None]
x, y, z = [np.einsum("a,aijk->ijk", e, d) for e in (r, u, q)]
c = [(p[1] - p[0]) @ e for e in (r, u, q)]
t = max(abs(q @ (D[:, m] * s[m])) for m in range(3))
between = lambda m, e: (m >= min(0, e)) & (m <= max(0, e))
if a["kind"] == "box":
    inside = between(x, c[0]) & between(y, c[1]) & between(z, c[2])
else:
    inside = (z >= -t / 2) & (z < t / 2)
    if a["kind"] == "rectangle":
        inside &= between(x, c[0]) & between(y, c[1])
    else:
        inside &= ((x - c[0] / 2) / (c[0] / 2)) ** 2 + ((y - c[1] / 2) / (c[1] / 2)) ** 2 <= 1
f = v[inside]
print(f.size, repr(float(f.mean())), repr(float(f.std())), f.min(), f.max())
)";

void expectAsNumpy(const Mark& mark, const Geometry& g) {
  const std::string json = fmt::format(
      R"({{"size":[{}],"spacing":[{}],"origin":[{}],"direction":[{}],"kind":"{}","points":[[{}],[{}]],"right":[{}],"up":[{}]}})",
      fmt::join(g.size, ","), fmt::join(g.spacing, ","), fmt::join(g.origin, ","), fmt::join(g.direction, ","),
      kindName(mark.kind), fmt::join(mark.points[0], ","), fmt::join(mark.points[1], ","), fmt::join(mark.right, ","),
      fmt::join(mark.up, ","));
  std::string hex;
  for (const char c : json) hex += fmt::format("{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  std::istringstream answer(testing::askPython(kReference, hex));
  std::uint64_t count = 0;
  double mean = 0, deviation = 0, low = 0, high = 0;
  ASSERT_TRUE(answer >> count >> mean >> deviation >> low >> high) << answer.str();
  const MarkStatistics found = measure(mark, volumeOf<std::int32_t>(g, PixelType::I32));
  EXPECT_GT(count, 20U);
  EXPECT_EQ(found.values.count, count);
  EXPECT_NEAR(found.values.mean, mean, 1e-10);
  EXPECT_NEAR(found.values.std, deviation, 1e-10);
  EXPECT_EQ(found.values.min, low);
  EXPECT_EQ(found.values.max, high);
}

TEST(MarkStatistics, AgreesWithNumpyOnAnObliqueGrid) {
  const Geometry g = oblique();
  const Vec3 middle = centreOf(g);
  for (const MarkKind kind : {MarkKind::Rectangle, MarkKind::Ellipse, MarkKind::Box}) {
    SCOPED_TRACE(kindName(kind));
    // Drawn in the patient's planes, which cut the grid obliquely.
    Mark mark = regionMark(kind, {middle[0] - 5.1, middle[1] - 4.2, middle[2]},
                           {middle[0] + 4.9, middle[1] + 5.7, middle[2] + (kind == MarkKind::Box ? 6.6 : 0)});
    expectAsNumpy(mark, g);
    // And along the grid's own: right is i, up is j.
    mark.right = axisDirection(g, 0);
    mark.up = axisDirection(g, 1);
    mark.points = {voxelToWorld(g, {2.2, 3.1, 4.2}), voxelToWorld(g, {10.7, 8.4, kind == MarkKind::Box ? 7.3 : 4.2})};
    expectAsNumpy(mark, g);
  }
}

TEST(MarkStatistics, AnObliquePlaneCrossesEveryColumnOnce) {
  const Geometry g = oblique();
  const Vec3 middle = centreOf(g);
  // A plane across all of the grid, tilted by 20 degrees against its slices: one voxel in each of the 14 × 12 columns.
  const Mark mark = regionMark(MarkKind::Rectangle, {middle[0] - 40, middle[1] - 40, middle[2]},
                               {middle[0] + 40, middle[1] + 40, middle[2]});
  EXPECT_EQ(measure(mark, volumeOf<std::uint8_t>(g, PixelType::U8)).values.count, 168U);
}

TEST(LineProfile, IsLinearBetweenCentresAtHalfTheFinestSpacing) {
  const auto volume = volumeOf<float>(straight(), PixelType::F32);
  MemorySource source(volume);
  JobContext job;
  const LineProfile profile = lineProfile({1, 4, 6}, {4, 4, 6}, source, 0, ProfileSampling::Linear, job);
  ASSERT_EQ(profile.value.size(), 7U);
  EXPECT_DOUBLE_EQ(profile.distance.back(), 3);
  for (std::size_t n = 0; n < 7; ++n) {
    const double i = 1 + 0.5 * static_cast<double>(n);
    const double lower = valueOf(0, static_cast<std::int64_t>(i), 2, 2);
    const double upper = valueOf(0, static_cast<std::int64_t>(std::ceil(i)), 2, 2);
    EXPECT_NEAR(profile.value[n], (lower + upper) / 2, 1e-9) << n;
  }
}

TEST(LineProfile, OnAnObliqueGridAndThroughLargeBoxesItMatchesTheFormula) {
  Geometry g = oblique();
  g.size = {90, 80, 70};
  VolumeInfo info;
  info.geometry = g;
  info.pixelType = PixelType::F64;
  auto volume = std::make_shared<Volume>(info);
  auto* to = reinterpret_cast<double*>(volume->mutableFrameData(0));
  for (int k = 0; k < 70; ++k) {
    for (int j = 0; j < 80; ++j) {
      for (int i = 0; i < 90; ++i) *to++ = 2.0 * i - 3.0 * j + 0.5 * k + 1;  // linear: interpolation is exact
    }
  }
  MemorySource source(volume);
  JobContext job;
  const Vec3 first{-4, 1, 2};
  const Vec3 last{88.7, 78.2, 68.9};
  const LineProfile profile =
      lineProfile(voxelToWorld(g, first), voxelToWorld(g, last), source, 0, ProfileSampling::Linear, job);
  ASSERT_GT(profile.value.size(), 300U);
  for (std::size_t n = 0; n < profile.value.size(); ++n) {
    const double t = profile.distance[n] / profile.distance.back();
    const Vec3 at{std::lerp(first[0], last[0], t), std::lerp(first[1], last[1], t), std::lerp(first[2], last[2], t)};
    if (at[0] < -0.5) {
      EXPECT_TRUE(std::isnan(profile.value[n])) << n;
    } else {
      EXPECT_NEAR(profile.value[n], 2 * std::max(at[0], 0.0) - 3 * at[1] + 0.5 * at[2] + 1, 1e-8) << n;
    }
  }
  EXPECT_LE(profile.distance[1], 0.45);
}

TEST(LineProfile, LabelsHaveNothingBetweenThemAndNanStaysWhereItIs) {
  const auto volume = volumeOf<float>(straight(), PixelType::F32);
  auto* voxels = reinterpret_cast<float*>(volume->mutableFrameData(0));
  voxels[3] = std::numeric_limits<float>::quiet_NaN();
  MemorySource source(volume);
  JobContext job;
  const LineProfile near = lineProfile({0, 0, 0}, {2, 0, 0}, source, 0, ProfileSampling::Nearest, job);
  EXPECT_EQ(near.value, (std::vector<double>{0, 7, 7, 14, 14}));
  const LineProfile linear = lineProfile({1, 0, 0}, {3, 0, 0}, source, 0, ProfileSampling::Linear, job);
  EXPECT_EQ(linear.value[2], 14);  // on the voxel beside it
  EXPECT_TRUE(std::isnan(linear.value[3]));
}

TEST(TimeCourse, PointsAndRegionsFollowTheFrames) {
  const auto volume = volumeOf<std::uint8_t>(straight(), PixelType::U8, 4);
  MemorySource source(volume);
  Mark point;
  point.points = {{3.2, 4.4, 9.1}};  // voxel 3 2 3
  Mark outside = point;
  outside.points = {{-30, 0, 0}};
  const Mark box = regionMark(MarkKind::Box, {0, 0, 0}, {1, 0, 0});
  std::vector<std::vector<double>> rows;
  JobContext job;
  readCourses(
      {point, outside, box}, source, {0, 1, 2, 3},
      [&](std::int64_t, const std::vector<double>& numbers) { rows.push_back(numbers); }, job);
  ASSERT_EQ(rows.size(), 4U);
  for (std::int64_t f = 0; f < 4; ++f) {
    const auto n = static_cast<std::size_t>(f);
    EXPECT_DOUBLE_EQ(rows[n][0], valueOf(f, 3, 2, 3));
    EXPECT_TRUE(std::isnan(rows[n][1]));
    EXPECT_DOUBLE_EQ(rows[n][2], (valueOf(f, 0, 0, 0) + valueOf(f, 1, 0, 0)) / 2);
  }
}

TEST(TimeCourse, StopsWhenItIsTold) {
  const auto volume = volumeOf<std::uint8_t>(straight(), PixelType::U8, 4);
  MemorySource source(volume);
  Mark point;
  point.points = {{0, 0, 0}};
  JobContext job;
  int told = 0;
  EXPECT_THROW(readCourses(
                   {point}, source, {0, 1, 2, 3},
                   [&](std::int64_t, const std::vector<double>&) {
                     ++told;
                     job.token()->cancel();
                   },
                   job),
               Cancelled);
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace voxmark
