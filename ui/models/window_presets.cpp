#include "ui/models/window_presets.h"

#include <QCoreApplication>
#include <QSettings>
#include <algorithm>

namespace voxmark::ui {
namespace {

const QString kList = "windows";

QString tr(const char* text) {
  return QCoreApplication::translate("WindowPresets", text);
}

void write(const std::vector<WindowPreset>& presets) {
  QSettings settings;
  settings.remove(kList);
  settings.beginWriteArray(kList, static_cast<int>(presets.size()));
  for (std::size_t n = 0; n < presets.size(); ++n) {
    settings.setArrayIndex(static_cast<int>(n));
    settings.setValue("name", presets[n].name);
    settings.setValue("width", presets[n].window.width);
    settings.setValue("level", presets[n].window.level);
  }
  settings.endArray();
}

}  // namespace

const std::vector<WindowPreset>& ctWindows() {
  static const std::vector<WindowPreset> kWindows{
      {tr("Brain"), {80, 40}},   {tr("Soft tissue"), {400, 40}}, {tr("Abdomen"), {350, 40}}, {tr("Lung"), {1500, -600}},
      {tr("Bone"), {1500, 300}}, {tr("Liver"), {150, 90}},       {tr("Angio"), {600, 300}},  {tr("Air"), {1000, -426}}};
  return kWindows;
}

std::vector<WindowPreset> ownWindows() {
  QSettings settings;
  std::vector<WindowPreset> out;
  const int count = settings.beginReadArray(kList);
  for (int n = 0; n < count; ++n) {
    settings.setArrayIndex(n);
    const DisplayWindow window{settings.value("width").toDouble(), settings.value("level").toDouble()};
    if (window.width > 0) out.push_back({settings.value("name").toString(), window});
  }
  settings.endArray();
  return out;
}

void keepOwnWindow(const WindowPreset& preset) {
  std::vector<WindowPreset> all = ownWindows();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == preset.name; });
  if (found == all.end()) {
    all.push_back(preset);
  } else {
    *found = preset;
  }
  write(all);
}

void removeOwnWindow(const QString& name) {
  std::vector<WindowPreset> all = ownWindows();
  std::erase_if(all, [&](const WindowPreset& one) { return one.name == name; });
  write(all);
}

}  // namespace voxmark::ui
