#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/document/document.h"

namespace voxmark {
namespace {

using nlohmann::json;

LayerDisplay unusualDisplay() {
  LayerDisplay d;
  d.window = {350.5, -40.25};
  d.colorMap = "batlow";
  d.opacity = 0.375;
  d.visible = false;
  d.invert = true;
  d.interpolate = false;
  d.blend = Blend::Maximum;
  d.hideBelow = -12.5;
  d.hideAbove = 900.125;
  d.vectors = VectorStyle::Direction;
  d.labels = true;
  d.labelOutline = true;
  LabelTable table;
  table.path = "/somewhere/labels.txt";
  table.labels[-3] = {"below zero", {1, 2, 3}, 0.5, false};
  table.labels[4000000000] = {"Größe · 大", {255, 0, 128}, 0.25, false};
  d.labelTable = std::make_shared<const LabelTable>(table);
  d.volumePreset = "CT-Bone";
  return d;
}

/// A document in which nothing has the value that it would have by itself.
Document unusual() {
  Document d;
  Layer file;
  file.id = 3;
  file.name = "head \"CT\"\n";
  file.path = "/data/head ct";
  file.series = "1.2.840.1";
  file.reduction = {{{1, 2, 3}, {40, 50, 60}}, {2, 3, 4}, true};
  file.display = unusualDisplay();
  Layer made;
  made.id = 5;
  made.name = "made";
  made.derivedFrom = 3;
  made.display = unusualDisplay();
  made.history = {Crop{{{1, 2, 3}, {4, 5, 6}}}, Cast{PixelType::BF16}};
  made.recipe = Recipe{file.path,
                       file.series,
                       file.reduction,
                       {Reorient{"LPI"}, Normalize{NormalizeMethod::Percentile, 1.5, 98.5, true}}};
  d.layers = {file, made};
  d.activeLayer = 3;
  ViewsState& v = d.views;
  v.crosshair = {1.0 / 3, -2e-7, 12345.678};
  v.frame = 7;
  v.slices = {{"axial", {2.5, {1.25, -3}}}, {"coronal", {0.125, {-8, 9}}}};
  v.crosshairVisible = v.annotations = v.radiological = v.linkedZoom = false;
  v.legend = v.speed = true;
  v.alignment = Alignment::Patient;
  v.rotation = rotationAbout({1, 2, 3}, 35);
  v.slab = {SlabMode::Minimum, 17.5};
  v.layout = "1+3";
  v.layoutBefore = "row";
  v.lightboxScroll = 3;
  v.preview = false;
  v.lightbox = {"sagittal", 3, 7, 2};
  v.frameRate = 12.5;
  v.frameLoop = false;
  v.tool = "angle";
  Mark angle{2, MarkKind::Angle, "α", {{1, 2, 3}, {4, 5, 6}, {7, 8, 9.5}}, {0, 1, 0}, {0, 0, 1}, false};
  Mark box{4, MarkKind::Box, "roi", {{0, 0, 1}, {5, 5, 5}}, {0, 0, 1}, {1, 0, 0}, false};
  d.marks = {angle, box};
  d.crop = CropBox{3, {{1, 1, 1}, {8, 9, 10}}};
  d.steps = {{Clamp{-5, 5.5}, false, "my clamp"}, {ScaleShift{2, -1}, false, "mine"}};
  d.nextLayerId = 9;
  d.nextMarkId = 6;
  return d;
}

bool same(const Document& a, const Document& b) {
  return a.sameContent(b) && a.views == b.views && a.activeLayer == b.activeLayer && a.nextLayerId == b.nextLayerId &&
         a.nextMarkId == b.nextMarkId;
}

/// Label tables are held by pointers, which differ after a round trip: their contents are compared by hand.
Document withTablesOf(Document document, const Document& other) {
  for (std::size_t n = 0; n < document.layers.size(); ++n) {
    const LabelTablePtr& table = other.layers[n].display.labelTable;
    LabelTablePtr& mine = document.layers[n].display.labelTable;
    if (table && mine && *table == *mine) mine = table;
  }
  return document;
}

Document reread(const json& in) {
  return documentFromJson(json::parse(in.dump()));
}

/// The message of the Error that reading `in` ends with; empty where it is read.
std::string refusal(const json& in) {
  try {
    (void)documentFromJson(in);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Format);
    return error.what();
  }
  return {};
}

TEST(DocumentJson, GivesBackWhateverWasSet) {
  const Document document = unusual();
  const Document back = withTablesOf(reread(toJson(document)), document);
  EXPECT_TRUE(same(back, document));
}

TEST(DocumentJson, GivesBackAnEmptyDocument) {
  EXPECT_TRUE(same(reread(toJson(Document{})), Document{}));
}

/// Without any one of its fields, at whatever depth, the text says something else: each of them is read, and none of
/// the test's values is the one that a field has by itself.
TEST(DocumentJson, EveryFieldOfTheTextMatters) {
  const Document document = unusual();
  const json whole = toJson(document).flatten();
  int tried = 0;
  std::set<std::string> fields;
  for (const auto& [path, value] : whole.items()) {
    json::json_pointer pointer(path);
    while (!pointer.empty() && std::isdigit(static_cast<unsigned char>(pointer.back().front())) != 0)
      pointer.pop_back();
    fields.insert(pointer.to_string());
  }
  for (const std::string& field : fields) {
    const json::json_pointer pointer(field);
    json without = toJson(document);
    without[pointer.parent_pointer()].erase(pointer.back());
    ++tried;
    try {
      EXPECT_FALSE(same(withTablesOf(documentFromJson(without), document), document)) << field;
    } catch (const Error&) {  // it has to be there
    }
  }
  EXPECT_GT(tried, 60);
}

struct Hostile {
  const char* field;
  json value;
  const char* named;  ///< what the message must say
};

TEST(DocumentJson, RefusesWhatNoWindowCouldHaveMade) {
  const Hostile cases[] = {
      {"/voxmarkSession", 2, "newer"},
      {"/voxmarkSession", "1", "voxmarkSession"},
      {"/layers", 5, ""},
      {"/layers/0/id", 0, "id"},
      {"/layers/0/id", -1, "id"},
      {"/layers/0/id", 5, "once"},
      {"/layers/0/id", 1e300, "id"},
      {"/layers/0/id", 2.5, "id"},
      {"/layers/0/id", std::uint64_t{1} << 40, "id"},
      {"/layers/0/name", nullptr, "name"},
      {"/layers/1/derivedFrom", 5, "derivedFrom"},
      {"/layers/1/derivedFrom", 8, "derivedFrom"},
      {"/layers/1/history/steps/0/region", json::array({1, 2}), "region"},
      {"/layers/1/history/steps/1/type", "f99", "f99"},
      {"/layers/0/reduction/step", json::array({0, 1, 1}), "step"},
      {"/layers/0/reduction/size", json::array({-4, 1, 1}), "size"},
      {"/layers/0/reduction/size", json::array({1, 1}), "size"},
      {"/layers/0/display/opacity", 1.5, "opacity"},
      {"/layers/0/display/opacity", "half", "opacity"},
      {"/layers/0/display/window", json::array({-1, 0}), "window"},
      {"/layers/0/display/window", json::array({1, nullptr}), "window"},
      {"/layers/0/display/window", json::array({1, 2, 3}), "window"},
      {"/layers/0/display/blend", "multiply", "blend"},
      {"/layers/0/display/labelTable/labels/0/colour", json::array({1, 2, 256}), "colour"},
      {"/layers/0/display/labelTable/labels/0/opacity", -0.1, "opacity"},
      {"/layers/0/display/labelTable/labels/0/value", "x", "value"},
      {"/nextLayerId", 2147483647, "nextLayerId"},
      {"/activeLayer", 4, "activeLayer"},
      {"/crop/layer", 77, "crop"},
      {"/crop/size", json::array({0, 1, 1}), "crop"},
      {"/crop/start", json::array({std::int64_t{1} << 62, 1, 1}), "crop"},
      {"/marks/0/id", 4, "once"},
      {"/marks/0/points", json::array(), "points"},
      {"/marks/0/points/1/2", 1e300, "point"},
      {"/marks/1/right", json::array({0, 0, 0}), "side"},
      {"/marks/0/kind", "pencil", "kind"},
      {"/views/crosshair", json::array({0, 1e12, 0}), "crosshair"},
      {"/views/frame", -1, "frame"},
      {"/views/slices/top", json{{"zoom", 1}, {"pan", {0, 0}}}, "view"},
      {"/views/slices/axial/zoom", 0, "zoom"},
      {"/views/rotation", json::array({0, 0, 0, 0}), "rotation"},
      {"/views/slab/thickness", -2, "thickness"},
      {"/views/slab/mode", 3, "mode"},
      {"/views/layout", "spiral", "layout"},
      {"/views/lightbox/rows", 0, "rows"},
      {"/views/lightbox/columns", 1000000000, "columns"},
      {"/views/lightbox/plane", "oblique", "plane"},
      {"/views/frameRate", 0, "frameRate"},
      {"/views/legend", 1, "legend"},
      {"/views/tool", "", "tool"},
      {"/steps/0/operation/op", "explode", "explode"},
      {"/steps/0/enabled", "yes", "enabled"},
  };
  ASSERT_EQ(refusal(toJson(unusual())), "");
  for (const Hostile& hostile : cases) {
    json in = toJson(unusual());
    in[json::json_pointer(hostile.field)] = hostile.value;
    const std::string message = refusal(in);
    EXPECT_NE(message, "") << hostile.field << " = " << hostile.value;
    EXPECT_NE(message.find(hostile.named), std::string::npos) << hostile.field << ": " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST(DocumentJson, RefusesWhatIsNoSessionAtAll) {
  for (const char* text : {"null", "[]", "3", "{}", "\"voxmarkSession\"", R"({"voxmarkSession": 1})",
                           R"({"voxmarkSession": 1, "layers": [null], "steps": [], "views": {}, "nextLayerId": 1})",
                           R"({"voxmarkSession": 1, "layers": [], "steps": {}, "views": [], "nextLayerId": 1})"}) {
    const json in = json::parse(text);
    if (in.is_object() && in.contains("views") && in.at("layers").empty()) continue;  // lists of nothing are nothing
    EXPECT_NE(refusal(in), "") << text;
  }
}

}  // namespace
}  // namespace voxmark
