#include "core/profiling/report.h"

#include <gtest/gtest.h>

#include "core/profiling/svg_chart.h"
#include "tests/core/io/io_test_support.h"
#include "tests/core/profiling/recorded_pairs.h"

namespace voxmark::profiling {
namespace {

using testing::errorOf;
using testing::makeEnvironment;
using testing::makeResult;
using testing::Making;
using testing::Seeded;

std::vector<ResultFile> files(double shift) {
  Seeded random(3);
  Making still;
  Making moved;
  moved.shift = shift;
  ResultFile a{"/some/where/before.json", makeEnvironment(), {makeResult("load/x", still, random)}};
  ResultFile b{"after|<b>.json", makeEnvironment("other", "Xeon"), {makeResult("load/x", moved, random)}};
  RunResult failed;
  failed.scenario.name = "crop/\"x\"";
  failed.status = RunStatus::Failed;
  failed.message = "it ends, <early> & \"badly\"";
  a.results.push_back(makeResult("crop/\"x\"", still, random));
  b.results.push_back(failed);
  return {a, b};
}

std::size_t countOf(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++out;
  return out;
}

TEST(Report, MarkdownHasARowAScenarioAndNamesTheFasterOnlyWhereThatIsSure) {
  const std::string sure = markdownReport(files(0.3));
  EXPECT_NE(sure.find("| load/x | **"), std::string::npos) << sure;
  EXPECT_NE(sure.find("regressed"), std::string::npos);
  EXPECT_NE(sure.find("after\\|<b>.json"), std::string::npos) << sure;
  EXPECT_NE(sure.find("**not comparable**: machine: reading-room → other"), std::string::npos) << sure;
  EXPECT_EQ(markdownReport(files(0)).find("| **"), std::string::npos);
}

TEST(Report, CsvHasALineABlockAndQuotes) {
  const std::string csv = csvReport(files(0.1));
  EXPECT_EQ(countOf(csv, "\r\n"), 1U + 20 + 20 + 20 + 1);
  EXPECT_EQ(csv.rfind("scenario,file,block,real_ms,cpu_ms,bytes_per_second,peak_rss,status\r\n", 0), 0U);
  EXPECT_NE(csv.find("\"crop/\"\"x\"\"\",after|<b>.json,,,,,,\"failed: it ends, <early> & \"\"badly\"\"\"\r\n"),
            std::string::npos)
      << csv.substr(csv.size() - 300);
}

TEST(Report, HtmlIsOnePageWithItsChartsAndNothingFromElsewhere) {
  const std::string html = htmlReport(files(0.1));
  EXPECT_EQ(countOf(html, "<svg "), 1U + 2U);
  EXPECT_EQ(countOf(html, "<svg "), countOf(html, "</svg>"));
  EXPECT_EQ(html.find("<early>"), std::string::npos);
  EXPECT_EQ(html.find("<b>.json"), std::string::npos);
  EXPECT_NE(html.find("&lt;early&gt; &amp; &quot;badly&quot;"), std::string::npos);
  for (const char* outside : {"<script", "src=", "<link", "@import", "url("}) {
    EXPECT_EQ(html.find(outside), std::string::npos) << outside;
  }
}

TEST(Report, SvgDrawsEveryBlock) {
  EXPECT_EQ(countOf(dotsSvg("load/x", files(0.1)), "<circle "), 40U);
  const std::string forest = forestSvg(compareResults(files(0.1)[0], files(0.1)[1]));
  EXPECT_EQ(countOf(forest, "<polygon "), 1U);  // a triangle for the regression; what failed has no interval
  EXPECT_NE(forest.find("errored"), std::string::npos);
}

TEST(Report, EndingsChooseTheForm) {
  const testing::TemporaryFolder folder;
  for (const char* ending : {"md", "csv", "html", "svg"}) {
    writeReport(folder.file(std::string("r.") + ending), files(0.1));
    EXPECT_GT(std::filesystem::file_size(folder.file(std::string("r.") + ending)), 200U);
  }
  EXPECT_EQ(errorOf([&] { writeReport(folder.file("r.pdf"), files(0.1)); }), ErrorCode::Usage);
}

TEST(Report, OfOneFileNeedsNoComparison) {
  const std::vector<ResultFile> one{files(0.1)[0]};
  EXPECT_EQ(markdownReport(one).find("against"), std::string::npos);
  EXPECT_EQ(countOf(svgReport(one), "<circle "), 40U);
}

}  // namespace
}  // namespace voxmark::profiling
