#pragma once

#include <QAbstractTableModel>

#include "ui/models/action_list.h"

namespace voxmark::ui {

/// One row an action: its name, its menu, its keys. What the user has changed is bold.
class ShortcutModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Menu, Keys, Columns };
  explicit ShortcutModel(ActionList& actions, QObject* parent = nullptr);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] QAction* action(int row) const { return actions_.all().value(row); }
  /// Its first keys become `key`, its others stay; an empty one takes them all away.
  void setKey(int row, const QKeySequence& key);
  /// The same, and nobody else has `key` any more.
  void moveKey(int row, const QKeySequence& key);
  void reset(int row);
  void resetAll();

 private:
  ActionList& actions_;
};

}  // namespace voxmark::ui
