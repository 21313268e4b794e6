#include "core/profiling/catalogue.h"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

std::vector<ScenarioSpec> parse(const std::string& entries) {
  return parseCatalogue("s.json", R"({"voxmarkScenarios": 1, "scenarios": [)" + entries + "]}");
}

std::string errorOf(const std::string& entries) {
  try {
    (void)parse(entries);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Format) << error.what();
    return error.what();
  }
  return "no error";
}

TEST(Catalogue, AxesAreMultipliedOut) {
  const auto specs = parse(R"({"kind": "load", "from": "default", "tolerance": 15, "seed": 4,
    "axes": {"shape": ["64x64x64", "32x32x32"], "type": "i16", "container": ["nii", "nii_gz"], "threads": [1, 8]}})");
  ASSERT_EQ(specs.size(), 8U);
  std::set<std::string> names;
  for (const ScenarioSpec& spec : specs) {
    names.insert(scenarioName(spec));
    EXPECT_EQ(spec.from, "default");
    EXPECT_EQ(spec.tolerancePercent, 15);
    EXPECT_EQ(spec.seed, 4U);
  }
  EXPECT_EQ(names.size(), 8U);
  EXPECT_EQ(names.count("load/nii_gz/i16/64x64x64/warm/threads:8"), 1U);
}

TEST(Catalogue, WhatIsWrongIsNamed) {
  EXPECT_NE(errorOf(R"({"kind": "fly"})").find("scenarios[0].kind"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "load"})").find("shape"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "load", "axes": {"colour": "red"}})").find("colour"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "load", "axis": {}})").find("axis"), std::string::npos);
  const std::string load = R"({"kind": "load", "axes": {"shape": "4x4x4", "type": "i16", )";
  EXPECT_NE(errorOf(load + R"("cache": "tepid"}})").find("tepid"), std::string::npos);
  EXPECT_NE(errorOf(load + R"("container": "jpeg"}})").find("jpeg"), std::string::npos);
  EXPECT_NE(errorOf(load + R"("threads": 1.5}})").find("1.5"), std::string::npos);
  EXPECT_NE(errorOf(load + R"("threads": []}})").find("threads"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "load", "axes": {"shape": "4x4", "type": "i16"}})").find("4x4"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "load", "axes": {"shape": "4x4x4", "type": "i17"}})").find("i17"), std::string::npos);
  EXPECT_NE(errorOf(load.substr(0, load.size() - 2) + R"(}, "tolerance": -1})").find("tolerance"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "pipeline", "axes": {"name": "x"}})").find("steps"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "command", "axes": {"name": "x"}})").find("command"), std::string::npos);
  EXPECT_NE(errorOf(R"({"kind": "command", "axes": {"name": "x"}, "command": [5]})").find("command"),
            std::string::npos);
  EXPECT_THROW((void)parseCatalogue("s.json", "{}"), Error);
  EXPECT_THROW((void)parseCatalogue("s.json", "["), Error);
}

TEST(Catalogue, PresetsGrowAndSuitesStandAlone) {
  const auto& all = builtInCatalogue();
  const auto quick = specsOf(all, "quick");
  const auto usual = specsOf(all, "default");
  const auto full = specsOf(all, "full");
  EXPECT_GT(quick.size(), 15U);
  EXPECT_LT(quick.size(), usual.size());
  EXPECT_LT(usual.size(), full.size());
  EXPECT_EQ(full.size(), all.size());
  EXPECT_EQ(suitesOf(all), (std::vector<std::string>{"crop-first"}));
  EXPECT_THROW((void)specsOf(all, "nothing"), Error);
}

TEST(Catalogue, TheProgramKnowsEveryKindAndEveryNameOnce) {
  std::set<std::string> names, kinds;
  for (const ScenarioSpec& spec : builtInCatalogue()) {
    EXPECT_TRUE(names.insert(scenarioName(spec)).second) << scenarioName(spec);
    kinds.insert(spec.kind);
  }
  for (const KindInfo& kind : scenarioKinds()) {
    const std::size_t expected = kind.kind == "command" ? 0 : 1;  // other programs are in bench/peers
    EXPECT_EQ(kinds.count(std::string(kind.kind)), expected) << kind.kind;
  }
}

TEST(Catalogue, CropFirstHasTheFourWays) {
  std::set<std::string> names;
  for (const ScenarioSpec& spec : specsOf(builtInCatalogue(), "crop-first")) names.insert(scenarioName(spec));
  for (const char* container : {"nii", "nii_gz"}) {
    const std::string tail = std::string(container) + "/i16/256x256x256/64x64x64";
    EXPECT_EQ(names.count("crop/full/" + tail), 1U);
    EXPECT_EQ(names.count("crop/first/" + tail), 1U);
    EXPECT_EQ(names.count("crop/first/" + tail + "/device:cuda:0"), 1U);
    EXPECT_EQ(names.count("crop/first/" + tail + "/to:f16"), 1U);
  }
}

TEST(Catalogue, TheSchemaKnowsTheSameKindsAndFields) {
  std::ifstream file(std::string(std::getenv("VOXMARK_SOURCE_DIR")) + "/bench/scenarios/schema.json");
  ASSERT_TRUE(file);
  const auto schema = nlohmann::json::parse(file);
  const auto& properties = schema.at("$defs").at("scenario").at("properties");
  std::set<std::string> inSchema, known;
  for (const auto& kind : properties.at("kind").at("enum")) inSchema.insert(kind.get<std::string>());
  for (const KindInfo& kind : scenarioKinds()) known.insert(std::string(kind.kind));
  EXPECT_EQ(inSchema, known);
  const std::string message = errorOf(R"({"kind": "load", "colour": 1})");
  for (const auto& [field, rule] : properties.items()) EXPECT_NE(message.find(field), std::string::npos) << field;
}

TEST(ScenarioSpec, NamesAreChosenByPatternsAndBeginnings) {
  const std::string name = "normalise/zscore/f32/4x4x4/cpu";
  for (const char* pattern : {"*", "normalise", "normalise/zscore", "normalise/*", "*zscore*", "*/cpu"}) {
    EXPECT_TRUE(isChosen(name, {pattern})) << pattern;
  }
  for (const char* pattern : {"load", "normalise/z", "zscore", "normal"}) EXPECT_FALSE(isChosen(name, {pattern}));
  EXPECT_TRUE(isChosen(name, {}));
  EXPECT_TRUE(isChosen(name, {"load", "normalise"}));
}

}  // namespace
}  // namespace voxmark::profiling
