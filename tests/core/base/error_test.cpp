#include "core/base/error.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace voxmark {
namespace {

TEST(Error, NamesTheFileAndWhatIsWrong) {
  const Error error = fileError(ErrorCode::Truncated, "a/b.nii", "the file ends early");
  EXPECT_EQ(error.code(), ErrorCode::Truncated);
  EXPECT_STREQ(error.what(), "a/b.nii: the file ends early");
}

TEST(Error, WithoutAFileSaysOnlyWhatIsWrong) {
  EXPECT_STREQ(fileError(ErrorCode::Io, "", "nothing to read").what(), "nothing to read");
}

TEST(Error, OfAFieldNamesExpectedAndFound) {
  const Error error = fieldError("v.nrrd", "dimension", "1 to 16", "99");
  EXPECT_EQ(error.code(), ErrorCode::Format);
  EXPECT_STREQ(error.what(), "v.nrrd: dimension is wrong (expected 1 to 16, found 99)");
}

TEST(Error, BracesOfAPathAreNoPlaceholders) {
  EXPECT_STREQ(fieldError("{0}/{}.nii", "{field}", "{a}", "{b}").what(),
               "{0}/{}.nii: {field} is wrong (expected {a}, found {b})");
}

TEST(Error, WhatAFileSaysCannotLeaveItsLine) {
  EXPECT_STREQ(fileError(ErrorCode::Format, "a\nb\x1B[2J.nii", "is wrong").what(), "a?b?[2J.nii: is wrong");
  EXPECT_STREQ(fieldError("v.nrrd", "data file", "a name", "\xFF\xC3\xA9\r").what(),
               "v.nrrd: data file is wrong (expected a name, found ?\xC3\xA9?)");
}

TEST(Error, CancelledIsNone) {
  static_assert(!std::is_base_of_v<Error, Cancelled>);
  EXPECT_STREQ(Cancelled().what(), "cancelled");
}

}  // namespace
}  // namespace voxmark
