#include "core/document/mark_export.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "core/document/table_text.h"
#include "tests/core/io/io_test_support.h"
#include "tests/core/io/python_check.h"

namespace voxmark {
namespace {

MarkTable sampleTable() {
  MarkTable table;
  table.layer = "knee, left";
  table.file = "scans/knee.nii.gz";
  table.frame = 2;
  Mark ruler;
  ruler.id = 1;
  ruler.kind = MarkKind::Distance;
  ruler.name = "the \"long\" one";
  ruler.points = {{0, 0, 0}, {3, 4, 0}};
  Mark box;
  box.id = 4;
  box.kind = MarkKind::Box;
  box.name = "tumour";
  box.visible = false;
  box.points = {{-1.5, 2, 3}, {1.5, 4, 10}};
  MarkStatistics statistics;
  statistics.values.count = 41;
  statistics.values.nonfinite = 1;
  statistics.values.mean = 12.5;
  statistics.values.std = 0.1;
  statistics.values.min = -3;
  statistics.values.max = std::numeric_limits<double>::quiet_NaN();
  statistics.volumeMl = 0.042;
  table.rows = {{ruler, {}}, {box, {statistics, std::nullopt}}};
  return table;
}

TEST(MarkExport, PythonReadsTheCsvBack) {
  const testing::TemporaryFolder folder;
  saveText(folder.file("marks.csv"), toCsv(sampleTable()));
  const std::string answer = testing::askPython(R"(
import csv, sys
a, b = list(csv.DictReader(open(sys.argv[1], newline="")))
print(a["name"], a["length_mm"], a["p2_y_lps_mm"], a["mean"] == "", a["layer"], a["frame"], a["visible"], sep="|")
print(b["kind"], b["depth_mm"], b["voxels"], b["voxel_volume_ml"], b["std"], b["max"], b["visible"], b["area_mm2"], sep="|")
)",
                                                folder.file("marks.csv"));
  EXPECT_EQ(answer, "the \"long\" one|5|4|True|knee, left|2|yes\nbox|7|42|0.042|0.1|nan|no|\n");
}

TEST(MarkExport, JsonHoldsUnitsPointsAndWhatWasMeasured) {
  const auto json = nlohmann::json::parse(toJson(sampleTable()).dump());
  EXPECT_EQ(json["layer"], "knee, left");
  EXPECT_EQ(json["units"]["length"], "mm");
  EXPECT_EQ(json["coordinates"], "LPS, mm");
  EXPECT_EQ(json["values"], "value");
  const auto& ruler = json["marks"][0];
  EXPECT_EQ(ruler["length"], 5);
  EXPECT_EQ(ruler["points"], nlohmann::json::parse("[[0,0,0],[3,4,0]]"));
  EXPECT_FALSE(ruler.contains("mean"));
  const auto& box = json["marks"][1];
  EXPECT_EQ(box["voxels"], 42);
  EXPECT_EQ(box["nonfinite"], 1);
  EXPECT_EQ(box["mean"], 12.5);
  EXPECT_TRUE(box["max"].is_null());
  EXPECT_EQ(box["right"], nlohmann::json::parse("[1,0,0]"));
  EXPECT_EQ(box["visible"], false);
}

TEST(MarkExport, TheHeadingNamesEveryColumnOfARow) {
  const std::string csv = toCsv(MarkTable{});
  EXPECT_TRUE(csv.starts_with("id,kind,name,visible,layer,file,frame,length_mm,angle_degrees,")) << csv;
  EXPECT_TRUE(csv.ends_with("p3_z_lps_mm\r\n")) << csv;
}

}  // namespace
}  // namespace voxmark
