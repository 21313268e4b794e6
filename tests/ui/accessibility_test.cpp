#include <QAbstractButton>
#include <QAccessible>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollArea>
#include <QTranslator>

#include "tests/ui/window_test.h"
#include "ui/panels/settings/settings_dialog.h"

namespace voxmark::testing {
namespace {

/// What a screen reader says of it.
QString nameOf(QWidget* widget) {
  QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
  return face == nullptr ? QString() : face->text(QAccessible::Name);
}

/// Parts of Qt's own compound widgets speak through these.
bool isPart(const QWidget* widget) {
  // The lists that combo boxes open, and the tabs of docks, are named by their entries.
  if (widget->inherits("QComboBoxListView") || widget->inherits("QTabBar")) return true;
  return widget->objectName().startsWith("qt_") || widget->focusProxy() != nullptr ||
         (widget->parentWidget() != nullptr && widget->parentWidget()->focusProxy() == widget);
}

class Accessibility : public WindowTest {
 protected:
  static void expectNames(QWidget* root) {
    int seen = 0;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
      if ((widget->focusPolicy() & Qt::TabFocus) == 0 || isPart(widget)) continue;
      ++seen;
      EXPECT_FALSE(nameOf(widget).isEmpty())
          << widget->metaObject()->className() << " " << widget->objectName().toStdString() << " in "
          << widget->parentWidget()->metaObject()->className() << " "
          << widget->parentWidget()->objectName().toStdString();
    }
    EXPECT_GT(seen, 2);
  }
};

TEST_F(Accessibility, EverythingThatTakesTheKeyboardHasAName) {
  open(sample());
  expectNames(window_.get());
}

TEST_F(Accessibility, TabGoesThroughTheWindowAndComesBack) {
  open(sample());
  QWidget* first = view(render::Plane::Axial);
  first->setFocus();
  QSet<QWidget*> visited;
  for (int n = 0; n < 400 && !(n > 0 && QApplication::focusWidget() == first); ++n) {
    QWidget* now = QApplication::focusWidget();
    ASSERT_NE(now, nullptr);
    visited.insert(now);
    QKeyEvent tab(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier, "\t");
    QApplication::sendEvent(now, &tab);
    ASSERT_NE(QApplication::focusWidget(), now)
        << "the keyboard is caught in " << now->metaObject()->className() << " " << now->objectName().toStdString();
  }
  EXPECT_EQ(QApplication::focusWidget(), first);
  for (const ui::SliceView* slices : window_->views().slices()) {
    EXPECT_TRUE(visited.contains(const_cast<ui::SliceView*>(slices)));
  }
  EXPECT_TRUE(visited.contains(&window_->views().volume()));
  EXPECT_GT(visited.size(), 20);
}

TEST_F(Accessibility, TheViewWithTheKeyboardIsFramed) {
  open(sample());
  auto* axial = view(render::Plane::Axial);
  const auto cornerOf = [](const ui::SliceView* one) {
    return one->parentWidget()->grab().toImage().pixelColor(1, 60);
  };
  const QColor accent = QApplication::palette().color(QPalette::Highlight);
  axial->setFocus();
  ASSERT_TRUE(settle());
  EXPECT_EQ(cornerOf(axial), accent);
  EXPECT_NE(cornerOf(view(render::Plane::Coronal)), accent);
  view(render::Plane::Coronal)->setFocus();
  EXPECT_NE(cornerOf(axial), accent);
}

TEST_F(Accessibility, F6GoesFromPartToPartAndBack) {
  open(sample());
  auto* axial = view(render::Plane::Axial);
  axial->setFocus();
  driver_.key("F6");
  EXPECT_FALSE(axial->hasFocus());
  driver_.key("shift+F6");
  EXPECT_TRUE(axial->hasFocus());
  QSet<QWidget*> parts;
  for (int n = 0; n < 12; ++n) {
    driver_.key("F6");
    for (QWidget* part = QApplication::focusWidget(); part != nullptr; part = part->parentWidget()) {
      if (part->parentWidget() == window_.get()) parts.insert(part);
    }
  }
  EXPECT_GE(parts.size(), 4);  // views, left, right, tool bar at least
}

TEST_F(Accessibility, TheMenuKeyOpensTheMenuOfTheViews) {
  open(sample());
  view(render::Plane::Axial)->setFocus();
  driver_.key("Menu");
  ASSERT_TRUE(waitFor([&] { return QApplication::activePopupWidget() != nullptr; }));
  EXPECT_EQ(QApplication::activePopupWidget(), window_->actions().menu("view"));
  driver_.key("Escape");
}

TEST_F(Accessibility, TheWindowIsUsableAt1280By720) {
  window_->showNormal();
  window_->resize(1280, 720);
  open(sample());
  EXPECT_LE(window_->minimumSizeHint().width(), 1280);
  EXPECT_LE(window_->minimumSizeHint().height(), 720);
  ASSERT_TRUE(waitFor([&] { return window_->size() == QSize(1280, 720); }));
  for (const ui::SliceView* one : window_->views().slices()) {
    EXPECT_GE(one->width(), 200);
    EXPECT_GE(one->height(), 120);
  }
}

/// Marks what went through tr().
class Marking : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    return QString("«%1»").arg(QString::fromUtf8(source));
  }
  bool isEmpty() const override { return false; }
};

TEST_F(Accessibility, EveryTextOfTheWindowCanBeTranslated) {
  Marking marking;
  QApplication::installTranslator(&marking);
  {
    ui::MainWindow window({composition_.sources, composition_.writers, composition_.backends});
    int texts = 0;
    const auto check = [&](const QString& text, const QObject* of) {
      // Numbers, and names that are the same in every language, need no translation.
      static const QRegularExpression words("[a-z]{4,}");
      if (!words.match(text).hasMatch()) return;
      ++texts;
      EXPECT_TRUE(text.contains(QString("«")))
          << text.toStdString() << " of " << of->metaObject()->className() << " " << of->objectName().toStdString();
    };
    for (const QAction* action : window.actions().all()) check(action->text(), action);
    for (const QLabel* label : window.findChildren<QLabel*>()) check(label->text(), label);
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) check(button->text(), button);
    for (const QDockWidget* dock : window.findChildren<QDockWidget*>()) check(dock->windowTitle(), dock);
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
      if (!widget->objectName().startsWith("qt_")) check(widget->accessibleName(), widget);
      check(widget->toolTip(), widget);
    }
    EXPECT_GT(texts, 150);
  }
  QApplication::removeTranslator(&marking);
}

}  // namespace
}  // namespace voxmark::testing
