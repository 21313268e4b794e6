#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>
#include <QVariant>
#include <QWidget>

#include "ui/widgets/system_scheme.h"

/// The icons lie in a static library, whose resources are registered only where somebody asks (Qt wants this outside
/// of any namespace).
static void registerIcons() {
  Q_INIT_RESOURCE(voxmark);
}

namespace voxmark::ui {
namespace {

const QString kTheme = "appearance/theme";
const QString kTextSize = "appearance/textSize";

struct State {
  const ThemeColours* colours = &darkColours();
  SystemScheme* system = nullptr;  ///< owned by the application
  double points = 0;               ///< the system's text size
};

State& state() {
  static State value;
  return value;
}

QPalette paletteOf(const ThemeColours& c) {
  QPalette palette(c.button, c.window);  // bevels and shades that fit
  const std::pair<QPalette::ColorRole, QColor> roles[] = {{QPalette::Window, c.window},
                                                          {QPalette::WindowText, c.text},
                                                          {QPalette::Base, c.base},
                                                          {QPalette::AlternateBase, c.alternate},
                                                          {QPalette::Text, c.text},
                                                          {QPalette::Button, c.button},
                                                          {QPalette::ButtonText, c.text},
                                                          {QPalette::BrightText, c.text},
                                                          {QPalette::ToolTipBase, c.base},
                                                          {QPalette::ToolTipText, c.text},
                                                          {QPalette::PlaceholderText, c.faint},
                                                          {QPalette::Highlight, c.accent},
                                                          {QPalette::HighlightedText, c.onAccent},
                                                          {QPalette::Link, c.accent},
                                                          {QPalette::LinkVisited, c.accent}};
  for (const auto& [role, colour] : roles) palette.setColor(role, colour);
  for (QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, c.faint);
  }
  palette.setColor(QPalette::Disabled, QPalette::Light, c.window);  // else disabled menu texts are drawn twice
  return palette;
}

QString sheetOf(const ThemeColours& c) {
  QString sheet =
      "QMainWindow::separator { background: @separator; width: 4px; height: 4px; }"
      "QDockWidget::title { background: @title; padding: 5px 8px; }"
      "#viewBar { background: @window; } #viewNote, [tone=\"soft\"] { color: @soft; }"
      "#viewTitle { font-weight: 600; }"
      "#viewTitle[view=\"axial\"] { color: @axial; } #viewStripe[view=\"axial\"] { background: @axial; }"
      "#viewTitle[view=\"sagittal\"] { color: @sagittal; } #viewStripe[view=\"sagittal\"] { background: @sagittal; }"
      "#viewTitle[view=\"coronal\"] { color: @coronal; } #viewStripe[view=\"coronal\"] { background: @coronal; }"
      "#viewTitle[view=\"3d\"] { color: @threeDee; } #viewStripe[view=\"3d\"] { background: @threeDee; }"
      "[tone=\"warning\"] { color: @warning; } [tone=\"error\"] { color: @error; }"
      "#errorBar[kind=\"error\"] { background: @errorGround; }"
      "#errorBar[kind=\"error\"] QLabel, #errorBar[kind=\"error\"] QToolButton { color: @errorText; }"
      "#errorBar[kind=\"warning\"] { background: @warningGround; }"
      "#errorBar[kind=\"warning\"] QLabel, #errorBar[kind=\"warning\"] QToolButton { color: @warningText; }"
      "QToolBar { border: none; spacing: 4px; padding: 4px; background: @toolBar; }"
      "QStatusBar { background: @statusBar; } QStatusBar::item { border: none; }"
      "QTabBar::tab { padding: 5px 12px; }"
      "QGroupBox { border: 1px solid @frame; border-radius: 4px; margin-top: 14px; padding-top: 6px; }"
      "QGroupBox::title { subcontrol-origin: margin; left: 8px; color: @soft; }";
  const std::pair<const char*, QColor> names[] = {{"@separator", c.separator},
                                                  {"@title", c.title},
                                                  {"@window", c.window},
                                                  {"@soft", c.soft},
                                                  {"@axial", c.axial},
                                                  {"@sagittal", c.sagittal},
                                                  {"@coronal", c.coronal},
                                                  {"@threeDee", c.threeDee},
                                                  {"@warningGround", c.warningGround},
                                                  {"@warningText", c.warningText},
                                                  {"@warning", c.warning},
                                                  {"@errorGround", c.errorGround},
                                                  {"@errorText", c.errorText},
                                                  {"@error", c.error},
                                                  {"@toolBar", c.toolBar},
                                                  {"@statusBar", c.statusBar},
                                                  {"@frame", c.frame}};
  for (const auto& [name, colour] : names) sheet.replace(name, colour.name());
  return sheet;
}

void refresh() {
  const ThemeMode mode = themeMode();
  const bool dark = mode == ThemeMode::Dark || (mode == ThemeMode::System && state().system->dark());
  state().colours = dark ? &darkColours() : &lightColours();
  QFont font = QApplication::font();
  font.setPointSizeF(state().points * textSize() / 100);
  if (font != QApplication::font()) QApplication::setFont(font);
  QApplication::setPalette(paletteOf(*state().colours));
  qApp->setStyleSheet(sheetOf(*state().colours));
}

}  // namespace

ThemeMode themeMode() {
  const QString name = QSettings().value(kTheme).toString();
  if (name == "light") return ThemeMode::Light;
  return name == "system" ? ThemeMode::System : ThemeMode::Dark;
}

void setThemeMode(ThemeMode mode) {
  const char* const names[] = {"dark", "light", "system"};
  QSettings().setValue(kTheme, names[static_cast<int>(mode)]);
  refresh();
}

int textSize() {
  return std::clamp(QSettings().value(kTextSize, 100).toInt(), 75, 200);
}

void setTextSize(int percent) {
  QSettings().setValue(kTextSize, percent);
  refresh();
}

void applyTheme(QApplication& application) {
  registerIcons();
  application.setStyle(QStyleFactory::create("Fusion"));
  if (state().system == nullptr) {
    state().points = QApplication::font().pointSizeF();
    state().system = new SystemScheme(&application);
    QObject::connect(state().system, &SystemScheme::changed, &application, [] {
      if (themeMode() == ThemeMode::System) refresh();
    });
    QObject::connect(state().system, &QObject::destroyed, [] { state().system = nullptr; });
  }
  refresh();
}

const ThemeColours& themeColours() {
  return *state().colours;
}

void setTone(QWidget* widget, const QString& tone) {
  if (widget->property("tone").toString() == tone) return;
  widget->setProperty("tone", tone);
  restyle(widget);
}

void restyle(QWidget* widget) {
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
  for (QObject* child : widget->children()) {
    if (child->isWidgetType()) restyle(static_cast<QWidget*>(child));
  }
  widget->update();
}

}  // namespace voxmark::ui
