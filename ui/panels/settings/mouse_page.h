#pragma once

#include "ui/panels/settings/settings_page.h"

class QCheckBox;
class QRadioButton;

namespace voxmark::ui {

/// What the buttons of the mouse do in the views.
class MousePage : public SettingsPage {
  Q_OBJECT
 public:
  explicit MousePage(QWidget* parent);
  void restoreDefaults() override;
  void showSettings() override;

 private:
  QList<QRadioButton*> presets_;
  QCheckBox* invert_;
};

}  // namespace voxmark::ui
