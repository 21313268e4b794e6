#pragma once

#include "ui/models/job_controller.h"
#include "ui/panels/settings/settings_page.h"

class QLabel;
class QPushButton;

namespace voxmark::ui {

/// What Voxmark keeps in memory and on the disk, and buttons to give it back.
class CachePage : public SettingsPage {
  Q_OBJECT
 public:
  explicit CachePage(QWidget* parent);
  /// Nothing is set here.
  void restoreDefaults() override {}
  void showSettings() override;

 private:
  QLabel* memory_;
  QLabel* pool_;
  QLabel* folder_;
  QLabel* size_;
  QPushButton* clear_;
  JobController jobs_;
};

}  // namespace voxmark::ui
