#include "core/document/session_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/support/temporary_folder.h"

namespace voxmark {
namespace {

namespace fs = std::filesystem;

class SessionFile : public ::testing::Test {
 protected:
  SessionFile() {
    fs::create_directories(folder_ / "study" / "images");
    touch("study/images/brain.nii");
    touch("study/labels.txt");
  }
  void touch(const std::string& name) { std::ofstream(folder_ / name) << "x"; }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] Document document() const {
    Document d;
    Layer layer;
    layer.id = 1;
    layer.name = "brain";
    layer.path = at("study/images/brain.nii");
    LabelTable table;
    table.path = at("study/labels.txt");
    layer.display.labelTable = std::make_shared<const LabelTable>(table);
    Layer made = layer;
    made.id = 2;
    made.path.clear();
    made.derivedFrom = 1;
    made.recipe = Recipe{layer.path, {}, {}, {CropToMask{at("study/labels.txt"), {}, {}}}};
    d.steps = {{CropToMask{at("study/labels.txt"), {}, {}}, true, {}}};
    d.layers = {layer, made};
    d.nextLayerId = 3;
    return d;
  }
  static std::string refusal(const std::string& path) {
    try {
      (void)readSession(path);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

  testing::TemporaryFolder temporary_;
  fs::path folder_ = temporary_.path();
};

TEST_F(SessionFile, GivesBackThePathsOfAllFiles) {
  saveSession(document(), at("study/a.voxmark.json"));
  const Document back = readSession(at("study/a.voxmark.json"));
  ASSERT_EQ(back.layers.size(), 2U);
  EXPECT_EQ(back.layers[0].path, at("study/images/brain.nii"));
  EXPECT_EQ(back.layers[0].display.labelTable->path, at("study/labels.txt"));
  EXPECT_EQ(back.layers[1].path, "");
  EXPECT_EQ(back.layers[1].recipe->path, at("study/images/brain.nii"));
}

TEST_F(SessionFile, FindsTheFilesOfAFolderThatWasMoved) {
  saveSession(document(), at("study/a.voxmark.json"));
  fs::rename(folder_ / "study", folder_ / "elsewhere");
  const Document back = readSession(at("elsewhere/a.voxmark.json"));
  EXPECT_EQ(back.layers[0].path, at("elsewhere/images/brain.nii"));
  EXPECT_EQ(back.layers[0].display.labelTable->path, at("elsewhere/labels.txt"));
  EXPECT_EQ(back.layers[1].recipe->path, at("elsewhere/images/brain.nii"));
  EXPECT_EQ(std::get<CropToMask>(back.layers[1].recipe->steps.at(0)).file, at("elsewhere/labels.txt"));
  EXPECT_EQ(std::get<CropToMask>(back.steps.at(0).operation).file, at("elsewhere/labels.txt"));
}

TEST_F(SessionFile, OfAFolderThatWasCopiedTakesTheCopysFiles) {
  saveSession(document(), at("study/a.voxmark.json"));
  fs::copy(folder_ / "study", folder_ / "copy", fs::copy_options::recursive);
  EXPECT_EQ(readSession(at("copy/a.voxmark.json")).layers[0].path, at("copy/images/brain.nii"));
}

TEST_F(SessionFile, MovedAloneStillKnowsWhereItsFilesAre) {
  saveSession(document(), at("study/a.voxmark.json"));
  fs::create_directories(folder_ / "x" / "y" / "z");
  fs::rename(folder_ / "study/a.voxmark.json", folder_ / "x/y/z/a.voxmark.json");
  EXPECT_EQ(readSession(at("x/y/z/a.voxmark.json")).layers[0].path, at("study/images/brain.nii"));
}

TEST_F(SessionFile, KeepsThePathOfAFileThatIsGone) {
  saveSession(document(), at("study/a.voxmark.json"));
  fs::remove(folder_ / "study/images/brain.nii");
  EXPECT_EQ(readSession(at("study/a.voxmark.json")).layers[0].path, at("study/images/brain.nii"));
}

TEST_F(SessionFile, SaysWhatIsWrongWithOneThatCannotBeRead) {
  EXPECT_NE(refusal(at("none.json")).find("no such file"), std::string::npos);
  EXPECT_NE(refusal(at("study")).find("no session file"), std::string::npos);
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("\xff\xfe{}"), std::string("{\"a\":1,\"a\":2}"),
        std::string(100000, '['), std::string("{\"voxmarkSession\": 1e999}"), std::string("{\"layers\": [[{}]]}")}) {
    std::ofstream(folder_ / "bad.json", std::ios::binary) << text;
    const std::string message = refusal(at("bad.json"));
    EXPECT_NE(message.find("bad.json"), std::string::npos) << text.substr(0, 40) << ": " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST_F(SessionFile, AFileThatIsThereIsReplacedAsAWhole) {
  saveSession(document(), at("a.json"));
  saveSession({}, at("a.json"));
  EXPECT_TRUE(readSession(at("a.json")).layers.empty());
}

}  // namespace
}  // namespace voxmark
