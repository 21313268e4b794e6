#pragma once

#include "ui/panels/settings/settings_page.h"

class QComboBox;
class QSpinBox;

namespace voxmark::ui {

/// Theme, size of the texts, and the language where there is more than one.
class AppearancePage : public SettingsPage {
  Q_OBJECT
 public:
  explicit AppearancePage(QWidget* parent);
  void restoreDefaults() override;
  void showSettings() override;

 private:
  QComboBox* theme_;
  QSpinBox* textSize_;
  QComboBox* language_;
};

}  // namespace voxmark::ui
