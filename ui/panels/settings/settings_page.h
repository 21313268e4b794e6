#pragma once

#include <QWidget>

namespace voxmark::ui {

/// One page of the settings. What is changed there applies at once.
class SettingsPage : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;
  /// Everything on the page becomes what it is on a new computer.
  virtual void restoreDefaults() = 0;
  /// Shows the settings as they are now; called when the page comes up.
  virtual void showSettings() = 0;
};

}  // namespace voxmark::ui
