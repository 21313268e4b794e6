#include "core/volume/filled_slices.h"

#include <thread>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

const Index3 kSize{4, 3, 5};

TEST(FilledSlices, NothingIsThereAtFirst) {
  const FilledSlices filled(kSize, 2);
  EXPECT_FALSE(filled.has(0, 0));
  EXPECT_EQ(filled.count(1), 0);
  EXPECT_FALSE(filled.complete());
  EXPECT_EQ(filled.mask(0), std::vector<char>(5, 0));
}

TEST(FilledSlices, SlicesCountInAnyOrderAndFrameByFrame) {
  FilledSlices filled(kSize, 2);
  filled.add(1, {{0, 0, 3}, {4, 3, 2}});
  filled.add(1, {{0, 0, 0}, {4, 3, 1}});
  EXPECT_EQ(filled.slices(1), (std::vector<std::int64_t>{0, 3, 4}));
  EXPECT_EQ(filled.count(0), 0);
  filled.add(1, {{0, 0, 1}, {4, 3, 2}});
  EXPECT_TRUE(filled.complete(1));
  EXPECT_FALSE(filled.complete());
  filled.addWhole(0);
  EXPECT_TRUE(filled.complete());
}

TEST(FilledSlices, APartOfASliceIsNoSlice) {
  FilledSlices filled(kSize, 1);
  filled.add(0, {{0, 0, 2}, {4, 1, 1}});
  filled.add(0, {{0, 2, 2}, {4, 1, 1}});
  EXPECT_FALSE(filled.has(0, 2));
  filled.add(0, {{0, 1, 2}, {4, 1, 1}});
  EXPECT_TRUE(filled.has(0, 2));
  EXPECT_EQ(filled.count(0), 1);
}

TEST(FilledSlices, WhatIsClearedOrGivenUpIsNotThere) {
  FilledSlices filled(kSize, 2);
  filled.addWhole(0);
  filled.addWhole(1);
  filled.giveUp(1);
  EXPECT_FALSE(filled.has(1, 0));
  EXPECT_TRUE(filled.givenUp(1));
  EXPECT_FALSE(filled.complete());
  filled.clear(1);
  EXPECT_FALSE(filled.givenUp(1));
  filled.addWhole(1);
  EXPECT_TRUE(filled.complete());
}

TEST(FilledSlices, SlicesOutsideAreNotThere) {
  FilledSlices filled(kSize, 1);
  filled.addWhole(0);
  EXPECT_FALSE(filled.has(0, -1));
  EXPECT_FALSE(filled.has(0, 5));
}

TEST(FilledSlices, SeveralThreadsMayNoteParts) {
  const Index3 size{2, 2, 400};
  FilledSlices filled(size, 1);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&filled, thread] {
      for (int k = thread; k < 400; k += 4) {
        filled.add(0, {{0, 0, k}, {2, 1, 1}});
        filled.add(0, {{0, 1, k}, {2, 1, 1}});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(filled.complete(0));
}

}  // namespace
}  // namespace voxmark
