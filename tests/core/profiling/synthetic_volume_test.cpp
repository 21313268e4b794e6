#include "core/profiling/synthetic_volume.h"

#include <cmath>
#include <cstring>
#include <set>

#include <gtest/gtest.h>

#include "core/base/parallel_for.h"
#include "core/ops/statistics.h"
#include "core/profiling/output_checks.h"
#include "core/profiling/scenario_input.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

using testing::TemporaryFolder;

Statistics statisticsOf(const VolumePtr& volume, const StatisticsRequest& request = {}) {
  MemorySource source(volume);
  JobContext job;
  return computeStatistics(source, request, job);
}

/// Bytes of the volume for one of its .nii.gz at the level of other programs.
double packing(const VolumePtr& volume, const TemporaryFolder& folder) {
  WriterRegistry writers;
  addNativeWriters(writers);
  JobContext job;
  WriteOptions options;
  options.level = 6;
  options.overwrite = true;
  writeVolume(*volume, folder.file("v.nii.gz"), writers, options, job);
  return static_cast<double>(volume->info().totalBytes()) /
         static_cast<double>(std::filesystem::file_size(folder.file("v.nii.gz")));
}

TEST(SyntheticVolume, IsTheSameForASeedAndAnyNumberOfThreads) {
  const SyntheticVolume wanted{"mr", {40, 30, 20}, PixelType::I16, 7};
  const std::uint64_t first = checksumOf(*makeSynthetic(wanted));
  const int threads = defaultThreads();
  setDefaultThreads(1);
  EXPECT_EQ(checksumOf(*makeSynthetic(wanted)), first);
  setDefaultThreads(threads);
  EXPECT_NE(checksumOf(*makeSynthetic({"mr", {40, 30, 20}, PixelType::I16, 8})), first);
}

TEST(SyntheticVolume, MrHasRicianNoiseInItsBackground) {
  const VolumePtr volume = makeSynthetic({"mr", {96, 96, 96}, PixelType::F64, 1});
  StatisticsRequest corner;
  corner.region = Region{{0, 0, 0}, {10, 10, 96}};
  const Statistics found = statisticsOf(volume, corner);
  // Rayleigh of deviation 12: mean 12 √(π/2) = 15.04, deviation 12 √(2 - π/2) = 7.86; the field is 1.17 there.
  EXPECT_NEAR(found.mean / found.std, 15.04 / 7.86, 0.12);  // the noise is nearly normal
  EXPECT_GT(found.mean, 14);
  EXPECT_LT(found.mean, 20);
  EXPECT_GE(found.min, 0);
}

TEST(SyntheticVolume, CtIsInHounsfieldUnits) {
  const Statistics found = statisticsOf(makeSynthetic({"ct", {96, 96, 60}, PixelType::I16, 1}));
  EXPECT_EQ(found.min, -1024);
  EXPECT_GT(found.max, 800);
  EXPECT_LT(found.max, 1200);
}

TEST(SyntheticVolume, LabelsAreParcels) {
  const VolumePtr volume = makeSynthetic({"labels", {64, 64, 64}, PixelType::U8, 1});
  std::set<std::uint8_t> labels;
  const auto* voxels = reinterpret_cast<const std::uint8_t*>(volume->frameData(0));
  labels.insert(voxels, voxels + 64 * 64 * 64);
  EXPECT_GE(labels.size(), 20U);
  EXPECT_LE(*labels.rbegin(), 80);
  EXPECT_EQ(*labels.begin(), 0);
}

TEST(SyntheticVolume, PacksAsRealVolumesDo) {
  // Real ones at zlib's level 6: MR of 16 bits 1.5 to 3 times, its floats hardly, CT 1.6 to 3, label maps 30 and more.
  const TemporaryFolder folder;
  const double mr = packing(makeSynthetic({"mr", {96, 96, 96}, PixelType::I16, 1}), folder);
  EXPECT_GT(mr, 1.4);
  EXPECT_LT(mr, 3);
  const double floats = packing(makeSynthetic({"mr", {96, 96, 96}, PixelType::F32, 1}), folder);
  EXPECT_GT(floats, 1.03);
  EXPECT_LT(floats, 1.4);
  const double ct = packing(makeSynthetic({"ct", {96, 96, 96}, PixelType::I16, 1}), folder);
  EXPECT_GT(ct, 1.4);
  EXPECT_LT(ct, 3.5);
  EXPECT_GT(packing(makeSynthetic({"labels", {96, 96, 96}, PixelType::U8, 1}), folder), 20);
}

TEST(SyntheticVolume, EveryTypeCanBeMade) {
  for (const PixelType type : kAllPixelTypes) {
    const Statistics found = statisticsOf(makeSynthetic({"mr", {16, 16, 16}, type, 1}));
    EXPECT_EQ(found.nonfinite, 0U) << pixelTypeName(type);
    EXPECT_GT(found.max, found.min) << pixelTypeName(type);
  }
}

TEST(SyntheticVolume, WhatCannotBeMadeIsRefused) {
  EXPECT_THROW((void)makeSynthetic({"pet", {4, 4, 4}, PixelType::I16, 1}), Error);
  EXPECT_THROW((void)makeSynthetic({"mr", {4, 0, 4}, PixelType::I16, 1}), Error);
}

}  // namespace
}  // namespace voxmark::profiling
