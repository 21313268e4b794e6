#include "core/document/label_table_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

const std::string kSnap =
    "################################################\n"
    "# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL\n"
    "    0     0    0    0        0  0  0    \"Clear Label\"\r\n"
    "    1   255    0    0        1  1  1    \"Left \"thing\"\"\n"
    "\n"
    "   17     0  128  255     0.25  0  1    \"Hippocampus\"";

const std::string kFreeSurfer =
    "#No.  Label Name:                R   G   B   A\n"
    "0     Unknown                    0   0   0   0\n"
    "17    Left-Hippocampus           220 216 20  0\n"
    "2035\tctx-rh-insula\t255 192 32 51\n";

std::string messageOf(const std::string& text) {
  try {
    (void)parseLabelTable(text, "table.txt");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Format);
    return error.what();
  }
  return "nothing is wrong";
}

TEST(LabelTableFile, ReadsTheDescriptionsOfItkSnap) {
  const LabelTable table = parseLabelTable(kSnap, "table.txt");
  EXPECT_EQ(table.path, "table.txt");
  ASSERT_EQ(table.labels.size(), 3U);
  EXPECT_EQ(table.labels.at(0), (Label{"Clear Label", {0, 0, 0}, 0, false}));
  EXPECT_EQ(table.labels.at(1), (Label{"Left \"thing\"", {255, 0, 0}, 1, true}));
  EXPECT_EQ(table.labels.at(17), (Label{"Hippocampus", {0, 128, 255}, 0.25, false}));
}

TEST(LabelTableFile, ReadsTheColourTableOfFreeSurferWhoseAlphaIsTransparency) {
  const LabelTable table = parseLabelTable(kFreeSurfer, "lut");
  ASSERT_EQ(table.labels.size(), 3U);
  EXPECT_FALSE(table.labels.at(0).visible);  // what no label covers hides nothing
  EXPECT_EQ(table.labels.at(17), (Label{"Left-Hippocampus", {220, 216, 20}, 1, true}));
  EXPECT_EQ(table.labels.at(2035).name, "ctx-rh-insula");
  EXPECT_NEAR(table.labels.at(2035).opacity, 0.8, 1e-12);
}

TEST(LabelTableFile, NamesTheLineThatIsWrong) {
  EXPECT_EQ(messageOf("1 255 0 0 1 1 1 \"a\"\n2 256 0 0 1 1 1 \"b\"\n"),
            "table.txt: line 2: red is wrong (expected a whole number from 0 to 255, found \"256\")");
  EXPECT_EQ(messageOf("1 255 0 0 1.5 1 1 \"a\"\n"),
            "table.txt: line 1: the opacity is wrong (expected a number from 0 to 1, found \"1.5\")");
  EXPECT_EQ(messageOf("1 255 0 0 nan 1 1 \"a\"\n"),
            "table.txt: line 1: the opacity is wrong (expected a number from 0 to 1, found \"nan\")");
  EXPECT_EQ(messageOf("# fine\n\n5 name 1 2\n"), "table.txt: line 3: blue is missing");
  EXPECT_EQ(messageOf("1 255 0 0 1 1 1 \"a\n"), "table.txt: line 1: the name has no closing quotation mark");
  EXPECT_EQ(messageOf("1 255 0 0 1 1 1 a \"b\"\n"), "table.txt: line 1: the name is not in quotation marks");
  EXPECT_EQ(messageOf("1 a 0 0 0 0 7\n"), "table.txt: line 1: text after the end of the label (\"7\")");
  EXPECT_EQ(messageOf("99999999999999999999 a 0 0 0 0\n"),
            "table.txt: line 1: the label's number is wrong (expected a whole number from -9007199254740992 to "
            "9007199254740992, found \"99999999999999999999\")");
}

TEST(LabelTableFile, WhatIsNoTableIsSaidSo) {
  EXPECT_EQ(messageOf(""), "table.txt: this is no label table (it lists no label)");
  EXPECT_EQ(messageOf("# only a comment\n"), "table.txt: this is no label table (it lists no label)");
  EXPECT_EQ(messageOf(std::string("1 a 0 0 0\0", 10)),
            "table.txt: this is no label table (expected text, found binary data)");
  EXPECT_EQ(messageOf("1 " + std::string(300, 'x') + " 0 0 0\n"),
            "table.txt: line 1: the name is longer than 256 bytes");
  // Control characters and broken UTF-8 do not reach the message.
  EXPECT_EQ(messageOf("\x1b[31m\xff 1 2 3\n"),
            "table.txt: line 1: the label's number is wrong (expected a whole number from -9007199254740992 to "
            "9007199254740992, found \"?[31m?\")");
}

TEST(LabelTableFile, EveryBeginningOfATableIsReadOrRefused) {
  for (const std::string& text : {kSnap, kFreeSurfer}) {
    for (std::size_t length = 0; length < text.size(); ++length) (void)messageOf(text.substr(0, length));
    for (std::size_t at = 0; at < text.size(); ++at) {
      for (const char c : {'"', '\n', '-', '\x80'}) {
        std::string changed = text;
        changed[at] = c;
        (void)messageOf(changed);
      }
    }
  }
}

TEST(LabelTableFile, WhatIsWrittenIsReadBack) {
  const auto path = std::filesystem::temp_directory_path() / "voxmark_label_table_test.txt";
  LabelTable table = parseLabelTable(kSnap, path.string());
  table.labels[1].name = "Grösse";
  table.labels[-3] = {"below", {1, 2, 3}, 0.125, true};
  table.labels[123456] = {"", {9, 8, 7}, 1, true};
  writeLabelTable(path.string(), table);
  EXPECT_EQ(readLabelTable(path.string()), table);
  table.labels[1].name = "say \"so\"\n";
  writeLabelTable(path.string(), table);
  EXPECT_EQ(readLabelTable(path.string()).labels.at(1).name, "say 'so'?");
  std::filesystem::remove(path);
  EXPECT_THROW((void)readLabelTable(path.string()), Error);
}

}  // namespace
}  // namespace voxmark
