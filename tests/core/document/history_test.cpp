#include "core/document/history.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

DocumentPtr withFrame(std::int64_t frame) {
  Document document;
  document.views.frame = frame;
  return std::make_shared<const Document>(document);
}

TEST(History, UndoAndRedoWalkTheSnapshots) {
  History history(withFrame(0));
  history.push(withFrame(1), "one");
  history.push(withFrame(2), "two");
  history.undo();
  EXPECT_EQ(history.current()->views.frame, 1);
  EXPECT_EQ(history.redoLabel(), "two");
  history.redo();
  EXPECT_EQ(history.current()->views.frame, 2);
  EXPECT_FALSE(history.canRedo());
}

TEST(History, ADragIsOneStep) {
  History history(withFrame(0));
  for (int n = 1; n < 5; ++n) history.push(withFrame(n), "drag", "key");
  EXPECT_EQ(history.current()->views.frame, 4);
  history.undo();
  EXPECT_EQ(history.current()->views.frame, 0);
}

TEST(History, APushDropsWhatCouldBeRedone) {
  History history(withFrame(0));
  history.push(withFrame(1), "one");
  history.undo();
  history.push(withFrame(2), "two");
  EXPECT_FALSE(history.canRedo());
  EXPECT_EQ(history.current()->views.frame, 2);
}

TEST(Document, JsonRoundTrip) {
  Document document;
  Layer layer;
  layer.id = 3;
  layer.name = "brain";
  layer.path = "brain.nii";
  layer.display.window = {400, 40};
  layer.history = {Cast{PixelType::F16}};
  document.layers.push_back(layer);
  document.activeLayer = 3;
  document.views.crosshair = {1.5, -2, 3};
  document.views.frameLoop = false;
  document.views.slices["axial"] = {2, {3, 4}};
  document.steps.push_back({Normalize{}, false, "mine"});
  const Document back = documentFromJson(nlohmann::json::parse(toJson(document).dump()));
  EXPECT_EQ(back.layers.at(0).display, layer.display);
  EXPECT_EQ(back.layers.at(0).history, layer.history);
  EXPECT_EQ(back.views, document.views);
  EXPECT_EQ(back.steps, document.steps);
  EXPECT_EQ(back.activeLayer, document.activeLayer);
}

TEST(Document, OtherJsonIsRefused) {
  EXPECT_THROW((void)documentFromJson({{"layers", 1}}), Error);
}

}  // namespace
}  // namespace voxmark
