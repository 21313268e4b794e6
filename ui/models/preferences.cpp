#include "ui/models/preferences.h"

#include <QSettings>
#include <algorithm>

namespace voxmark::ui {
namespace {

const QString kOneWindow = "general/oneWindow";
const QString kAutosave = "general/autosaveSeconds";
const QString kThreads = "general/threads";
constexpr int kAutosaveDefault = 3;
constexpr int kMostThreads = 1024;

}  // namespace

bool oneWindow() {
  return QSettings().value(kOneWindow, true).toBool();
}

void setOneWindow(bool on) {
  QSettings().setValue(kOneWindow, on);
}

int autosaveSeconds() {
  return std::clamp(QSettings().value(kAutosave, kAutosaveDefault).toInt(), 1, 600);
}

void setAutosaveSeconds(int seconds) {
  QSettings().setValue(kAutosave, seconds);
}

int computingThreads() {
  return std::clamp(QSettings().value(kThreads, 0).toInt(), 0, kMostThreads);
}

void setComputingThreads(int threads) {
  QSettings().setValue(kThreads, threads);
}

void clearPreferences() {
  QSettings settings;
  for (const QString& key : {kOneWindow, kAutosave, kThreads}) settings.remove(key);
}

}  // namespace voxmark::ui
