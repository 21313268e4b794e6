#pragma once

namespace voxmark::ui {

/// Files that are opened from outside open in the window that is there already.
[[nodiscard]] bool oneWindow();
void setOneWindow(bool on);
/// Seconds from a change to the copy that is kept in case of a crash, 1 to 600.
[[nodiscard]] int autosaveSeconds();
void setAutosaveSeconds(int seconds);
/// Threads that compute; 0: as many as there are.
[[nodiscard]] int computingThreads();
void setComputingThreads(int threads);
/// Forgets all of these.
void clearPreferences();

}  // namespace voxmark::ui
