#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QProgressBar>
#include <QToolButton>

#include "tests/ui/window_test.h"

namespace voxmark::testing {
namespace {

std::string metadataOf(const VolumeInfo& info, const std::string& key) {
  for (const auto& [name, value] : info.metadata) {
    if (name == key) return value;
  }
  return {};
}

class Opening : public WindowTest {
 protected:
  /// A file that says it is a NIfTI volume and is not.
  QString badFile() {
    QFile file(at("bad.nii"));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(QByteArray(352, 'x'));
    return file.fileName();
  }
  QString gatedFile() {
    QFile file(at("slow.gated"));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write("slow");
    return file.fileName();
  }
  void drop(const QStringList& paths, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths) urls << QUrl::fromLocalFile(path);
    data.setUrls(urls);
    const QPoint middle = window_->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, modifiers);
    QApplication::sendEvent(window_.get(), &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent event(middle, Qt::CopyAction, &data, Qt::LeftButton, modifiers);
    QApplication::sendEvent(window_.get(), &event);
    ASSERT_TRUE(settle());
  }
};

TEST_F(Opening, TheOpenDialogTakesATypedPath) {
  driver_.key("ctrl+o");
  dialog<QFileDialog>();
  driver_.type(sample());
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().name, "brain_t1.nii.gz");
  EXPECT_TRUE(window_->windowTitle().contains("brain_t1.nii.gz"));
  EXPECT_FALSE(errorShown());
}

TEST_F(Opening, TheStatusBarSaysWhereTheTimeWent) {
  open(sample());
  const QString text = child<QLabel>("stages")->text();
  EXPECT_TRUE(text.contains(" MB in ") || text.contains(" kB in ")) << text.toStdString();
  EXPECT_TRUE(text.contains("inflate ")) << text.toStdString();
}

TEST_F(Opening, ABadFileIsExplainedAndTheEarlierVolumeStays) {
  open(sample());
  const VolumePtr before = active().volume;
  window_->open({badFile()}, true);
  ASSERT_TRUE(settle());
  EXPECT_EQ(document().layers.size(), 1U);
  EXPECT_EQ(active().volume, before);
  ASSERT_TRUE(errorShown());
  EXPECT_TRUE(window_->lastError().contains("bad.nii")) << window_->lastError().toStdString();
  driver_.click(child<QWidget>("errorBar")->findChild<QToolButton*>());
  EXPECT_FALSE(errorShown());
}

TEST_F(Opening, OneBadFileAmongSeveralDoesNotKeepTheOthersOut) {
  window_->open({badFile(), sample()}, true);
  ASSERT_TRUE(settle());
  EXPECT_EQ(document().layers.size(), 1U);
  EXPECT_TRUE(errorShown());
}

TEST_F(Opening, EveryMalformedFileLeavesTheWindowAlive) {
  open(sample());
  int tried = 0;
  QFileInfoList files = QDir(bundled("malformed")).entryInfoList(QDir::Files);
  if (const QString more = shared("malformed"); !more.isEmpty()) files += QDir(more).entryInfoList(QDir::Files);
  for (const QFileInfo& file : files) {
    window_->open({file.filePath()}, true);
    ASSERT_TRUE(settle()) << file.filePath().toStdString();
    ASSERT_NE(document().active(), nullptr) << file.filePath().toStdString();
    ++tried;
  }
  EXPECT_GT(tried, 10);
}

TEST_F(Opening, DroppedFilesReplaceAndWithControlAreAdded) {
  drop({sample()});
  ASSERT_EQ(document().layers.size(), 1U);
  drop({sample()}, Qt::ControlModifier);
  EXPECT_EQ(document().layers.size(), 2U);
  drop({sample(), sample()});
  EXPECT_EQ(document().layers.size(), 2U);
  driver_.key("ctrl+z");  // both in one step
  EXPECT_EQ(document().layers.size(), 2U);
  driver_.key("ctrl+z");
  EXPECT_EQ(document().layers.size(), 1U);
}

TEST_F(Opening, AFolderWithSeveralSeriesAsksWhich) {
  // The bundled series twice, the second time under another UID.
  const QString folder = bundled("dicom/ct_4");
  const auto source = composition_.sources.open(folder.toStdString());
  const QByteArray uid = QByteArray::fromStdString(metadataOf(source->info(), "SeriesInstanceUID"));
  ASSERT_GT(uid.size(), 8);
  QByteArray other = uid;
  other.back() = uid.back() == '1' ? '2' : '1';
  for (const QFileInfo& slice : QDir(folder).entryInfoList(QDir::Files)) {
    ASSERT_TRUE(QFile::copy(slice.filePath(), at("a-" + slice.fileName())));
    QFile in(slice.filePath());
    QFile out(at("b-" + slice.fileName()));
    ASSERT_TRUE(in.open(QIODevice::ReadOnly) && out.open(QIODevice::WriteOnly));
    out.write(in.readAll().replace(uid, other));
  }
  window_->open({folder_.path()}, true);
  dialog<QInputDialog>();
  driver_.key("Down");
  driver_.key("Return");
  ASSERT_TRUE(waitFor([&] { return !document().layers.empty(); }));
  EXPECT_EQ(active().series, "2");
  EXPECT_EQ(active().volume->geometry().size[2], 4);
  EXPECT_EQ(metadataOf(active().volume->info(), "SeriesInstanceUID"), other.toStdString());
}

TEST_F(Opening, ALoadShowsProgressAndCanBeCancelled) {
  open(sample());
  const VolumePtr before = active().volume;
  window_->open({gatedFile()}, true);
  auto* cancel = child<QToolButton>("cancelJob");
  ASSERT_TRUE(waitFor([&] { return gate_->reading && cancel->isVisible(); }));
  EXPECT_TRUE(child<QProgressBar>("jobProgress")->isVisible());
  driver_.click(cancel);
  ASSERT_TRUE(waitFor([&] { return gate_->cancelled.load(); }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().volume, before);
  EXPECT_FALSE(cancel->isVisible());
  EXPECT_FALSE(errorShown());
}

TEST_F(Opening, TheWindowIsUsableWhileAFileLoads) {
  open(sample());
  const auto before = view(render::Plane::Axial)->slices().slice();
  window_->open({gatedFile()}, true);
  ASSERT_TRUE(waitFor([&] { return gate_->reading.load(); }));
  driver_.wheel(view(render::Plane::Axial), view(render::Plane::Axial)->rect().center(), 3);
  EXPECT_TRUE(waitFor([&] { return view(render::Plane::Axial)->slices().slice() == before + 3; }));
  gate_->open = true;
  ASSERT_TRUE(settle());
  EXPECT_EQ(active().name, "slow.gated");
}

}  // namespace
}  // namespace voxmark::testing
