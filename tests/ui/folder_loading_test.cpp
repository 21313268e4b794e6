#include <QDir>
#include <chrono>
#include <thread>

#include "tests/ui/window_test.h"

namespace voxmark::testing {
namespace {

/// The real source of a folder or file, whose threads wait for a gate after the first slice that each of them read.
class HeldSource final : public VolumeSource {
 public:
  HeldSource(std::unique_ptr<VolumeSource> real, std::shared_ptr<Gate> gate)
      : real_(std::move(real)), gate_(std::move(gate)) {}
  [[nodiscard]] const VolumeInfo& info() const override { return real_->info(); }
  [[nodiscard]] std::vector<std::string> files() const override { return real_->files(); }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    real_->read(
        request, target,
        [&](const Region& region) {
          onFilled(region);
          gate_->slices += static_cast<int>(region.size[2]);
          gate_->reading = true;
          while (!gate_->open && !job.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        },
        job);
  }

 private:
  std::unique_ptr<VolumeSource> real_;
  std::shared_ptr<Gate> gate_;
};

class FolderLoading : public WindowTest {
 protected:
  /// Begins to open a copy of a folder of the bundled data, and waits until it is held.
  void openHeld(const QString& name) {
    const QString from = bundled(name);
    const QString to = at("held_folder");
    ASSERT_TRUE(QDir().mkpath(to));
    for (const QString& file : QDir(from).entryList(QDir::Files)) {
      ASSERT_TRUE(QFile::copy(from + "/" + file, to + "/" + file));
    }
    composition_.sources.add({"Held",
                              {},
                              [](const Probe& probe) { return probe.lowerName == "held_folder" ? 1000 : 0; },
                              [this](const std::string& path, const OpenOptions& options) {
                                return std::make_unique<HeldSource>(real_.sources.open(path, options), gate_);
                              }});
    window_->open({to}, true);
    ASSERT_TRUE(waitFor([&] { return gate_->reading.load() && document().active() != nullptr; }));
    letRun(400);  // what follows the first slice
  }

  app::Composition real_ = app::compose();
};

TEST_F(FolderLoading, TheFirstSliceOfADicomFolderShowsWhileTheRestIsRead) {
  openHeld("dicom/ct_4");
  const std::int64_t count = active().volume->geometry().size[2];
  const std::vector<std::int64_t> there = active().volume->filled()->slices(0);
  ASSERT_GT(count, 2);
  ASSERT_FALSE(there.empty());
  EXPECT_LT(static_cast<std::int64_t>(there.size()), count);
  EXPECT_TRUE(active().opening);
  ui::SliceView* axial = view(render::Plane::Axial);
  const QImage first = axial->grabFramebuffer();
  int bright = 0;
  for (int y = 0; y < first.height(); ++y) {
    for (int x = 0; x < first.width(); ++x) bright += first.pixelColor(x, y).value() > 100 ? 1 : 0;
  }
  EXPECT_GT(bright, first.width() * first.height() / 100) << "nothing of the slice is to be seen";
  EXPECT_FALSE(window_->status().placeText().endsWith("not read yet")) << window_->status().placeText().toStdString();
  // The user turns slices meanwhile; what is not there is called so.
  const auto shown = axial->slices().slice();
  driver_.wheel(axial, axial->rect().center(), shown + 1 < count ? 1 : -1);
  EXPECT_TRUE(waitFor([&] { return axial->slices().slice() != shown; }));
  gate_->open = true;
  ASSERT_TRUE(settle());
  EXPECT_FALSE(active().opening);
  EXPECT_TRUE(active().volume->complete(0));
  EXPECT_GE(gate_->slices, count);
}

}  // namespace
}  // namespace voxmark::testing
