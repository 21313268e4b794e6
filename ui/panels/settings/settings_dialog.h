#pragma once

#include <QDialog>

#include "ui/panels/settings/settings_page.h"

class QListWidget;
class QStackedWidget;

namespace voxmark::ui {

/// The settings, a page each, listed on the left. Leaves the window usable, so that changes can be judged there.
class SettingsDialog : public QDialog {
  Q_OBJECT
 public:
  explicit SettingsDialog(QWidget* window);
  /// `name` is the page's objectName.
  void addPage(const QString& title, const char* name, SettingsPage* page);
  /// Comes up, on the page of that name if one is given.
  void ask(const QString& name = {});

 private:
  void turnTo(int row);

  QListWidget* list_;
  QStackedWidget* pages_;
};

}  // namespace voxmark::ui
