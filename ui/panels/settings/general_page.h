#pragma once

#include "ui/panels/settings/settings_page.h"

class QCheckBox;
class QSpinBox;

namespace voxmark::ui {

class SessionDesk;

/// Starting, keeping what is open, and how many threads compute.
class GeneralPage : public SettingsPage {
  Q_OBJECT
 public:
  GeneralPage(SessionDesk& desk, QWidget* parent);
  void restoreDefaults() override;
  void showSettings() override;

 private:
  SessionDesk& desk_;
  QCheckBox* oneWindow_;
  QSpinBox* autosave_;
  QSpinBox* threads_;
};

}  // namespace voxmark::ui
