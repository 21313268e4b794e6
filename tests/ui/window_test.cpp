#include "tests/ui/window_test.h"

#include <QDockWidget>
#include <QFileInfo>
#include <QSettings>
#include <cstdlib>

namespace voxmark::testing {

WindowTest::WindowTest() : composition_(app::compose()), gate_(std::make_shared<Gate>()) {
  QSettings().clear();
  composition_.sources.add(gatedReader(gate_));
  window_ =
      std::make_unique<ui::MainWindow>(ui::Services{composition_.sources, composition_.writers, composition_.backends});
  window_->show();
  driver_.focus(window_.get());
}

WindowTest::~WindowTest() {
  gate_->open = true;
  for (QWidget* widget : QApplication::topLevelWidgets()) widget->close();
}

QString WindowTest::sample() {
  return QString(std::getenv("VOXMARK_SOURCE_DIR")) + "/resources/sample/brain_t1.nii.gz";
}

QString WindowTest::bundled(const QString& name) {
  return QString(std::getenv("VOXMARK_SOURCE_DIR")) + "/tests/data/" + name;
}

QString WindowTest::shared(const QString& name) {
  const QString path = QString(std::getenv("VOXMARK_SOURCE_DIR")) + "/../shared/data/" + name;
  return QFileInfo::exists(path) ? path : QString();
}

bool WindowTest::settle() {
  if (!waitFor([&] { return window_->settled(); }, 60000)) return false;
  letRun(60);  // the frames that follow
  return waitFor([&] { return window_->settled(); }, 60000);
}

void WindowTest::open(const QString& path, bool replace) {
  window_->open({path}, replace);
  ASSERT_TRUE(settle());
  ASSERT_NE(document().active(), nullptr) << path.toStdString();
}

void WindowTest::addCastStep() {
  PipelineStep step;
  step.operation = parseCast("f32");
  window_->session().edit("Add cast", [&](Document& d) { d.steps.push_back(step); });
}

void WindowTest::showDock(const char* name) {
  child<QDockWidget>(name)->raise();
  letRun(30);
}

}  // namespace voxmark::testing
