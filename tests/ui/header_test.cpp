#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLineEdit>
#include <QTreeView>

#include "tests/ui/window_test.h"
#include "ui/panels/header_dialog.h"
#include "ui/panels/layer_list.h"

namespace voxmark::testing {
namespace {

class Header : public WindowTest {
 protected:
  ui::HeaderDialog* show() {
    driver_.click(view(render::Plane::Axial));
    driver_.key("ctrl+i");
    auto* dialog = window_->findChild<ui::HeaderDialog*>();
    EXPECT_TRUE(waitFor([&] { return dialog->isVisible(); }));
    driver_.focus(dialog);
    return dialog;
  }
  [[nodiscard]] static QStringList sections(ui::HeaderDialog* dialog) {
    const auto* model = dialog->findChild<QTreeView*>("headerTree")->model();
    QStringList out;
    for (int row = 0; row < model->rowCount(); ++row) out << model->index(row, 0).data().toString();
    return out;
  }
};

TEST_F(Header, ListsEveryFieldWithItsMeaning) {
  open(bundled("nifti/frames.nii.gz"));
  ui::HeaderDialog* dialog = show();
  const QAbstractItemModelTester tester(dialog->findChild<ui::HeaderModel*>(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  const QString all = dialog->text(true);
  for (const char* expected : {"sizeof_hdr", "srow_x", "Orientation", "Direction of k", "Frames", "Scale", "Path"}) {
    EXPECT_TRUE(all.contains(expected)) << expected;
  }
  EXPECT_TRUE(all.contains("xyzt_units\t")) << all.toStdString();
  EXPECT_TRUE(sections(dialog).contains("NIfTI-1 header"));
}

TEST_F(Header, FiltersAsOneTypesAndCopiesWhatIsLeft) {
  open(sample());
  ui::HeaderDialog* dialog = show();
  const qsizetype before = dialog->text(true).count('\n');
  driver_.type("srow");
  ASSERT_TRUE(waitFor([&] { return sections(dialog) == QStringList{"NIfTI-1 header"}; }));
  EXPECT_EQ(dialog->text(true).count('\n'), 4);
  driver_.click(dialog->findChild<QPushButton*>("copyHeader"));
  EXPECT_TRUE(QApplication::clipboard()->text().contains("srow_y\t"));
  auto* tree = dialog->findChild<QTreeView*>("headerTree");
  const QModelIndex second = tree->model()->index(1, 0, tree->model()->index(0, 0));
  driver_.click(tree->viewport(), tree->visualRect(second).center());
  driver_.key("ctrl+c");
  EXPECT_TRUE(QApplication::clipboard()->text().startsWith("srow_y\t"));
  EXPECT_EQ(QApplication::clipboard()->text().count('\n'), 1);
  driver_.click(dialog->findChild<QLineEdit*>("headerSearch"));
  driver_.key("ctrl+a");
  driver_.type("nosuchword");
  EXPECT_TRUE(waitFor([&] { return sections(dialog).isEmpty(); }));
  driver_.key("ctrl+a");
  driver_.key("BackSpace");
  EXPECT_TRUE(waitFor([&] { return dialog->text(true).count('\n') == before; }));
}

TEST_F(Header, WarningsStandOnTopAndAreHighlighted) {
  open(bundled("nifti/sheared.nii"));
  ASSERT_FALSE(active().volume->info().warnings.empty());
  ui::HeaderDialog* dialog = show();
  EXPECT_EQ(sections(dialog).value(0), "Warnings");
  const auto* model = dialog->findChild<QTreeView*>("headerTree")->model();
  const QModelIndex warning = model->index(0, 1, model->index(0, 0));
  EXPECT_EQ(warning.data().toString().toStdString(), active().volume->info().warnings[0]);
  EXPECT_TRUE(warning.data(Qt::ForegroundRole).isValid());
}

TEST_F(Header, OpensByADoubleClickOnTheLayer) {
  open(sample());
  auto* layers = window_->findChild<ui::LayerList*>();
  const QRect row = layers->visualRect(layers->model()->index(0, 0));
  driver_.click(layers->viewport(), {row.left() + row.width() / 2, row.center().y()}, Driver::Left, 2);
  auto* dialog = window_->findChild<ui::HeaderDialog*>();
  ASSERT_TRUE(waitFor([&] { return dialog->isVisible(); }));
  EXPECT_TRUE(dialog->windowTitle().contains("brain_t1"));
}

TEST_F(Header, FollowsTheActiveLayerAndShowsExtensionsAndDicom) {
  open(bundled("nifti/extension.nii"));
  ui::HeaderDialog* dialog = show();
  EXPECT_TRUE(sections(dialog).contains("Header extensions"));
  open(bundled("dicom/ct_4"));
  ASSERT_TRUE(waitFor([&] { return sections(dialog).contains("DICOM series header"); }));
  EXPECT_TRUE(dialog->text(true).contains("Modality\tCT"));
  EXPECT_TRUE(dialog->windowTitle().contains("ct_4"));
}

}  // namespace
}  // namespace voxmark::testing
