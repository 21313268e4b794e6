#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/support/run_command.h"
#include "tests/support/temporary_folder.h"

namespace voxmark::testing {
namespace {

namespace fs = std::filesystem;

/// `voxmark render` on an X server of its own.
class Render : public ::testing::Test {
 protected:
  Render() { sample_ = std::string(std::getenv("VOXMARK_SOURCE_DIR")) + "/resources/sample/brain_t1.nii.gz"; }
  [[nodiscard]] std::string at(const std::string& name) const { return folder_.file(name); }
  [[nodiscard]] Outcome run(const std::string& arguments) const {
    return runCommand("xvfb-run -a -s '-screen 0 640x480x24 +extension GLX' " +
                      std::string(std::getenv("VOXMARK_PROGRAM")) + " render " + arguments + " --output " +
                      at("picture.png") + " 2>&1");
  }
  /// The bytes of the picture that these options draw.
  [[nodiscard]] std::string picture(const std::string& options) const {
    fs::remove(at("picture.png"));
    const Outcome outcome = run(sample_ + " --size 160x120 --no-annotations --no-crosshair " + options);
    EXPECT_EQ(outcome.code, 0) << options << ": " << outcome.out;
    return bytes(at("picture.png"));
  }
  [[nodiscard]] static std::string bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  TemporaryFolder folder_;
  std::string sample_;
};

TEST_F(Render, DrawsTheSameEveryTime) {
  for (const char* view : {"row", "1+3", "lightbox --lightbox sagittal,2,3"}) {
    const std::string options = std::string("--legend --view ") + view;
    const std::string first = picture(options);
    EXPECT_FALSE(first.empty());
    EXPECT_TRUE(picture(options) == first) << view;
  }
}

TEST_F(Render, OptionsOfALayerBelongToTheOneBeforeThem) {
  const std::string layer = " --layer " + sample_;
  const std::string plain = picture("--view axial" + layer);
  // What is the default changes nothing, on whichever layer it stands.
  EXPECT_TRUE(picture("--view axial --opacity 1 --interp linear" + layer + " --opacity 0.5 --blend over") == plain);
  EXPECT_TRUE(picture("--view axial" + layer + " --opacity 0") == picture("--view axial"));
  // The map of the layer on top is seen through it alone; --map stays that of FILE wherever it stands.
  EXPECT_TRUE(picture("--view axial" + layer + " --opacity 0 --map hot") == picture("--view axial --map hot"));
  EXPECT_TRUE(picture("--view axial" + layer + " --opacity 1 --layer-map hot") == picture("--view axial --map hot"));
  EXPECT_FALSE(picture("--view axial --layer-map hot" + layer + " --opacity 0.8") ==
               picture("--view axial" + layer + " --opacity 0.8 --layer-map hot"));
}

TEST_F(Render, DrawsASavedSession) {
  std::ofstream(at("session.json"))
      << R"({"voxmarkSession": 1, "nextLayerId": 2, "activeLayer": 1, "steps": [], "layers":
      [{"id": 1, "name": "brain", "path": ")"
      << sample_ << R"(", "display": {"colorMap": "hot", "window": [1, 1]}}],
      "views": {"layout": "sagittal", "annotations": false, "crosshairVisible": false}})";
  const std::string place = " --window 800,400 --at 40,80,70";
  const Outcome outcome = run("--session " + at("session.json") + " --size 160x120" + place);
  ASSERT_EQ(outcome.code, 0) << outcome.out;
  const std::string session = bytes(at("picture.png"));
  EXPECT_TRUE(session == picture("--view sagittal --map hot" + place));
  EXPECT_EQ(run("--session " + at("absent.json")).code, 2);
  EXPECT_EQ(run("--session " + at("session.json") + " " + sample_).code, 2);
}

TEST_F(Render, RefusesWhatItDoesNotUnderstand) {
  for (const char* wrong :
       {"--opacity 2", "--blend under", "--interp cubic", "--slab max", "--slab max:-3", "--slab most:3",
        "--align left", "--rotate 1,2", "--rotate a,b,c", "--lightbox axial,0,3", "--lightbox oblique,2,3",
        "--layer-map none", "--layer-window 0,1", "--view 2x2", "--label-table /nowhere.txt"}) {
    const Outcome outcome = run(sample_ + " " + wrong);
    EXPECT_EQ(outcome.code, 2) << wrong;
    EXPECT_NE(outcome.out.find("voxmark: "), std::string::npos) << outcome.out;
    EXPECT_FALSE(fs::exists(at("picture.png"))) << wrong;
  }
}

}  // namespace
}  // namespace voxmark::testing
