#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QProcess>
#include <csignal>

#include "core/document/session_file.h"
#include "tests/ui/window_test.h"
#include "ui/models/autosave.h"
#include "ui/panels/session_desk.h"
#include "ui/widgets/recovery_bar.h"

namespace voxmark::testing {
namespace {

class Sessions : public WindowTest {
 protected:
  Sessions() {
    qputenv("VOXMARK_CACHE_DIR", folder_.filePath("cache").toLocal8Bit());
    // Files of our own, so that they can be moved and lost.
    QDir(folder_.path()).mkdir("study");
    QFile::copy(sample(), at("study/brain.nii.gz"));
  }
  ~Sessions() override { qputenv("VOXMARK_CACHE_DIR", cacheBefore_); }
  [[nodiscard]] QString brain() const { return at("study/brain.nii.gz"); }
  [[nodiscard]] QString file() const { return at("study/mine.voxmark.json"); }
  void edit(const std::function<void(Document&)>& change) { window_->session().edit("Change", change); }
  void save() {
    window_->desk().files().save(file());
    ASSERT_TRUE(waitFor([&] { return window_->desk().files().path() == file(); }));
  }
  /// Everything closed, as after a new start.
  void closeAll() {
    edit([](Document& d) { d = Document{}; });
    ASSERT_TRUE(settle());
  }
  void openSession(const QString& path) {
    window_->open({path}, true);
    ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
    ASSERT_TRUE(settle());
  }
  [[nodiscard]] QString barText() const { return child<QWidget>("errorBar")->findChild<QLabel*>()->text(); }

  QByteArray cacheBefore_ = qgetenv("VOXMARK_CACHE_DIR");
};

TEST_F(Sessions, WhatWasSavedWithTheKeyboardComesBackAsItWas) {
  open(brain());
  open(brain(), false);
  view(render::Plane::Axial)->setFocus();
  driver_.drag(view(render::Plane::Axial), {200, 200}, {260, 230}, Driver::Left, "shift");
  driver_.click(view(render::Plane::Sagittal), {150, 150});
  driver_.wheel(view(render::Plane::Coronal), {150, 150}, 3, "ctrl");
  edit([](Document& d) {
    d.layers[0].display.colorMap = "viridis";
    d.layers[1].display.opacity = 0.25;
    d.views.slab = {SlabMode::Maximum, 12};
    d.marks.push_back({d.nextMarkId++, MarkKind::Distance, "length", {{1, 2, 3}, {4, 5, 6}}});
  });
  const Document before = document();
  driver_.key("ctrl+shift+s");
  dialog<QFileDialog>();
  driver_.key("ctrl+a");
  driver_.type(file());
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return QFileInfo::exists(file()); }));
  closeAll();
  openSession(file());
  ASSERT_EQ(document().layers.size(), 2U);
  for (std::size_t n = 0; n < 2; ++n) {
    EXPECT_EQ(document().layers[n].display, before.layers[n].display) << n;
    EXPECT_EQ(document().layers[n].name, before.layers[n].name);
    ASSERT_NE(document().layers[n].volume, nullptr);
    EXPECT_EQ(document().layers[n].automatic, before.layers[n].automatic);  // what Esc goes back to
    EXPECT_FALSE(document().layers[n].opening);
  }
  EXPECT_NE(document().layers[1].display.window, document().layers[1].automatic);
  EXPECT_EQ(document().views, before.views);
  EXPECT_EQ(document().marks, before.marks);
  EXPECT_EQ(document().active()->name, before.active()->name);
  EXPECT_FALSE(errorShown());
  driver_.focus(window_.get());
  driver_.key("ctrl+z");  // opening it was a step
  EXPECT_TRUE(document().layers.empty());
}

TEST_F(Sessions, AMovedFolderOpensWithItsOwnFiles) {
  open(brain());
  save();
  closeAll();
  ASSERT_TRUE(QDir(folder_.path()).rename("study", "moved"));
  openSession(at("moved/mine.voxmark.json"));
  EXPECT_EQ(active().path, at("moved/brain.nii.gz").toStdString());
  EXPECT_NE(active().volume, nullptr);
}

TEST_F(Sessions, AMissingFileIsReportedKeptAndSavedAgain) {
  ASSERT_TRUE(QFile::copy(brain(), at("study/other.nii.gz")));
  open(brain());
  open(at("study/other.nii.gz"), false);
  edit([](Document& d) { d.layers[0].display.colorMap = "inferno"; });
  save();
  closeAll();
  ASSERT_TRUE(QFile::remove(brain()));
  openSession(file());
  ASSERT_EQ(document().layers.size(), 2U);
  EXPECT_EQ(document().layers[0].volume, nullptr);
  EXPECT_NE(document().layers[0].missing, "");
  EXPECT_NE(document().layers[1].volume, nullptr);
  EXPECT_TRUE(errorShown());
  EXPECT_TRUE(barText().contains("brain.nii.gz")) << barText().toStdString();
  // Nothing of what is known about it is lost by saving what is left.
  save();
  const Document again = readSession(file().toStdString());
  EXPECT_EQ(again.layers[0].path, brain().toStdString());
  EXPECT_EQ(again.layers[0].display.colorMap, "inferno");
}

TEST_F(Sessions, ResultsOfStepsAreMadeAgainThoughTheirSourceWasRemoved) {
  open(brain());
  edit([](Document& d) { d.steps = {{Crop{{{10, 12, 14}, {30, 32, 34}}}, true, {}}, {parseCast("f32"), true, {}}}; });
  child<QPushButton>("applyPipeline")->click();
  ASSERT_TRUE(waitFor([&] { return document().layers.size() == 2; }));
  ASSERT_TRUE(settle());
  const double value = active().volume->valueAt(0, {15, 16, 17});
  edit([](Document& d) { d.layers.erase(d.layers.begin()); });
  save();
  closeAll();
  openSession(file());
  ASSERT_EQ(document().layers.size(), 1U);
  ASSERT_NE(active().volume, nullptr) << active().missing;
  EXPECT_EQ(active().volume->geometry().size, (Index3{30, 32, 34}));
  EXPECT_EQ(active().volume->info().pixelType, PixelType::F32);
  EXPECT_EQ(active().volume->valueAt(0, {15, 16, 17}), value);
}

TEST_F(Sessions, LayersOfAnOlderDocumentAreNotTouchedByThoseOfASession) {
  open(brain());
  save();
  closeAll();
  open(sample());
  const VolumePtr older = active().volume;
  openSession(file());
  driver_.key("ctrl+z");
  ASSERT_EQ(document().layers.size(), 1U);
  EXPECT_EQ(active().volume, older);
  EXPECT_EQ(active().name, "brain_t1.nii.gz");
}

TEST_F(Sessions, ADamagedSessionIsExplainedAndChangesNothing) {
  open(brain());
  QFile bad(at("bad.voxmark.json"));
  ASSERT_TRUE(bad.open(QIODevice::WriteOnly));
  bad.write("{\"voxmarkSession\": 1, \"layers\": [");
  bad.close();
  window_->open({bad.fileName()}, true);
  ASSERT_TRUE(waitFor([&] { return errorShown(); }));
  EXPECT_TRUE(window_->lastError().contains("bad.voxmark.json"));
  EXPECT_EQ(document().layers.size(), 1U);
}

TEST_F(Sessions, TheDocumentIsKeptAfterAChangeAndForgottenAtACleanEnd) {
  window_->desk().keep();
  ASSERT_NE(window_->desk().autosave(), nullptr);
  window_->desk().autosave()->setInterval(50);
  open(brain());
  const QDir kept(at("cache/autosave"));
  const auto copies = [&] { return kept.entryInfoList({"*.json"}, QDir::Files); };
  ASSERT_TRUE(waitFor([&] { return copies().size() == 1; }));
  EXPECT_EQ(QFileInfo(kept.path()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
  EXPECT_TRUE(findOrphans(kept.path().toStdString()).empty());  // its owner lives
  edit([](Document& d) { d.layers[0].display.colorMap = "plasma"; });
  ASSERT_TRUE(waitFor(
      [&] { return readSession(copies().front().filePath().toStdString()).layers[0].display.colorMap == "plasma"; }));
  window_->close();
  window_.reset();
  EXPECT_TRUE(copies().isEmpty());
}

/// What a killed program had open is offered by the next one, and is there after a click.
TEST_F(Sessions, WhatACrashLeavesIsOfferedAndRestored) {
  const QString program = qEnvironmentVariable("VOXMARK_PROGRAM");
  ASSERT_FALSE(program.isEmpty()) << "VOXMARK_PROGRAM does not name the program";
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("XDG_CONFIG_HOME", at("config"));
  environment.insert("XDG_RUNTIME_DIR", folder_.path());
  QProcess victim;
  victim.setProcessEnvironment(environment);
  victim.start(program, {brain()});
  const QDir kept(at("cache/autosave"));
  ASSERT_TRUE(waitFor(
      [&] {
        const auto copies = kept.entryInfoList({"*.json"}, QDir::Files);
        return !copies.isEmpty() && !readSession(copies.front().filePath().toStdString()).layers.empty();
      },
      60000));
  kill(static_cast<pid_t>(victim.processId()), SIGKILL);
  ASSERT_TRUE(waitFor([&] { return victim.state() == QProcess::NotRunning; }));
  window_->desk().keep();
  auto* bar = child<ui::RecoveryBar>("recoveryBar");
  ASSERT_TRUE(waitFor([&] { return bar->isVisible(); }));
  EXPECT_TRUE(child<QLabel>("recoveryText")->text().contains("brain.nii.gz"));
  letRun(100);
  driver_.click(child<QPushButton>("restoreSession"));
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().path, brain().toStdString());
  EXPECT_NE(active().volume, nullptr);
  EXPECT_FALSE(bar->isVisible());
  // Once this window has a copy of its own, that of the dead one goes.
  EXPECT_TRUE(waitFor([&] { return kept.entryInfoList({"*.json"}, QDir::Files).size() == 1; }));
  EXPECT_TRUE(findOrphans(kept.path().toStdString()).empty());
}

TEST_F(Sessions, ACrashThatIsDiscardedIsNotOfferedAgain) {
  QDir(folder_.path()).mkpath("cache/autosave");
  Document left;
  Layer layer;
  layer.id = 1;
  layer.name = "lost.nii";
  layer.path = brain().toStdString();
  left.layers = {layer};
  saveSession(left, at("cache/autosave/1-2-0.voxmark.json").toStdString());
  window_->desk().keep();
  auto* bar = child<ui::RecoveryBar>("recoveryBar");
  ASSERT_TRUE(waitFor([&] { return bar->isVisible(); }));
  letRun(100);
  driver_.click(child<QPushButton>("discardSession"));
  ASSERT_TRUE(waitFor([&] { return !bar->isVisible(); }));
  EXPECT_TRUE(findOrphans(at("cache/autosave").toStdString()).empty());
  EXPECT_TRUE(document().layers.empty());
}

}  // namespace
}  // namespace voxmark::testing
