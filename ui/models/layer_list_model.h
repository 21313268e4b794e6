#pragma once

#include <QAbstractListModel>
#include <vector>

#include "ui/models/session.h"

namespace voxmark::ui {

/// The layers, top first. A row that is moved is an undoable step, as is one that is shown, hidden or renamed.
class LayerListModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { IdRole = Qt::UserRole, ColourMapRole, InvertRole, OpacityRole, VisibleRole, LabelsRole, ColoursRole };
  LayerListModel(Session& session, QObject* parent);
  [[nodiscard]] int idAt(int row) const { return rows_.at(static_cast<std::size_t>(row)).id; }
  /// -1 where there is no such layer.
  [[nodiscard]] int rowOf(int id) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  bool moveRows(const QModelIndex& from, int row, int count, const QModelIndex& to, int child) override;

 private:
  struct Row {
    int id = 0;
    QString name;
    QString path;  ///< or how it was made
    LayerDisplay display;
    bool colours = false;  ///< the voxels are colours
    QString missing;       ///< why there are no voxels
    friend bool operator==(const Row&, const Row&) = default;
  };
  static Row rowFor(const Layer& layer);
  void refresh();
  /// Rows go, come and move one by one, so that a view's selection and place stay.
  void follow(const std::vector<Row>& wanted);

  Session& session_;
  std::vector<Row> rows_;
};

}  // namespace voxmark::ui
