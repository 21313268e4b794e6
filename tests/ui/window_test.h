#pragma once

#include <QApplication>
#include <QPushButton>
#include <QTemporaryDir>
#include <memory>

#include <gtest/gtest.h>

#include "app/composition.h"
#include "tests/ui/driver.h"
#include "tests/ui/gated_reader.h"
#include "ui/panels/main_window.h"

namespace voxmark::testing {

/// The real window at 1600×1000 on the tests' X server, with every reader and writer, and a person in front of it.
class WindowTest : public ::testing::Test {
 protected:
  WindowTest();
  ~WindowTest() override;

  [[nodiscard]] static QString sample();
  /// A path below tests/data, which is always there.
  [[nodiscard]] static QString bundled(const QString& name);
  /// A path below the folder of shared volumes; empty where that is not there.
  [[nodiscard]] static QString shared(const QString& name);
  [[nodiscard]] QString at(const QString& name) const { return folder_.filePath(name); }
  /// Opens a file and waits until everything is drawn.
  void open(const QString& path, bool replace = true);
  [[nodiscard]] bool settle();
  [[nodiscard]] const Document& document() const { return window_->session().document(); }
  [[nodiscard]] const Layer& active() const { return *document().active(); }
  [[nodiscard]] ui::SliceView* view(render::Plane plane) const {
    return window_->views().slices().at(static_cast<std::size_t>(plane));
  }
  /// The named child; a failed test where there is none.
  template <typename Widget>
  [[nodiscard]] Widget* child(const char* name) const {
    auto* found = window_->findChild<Widget*>(name);
    if (found == nullptr) throw std::runtime_error(std::string("the window has no ") + name);
    return found;
  }
  /// Brings a tabbed dock to the front.
  void showDock(const char* name);
  /// The modal dialog of that type, once it is open.
  template <typename Dialog>
  Dialog* dialog() {
    Dialog* found = nullptr;
    (void)waitFor([&] { return (found = dynamic_cast<Dialog*>(QApplication::activeModalWidget())) != nullptr; });
    if (found == nullptr) throw std::runtime_error("the dialog does not open");
    driver_.focus(found);
    return found;
  }
  /// Ctrl+Z in a view: text fields have an undo of their own.
  void undo() {
    view(render::Plane::Axial)->setFocus();
    driver_.key("ctrl+z");
  }
  /// A step in the Process panel: cast to f32.
  void addCastStep();
  [[nodiscard]] bool errorShown() const { return child<QWidget>("errorBar")->isVisible(); }

  QTemporaryDir folder_;
  app::Composition composition_;
  std::shared_ptr<Gate> gate_;
  std::unique_ptr<ui::MainWindow> window_;
  Driver driver_;
};

}  // namespace voxmark::testing
