#pragma once

#include <QAbstractListModel>
#include <vector>

#include "ui/models/action_list.h"

namespace voxmark::ui {

/// The actions that match what was typed, best first; those chosen last lead among equals ("palette/recent" of the
/// settings). A row's text is the action's, with its menus and keys in roles of their own; what cannot be done now is
/// there, but not enabled.
class CommandModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { Path = Qt::UserRole, Keys, Checked };
  explicit CommandModel(const ActionList& actions, QObject* parent = nullptr);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  /// Lists the actions as they are now.
  void setFilter(const QString& typed);
  [[nodiscard]] QAction* action(int row) const;
  /// The action is among those chosen last from now on.
  static void noteUsed(const QAction& action);

 private:
  const ActionList& actions_;
  std::vector<QAction*> shown_;
};

}  // namespace voxmark::ui
