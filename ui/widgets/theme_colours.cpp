#include <cmath>

#include "ui/widgets/theme.h"

namespace voxmark::ui {
namespace {

/// Part of the light of an sRGB channel of 0 to 1.
double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

const ThemeColours& darkColours() {
  static const ThemeColours colours{.window = "#26272a",
                                    .base = "#1b1c1e",
                                    .alternate = "#212225",
                                    .button = "#333539",
                                    .text = "#d8d8d8",
                                    .faint = "#96989e",
                                    .accent = "#4c9be8",
                                    .onAccent = "#000000",
                                    .separator = "#17181a",
                                    .title = "#2e3034",
                                    .toolBar = "#2a2b2f",
                                    .statusBar = "#1f2022",
                                    .frame = "#3a3c40",
                                    .soft = "#a8aaae",
                                    .warning = "#e8a33d",
                                    .error = "#f08a5a",
                                    .warningGround = "#4a3d1e",
                                    .warningText = "#ffe6b8",
                                    .errorGround = "#5a2a2a",
                                    .errorText = "#ffd8d0",
                                    .series = "#4c9be8",
                                    .secondSeries = "#e8a33d",
                                    .axial = "#ea6a6a",
                                    .sagittal = "#e0c04a",
                                    .coronal = "#5ac06a",
                                    .threeDee = "#4c9be8"};
  return colours;
}

const ThemeColours& lightColours() {
  static const ThemeColours colours{.window = "#eeeeef",
                                    .base = "#ffffff",
                                    .alternate = "#f6f6f7",
                                    .button = "#e2e3e5",
                                    .text = "#1c1d1f",
                                    .faint = "#5f6166",
                                    .accent = "#1f6dbf",
                                    .onAccent = "#ffffff",
                                    .separator = "#c6c7ca",
                                    .title = "#dedfe2",
                                    .toolBar = "#e8e9eb",
                                    .statusBar = "#e4e5e7",
                                    .frame = "#c0c2c6",
                                    .soft = "#4c4e53",
                                    .warning = "#8a5200",
                                    .error = "#b3361b",
                                    .warningGround = "#ffe9bd",
                                    .warningText = "#4f3600",
                                    .errorGround = "#ffd9d2",
                                    .errorText = "#6b1408",
                                    .series = "#1f6dbf",
                                    .secondSeries = "#a86200",
                                    .axial = "#b02a2a",
                                    .sagittal = "#755c00",
                                    .coronal = "#1d7030",
                                    .threeDee = "#1f63ad"};
  return colours;
}

double contrast(const QColor& one, const QColor& other) {
  const double a = luminance(one) + 0.05;
  const double b = luminance(other) + 0.05;
  return a > b ? a / b : b / a;
}

}  // namespace voxmark::ui
