#include "core/profiling/trace_file.h"

#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include <gtest/gtest.h>

#include "core/trace/trace.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::profiling {
namespace {

TEST(TraceFile, HasStagesOnTheirLanesCountersAndNames) {
  const testing::TemporaryFolder folder;
  { const trace::Scope before("too early"); }
  std::uint32_t lanes = 0;
  {
    const TraceRecording recording;
    { const trace::Scope scope("read", 100); }
    std::thread([] {
      trace::nameLane("helper");
      const trace::Scope scope("inflate", 200);
    }).join();
    recording.write(folder.file("t.json"));
  }
  const auto json = nlohmann::json::parse(testing::contentsOf(folder.file("t.json")));
  std::map<std::string, int> kinds;
  std::map<std::string, int> stages;
  for (const auto& event : json.at("traceEvents")) {
    ++kinds[event.at("ph")];
    EXPECT_TRUE(event.at("pid").is_number() && event.at("tid").is_number());
    if (event.at("ph") == "M") {
      lanes += event.at("args").at("name") == "helper";
      continue;
    }
    EXPECT_GE(event.at("ts").get<double>(), 0);
    if (event.at("ph") == "X") {
      ++stages[event.at("name")];
      EXPECT_GE(event.at("dur").get<double>(), 0);
    } else {
      EXPECT_EQ(event.at("ph"), "C");
      EXPECT_GT(event.at("args").at("resident").get<double>(), 1e6);
    }
  }
  EXPECT_EQ(stages, (std::map<std::string, int>{{"read", 1}, {"inflate", 1}}));
  EXPECT_EQ(lanes, 1U);
  EXPECT_GE(kinds["C"], 1);
}

}  // namespace
}  // namespace voxmark::profiling
