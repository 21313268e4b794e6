#include "ui/widgets/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>

/// The icons lie in a static library, whose resources are registered only where somebody asks (Qt wants this outside
/// of any namespace).
static void registerIcons() {
  Q_INIT_RESOURCE(voxmark);
}

namespace voxmark::ui {

void applyDarkTheme(QApplication& application) {
  registerIcons();
  application.setStyle(QStyleFactory::create("Fusion"));
  QPalette palette;
  const QColor window(0x26, 0x27, 0x2a);
  const QColor base(0x1b, 0x1c, 0x1e);
  const QColor text(0xd8, 0xd8, 0xd8);
  const QColor faint(0x80, 0x82, 0x86);
  const QColor accent(0x4c, 0x9b, 0xe8);
  palette.setColor(QPalette::Window, window);
  palette.setColor(QPalette::WindowText, text);
  palette.setColor(QPalette::Base, base);
  palette.setColor(QPalette::AlternateBase, QColor(0x21, 0x22, 0x25));
  palette.setColor(QPalette::Text, text);
  palette.setColor(QPalette::Button, QColor(0x33, 0x35, 0x39));
  palette.setColor(QPalette::ButtonText, text);
  palette.setColor(QPalette::BrightText, Qt::white);
  palette.setColor(QPalette::ToolTipBase, base);
  palette.setColor(QPalette::ToolTipText, text);
  palette.setColor(QPalette::PlaceholderText, faint);
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, Qt::black);
  palette.setColor(QPalette::Link, accent);
  for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, faint);
  }
  palette.setColor(QPalette::Disabled, QPalette::Light, window);  // else disabled menu texts are drawn twice
  application.setPalette(palette);
  application.setStyleSheet(
      "QMainWindow::separator { background: #17181a; width: 4px; height: 4px; }"
      "QDockWidget::title { background: #2e3034; padding: 5px 8px; }"
      "#viewBar { background: #26272a; } #viewNote { color: #9a9ca0; }"
      "QToolBar { border: none; spacing: 4px; padding: 4px; background: #2a2b2f; }"
      "QStatusBar { background: #1f2022; } QStatusBar::item { border: none; }"
      "QTabBar::tab { padding: 5px 12px; }"
      "QGroupBox { border: 1px solid #3a3c40; border-radius: 4px; margin-top: 14px; padding-top: 6px; }"
      "QGroupBox::title { subcontrol-origin: margin; left: 8px; color: #a8aaae; }");
}

}  // namespace voxmark::ui
