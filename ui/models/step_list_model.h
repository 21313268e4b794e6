#pragma once

#include <QAbstractListModel>
#include <vector>

#include "core/document/step_check.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// The steps of the Process panel, first one on top: name, switch, and what each leaves or why it does not fit.
class StepListModel : public QAbstractListModel {
  Q_OBJECT
 public:
  /// The line below the name; whether it says what is wrong.
  enum Role { NoteRole = Qt::UserRole, WrongRole };
  StepListModel(Session& session, QObject* parent);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  bool moveRows(const QModelIndex& from, int row, int count, const QModelIndex& to, int child) override;
  [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
  /// What is known of the steps, in their order.
  void setChecks(std::vector<StepCheck> checks);

 Q_SIGNALS:
  /// The user has moved a step to this row.
  void moved(int row);

 private:
  void refresh();
  [[nodiscard]] QString noteOf(std::size_t row) const;
  [[nodiscard]] QString tipOf(std::size_t row) const;

  Session& session_;
  std::vector<PipelineStep> steps_;
  std::vector<StepCheck> checks_;
};

/// "128 × 128 × 64, f32"
[[nodiscard]] QString shapeText(const VolumeInfo& info);

}  // namespace voxmark::ui
