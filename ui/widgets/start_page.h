#pragma once

#include <QWidget>

#include "ui/models/recent_files.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace voxmark::ui {

/// What the window shows while nothing is open: what was opened last, and the ways to open something else.
class StartPage : public QWidget {
  Q_OBJECT
 public:
  StartPage(RecentFiles& recent, QWidget* parent);

 Q_SIGNALS:
  void filesRequested();
  void folderRequested();
  void openRequested(const QString& path, const QString& series);

 protected:
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QWidget* makeButtons();
  void makeList();
  void refresh();
  void openCurrent();
  void removeCurrent();
  void showMenu(const QPoint& position);

  RecentFiles& recent_;
  QLabel* title_;
  QListWidget* list_;
};

/// The volume that comes with the program; empty where it is not there.
[[nodiscard]] QString sampleVolume();

}  // namespace voxmark::ui
