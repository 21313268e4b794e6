#include "ui/panels/view_settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include "core/document/plane_angles.h"
#include "tests/ui/window_test.h"

namespace voxmark::testing {
namespace {

class ViewSettings : public WindowTest {
 protected:
  void SetUp() override {
    open(sample());
    driver_.key("F8");
    ASSERT_TRUE(waitFor([&] { return panel()->isVisible(); }, 3000));
  }
  [[nodiscard]] ui::ViewSettings* panel() const { return window_->findChild<ui::ViewSettings*>(); }
  template <typename Widget>
  [[nodiscard]] Widget* part(const char* name) const {
    auto* found = panel()->findChild<Widget*>(name);
    if (found == nullptr) throw std::runtime_error(std::string("the settings have no ") + name);
    return found;
  }
  /// Types a number into a spin box, as one does who has selected what was there.
  void enter(QAbstractSpinBox* box, const QString& text) {
    driver_.click(box, QPoint(20, box->height() / 2));
    driver_.key("ctrl+a");
    driver_.type(text);
    driver_.key("Return");
  }
  [[nodiscard]] const ViewsState& views() const { return document().views; }
};

TEST_F(ViewSettings, SwitchesAreChangesThatCanBeUndone) {
  const std::pair<const char*, bool ViewsState::*> switches[] = {{"radiological", &ViewsState::radiological},
                                                                 {"linkedZoom", &ViewsState::linkedZoom},
                                                                 {"legend", &ViewsState::legend},
                                                                 {"speed", &ViewsState::speed}};
  for (const auto& [name, setting] : switches) {
    const bool before = views().*setting;
    auto* box = part<QCheckBox>(name);
    EXPECT_EQ(box->isChecked(), before) << name;
    driver_.click(box, QPoint(10, box->height() / 2));
    EXPECT_EQ(views().*setting, !before) << name;
  }
  driver_.key("Escape");
  EXPECT_TRUE(waitFor([&] { return !panel()->isVisible(); }, 3000));
  for (int n = 0; n < 4; ++n) driver_.key("ctrl+z");
  for (const auto& [name, setting] : switches) EXPECT_EQ(views().*setting, ViewsState().*setting) << name;
}

TEST_F(ViewSettings, TheKeyboardReachesAlignmentSlabAndThickness) {
  driver_.key("Down");  // the alignment has the focus
  EXPECT_EQ(views().alignment, Alignment::Patient);
  for (int n = 0; n < 4; ++n) driver_.key("Tab");  // past the three angles; there is nothing to reset
  driver_.key("Down");
  EXPECT_EQ(views().slab.mode, SlabMode::Maximum);
  driver_.key("Down");
  EXPECT_EQ(views().slab.mode, SlabMode::Minimum);
  driver_.key("Tab");
  driver_.key("ctrl+a");
  driver_.type("25");
  driver_.key("Tab");
  EXPECT_DOUBLE_EQ(views().slab.thickness, 25);
}

TEST_F(ViewSettings, AnglesTurnThePlanesAndAreResetTogether) {
  enter(part<QDoubleSpinBox>("angle0"), "20");
  enter(part<QDoubleSpinBox>("angle2"), "35.5");
  const auto angles = anglesOf(views().rotation, alignedAxes(document()));
  EXPECT_NEAR(angles[0], 20, 1e-4);
  EXPECT_NEAR(angles[1], 0, 1e-4);
  EXPECT_NEAR(angles[2], 35.5, 1e-4);
  driver_.click(part<QPushButton>("resetRotation"));
  EXPECT_TRUE(views().rotation.none());
  EXPECT_EQ(part<QDoubleSpinBox>("angle2")->value(), 0);
  EXPECT_FALSE(part<QPushButton>("resetRotation")->isEnabled());
}

TEST_F(ViewSettings, TheLightboxTakesRowsColumnsAndStep) {
  enter(part<QSpinBox>("lightboxRows"), "3");
  enter(part<QSpinBox>("lightboxColumns"), "6");
  enter(part<QSpinBox>("lightboxStep"), "4");
  EXPECT_EQ(views().lightbox, (Lightbox{"axial", 3, 6, 4}));
  driver_.key("Escape");
  driver_.key("F7");
  EXPECT_TRUE(waitFor([&] { return window_->views().lightbox().lightbox().cellCount() == 18; }, 5000));
}

TEST_F(ViewSettings, SmoothingIsThatOfTheActiveLayer) {
  auto* box = part<QCheckBox>("smoothActive");
  EXPECT_TRUE(box->isChecked());
  driver_.click(box, QPoint(10, box->height() / 2));
  EXPECT_FALSE(active().display.interpolate);
  driver_.key("Escape");
  driver_.key("i");
  EXPECT_TRUE(active().display.interpolate);
  EXPECT_TRUE(box->isChecked());
}

}  // namespace
}  // namespace voxmark::testing
