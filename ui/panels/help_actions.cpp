#include "ui/panels/help_actions.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>
#include <QUrl>

#include "ui/panels/about_dialog.h"
#include "ui/panels/main_window.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/shortcut_sheet.h"

namespace voxmark::ui {
namespace {

/// Where the manual lies: beside an installed program, else in the tree it was built in. Empty where it is not there.
QString manual() {
  const QString program = QCoreApplication::applicationDirPath();
  for (const QString& path : {program + "/../share/doc/voxmark/README.md", program + "/../../../README.md"}) {
    if (QFileInfo::exists(path)) return QFileInfo(path).canonicalFilePath();
  }
  return {};
}

QString openGlRenderer() {
  QOffscreenSurface surface;
  surface.create();
  QOpenGLContext context;
  if (!context.create() || !context.makeCurrent(&surface)) return {};
  const GLubyte* name = context.functions()->glGetString(GL_RENDERER);
  const QString out = name == nullptr ? QString() : QString::fromLatin1(reinterpret_cast<const char*>(name));
  context.doneCurrent();
  return out;
}

QStringList devices(const BackendRegistry& backends) {
  QStringList out;
  for (const BackendInfo& device : backends.list()) {
    QString line = QString::fromStdString(device.id);
    if (!device.name.empty()) line += ": " + QString::fromStdString(device.name);
    if (!device.available) line = ActionList::tr("%1 (no: %2)").arg(line, QString::fromStdString(device.reason));
    out << line;
  }
  return out;
}

}  // namespace

void addHelpActions(MainWindow& window, const BackendRegistry& backends) {
  ActionList& actions = window.actions();
  auto* palette = new CommandPalette(actions, &window);
  auto* sheet = new ShortcutSheet(actions, &window);
  actions.add({"help.palette", "help", ActionList::tr("&Find a command…"), {QKeySequence("Ctrl+K")}},
              [palette] { palette->ask(); });
  actions.add({"help.shortcuts", "help", ActionList::tr("&Keys and mouse"), {QKeySequence("?")}},
              [sheet] { sheet->ask(); });
  QAction* read = actions.add({"help.manual", "help", ActionList::tr("&Manual"), {QKeySequence(Qt::Key_F1)}},
                              [] { QDesktopServices::openUrl(QUrl::fromLocalFile(manual())); });
  read->setEnabled(!manual().isEmpty());
  actions.addSeparator("help");
  actions.add({"help.about", "help", ActionList::tr("&About Voxmark")},
              [&window, &backends] { (new AboutDialog(devices(backends), openGlRenderer(), &window))->open(); });
}

}  // namespace voxmark::ui
