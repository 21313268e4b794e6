#pragma once

#include <QColor>
#include <QString>

class QApplication;
class QWidget;

namespace voxmark::ui {

/// Every colour of the window that is not in the palette, and those that the palette is made of. The slice and 3D views
/// stay black in each theme.
struct ThemeColours {
  QColor window, base, alternate, button, text, faint, accent, onAccent;
  QColor separator, title, toolBar, statusBar, frame, soft;
  QColor warning, error;
  QColor warningGround, warningText, errorGround, errorText;
  QColor series, secondSeries;                ///< curves of charts
  QColor axial, sagittal, coronal, threeDee;  ///< names of the views
};

enum class ThemeMode { Dark, Light, System };

/// As the user has set it ("appearance/theme" of the settings); dark where nothing is set.
[[nodiscard]] ThemeMode themeMode();
void setThemeMode(ThemeMode mode);
/// Size of the texts in percent of the system's ("appearance/textSize"), 75 to 200.
[[nodiscard]] int textSize();
void setTextSize(int percent);

/// Gives the application the theme and text size of the settings, and follows the system's where that is asked for. To
/// be called once at the start; setThemeMode and setTextSize apply at once from then on.
void applyTheme(QApplication& application);

[[nodiscard]] const ThemeColours& themeColours();
[[nodiscard]] const ThemeColours& darkColours();
[[nodiscard]] const ThemeColours& lightColours();
/// The lighter of the two divided by the darker as WCAG 2 defines it: 1 to 21; texts want 4.5.
[[nodiscard]] double contrast(const QColor& one, const QColor& other);

/// Colours a text by what it means, in every theme: "soft", "warning", "error"; empty: as any other.
void setTone(QWidget* widget, const QString& tone);
/// A property that the style sheet of the theme asks for has changed.
void restyle(QWidget* widget);

}  // namespace voxmark::ui
