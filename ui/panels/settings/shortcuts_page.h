#pragma once

#include <QSortFilterProxyModel>

#include "ui/models/shortcut_model.h"
#include "ui/panels/settings/settings_page.h"

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace voxmark::ui {

/// Every action with its keys; the keys of the chosen one can be typed, and are taken from whoever has them only when
/// that is said.
class ShortcutsPage : public SettingsPage {
  Q_OBJECT
 public:
  ShortcutsPage(ActionList& actions, QWidget* parent);
  void restoreDefaults() override { model_.resetAll(); }
  void showSettings() override;

 private:
  QWidget* makeEditor();
  /// The row of the model that is chosen; -1: none.
  [[nodiscard]] int row() const;
  void showRow();
  void take(const QKeySequence& typed);
  void hideConflict();

  ActionList& actions_;
  ShortcutModel model_;
  QSortFilterProxyModel found_;
  QLineEdit* search_;
  QTableView* table_;
  QKeySequenceEdit* keys_ = nullptr;
  QLabel* conflict_ = nullptr;
  QPushButton* move_ = nullptr;
  QPushButton* clear_ = nullptr;
  QPushButton* reset_ = nullptr;
};

}  // namespace voxmark::ui
