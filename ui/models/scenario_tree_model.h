#pragma once

#include <QAbstractItemModel>
#include <QStringList>
#include <vector>

#include "core/profiling/preset.h"

namespace voxmark::ui {

/// Something about a scenario that can be set before it runs.
struct ScenarioParameter {
  QString title;
  QString value;
  QStringList choices;  ///< what it can be; empty: a whole number of `least` or more, or any text
  int least = 1;
  bool text = false;
};

/// What can be measured: how often, then the scenarios, each with a tick and below it its parameters, which are edited
/// in place.
class ScenarioTreeModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { Name, Value, ColumnCount };
  enum Role { ChoicesRole = Qt::UserRole, TextRole };
  struct Scenario {
    QString name;
    bool chosen = true;
    std::vector<ScenarioParameter> parameters{};
  };
  explicit ScenarioTreeModel(QObject* parent);
  void setScenarios(std::vector<Scenario> scenarios);
  /// A parameter has changed what a scenario is called.
  void rename(int scenario, const QString& name);
  [[nodiscard]] const std::vector<Scenario>& scenarios() const { return scenarios_; }
  /// Warm-ups, blocks and repetitions of a preset, all of which may then be changed.
  void setPreset(const profiling::Preset& preset);
  [[nodiscard]] profiling::Preset preset() const;

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

 Q_SIGNALS:
  /// The n-th parameter of a scenario was edited.
  void parameterEdited(int scenario, int parameter, const QString& value);

 private:
  /// Children of the top row `row`: the first row holds how often, the others are scenarios.
  [[nodiscard]] const std::vector<ScenarioParameter>& parametersOf(int row) const;
  [[nodiscard]] const ScenarioParameter* parameterAt(const QModelIndex& index) const;
  [[nodiscard]] bool accepts(const ScenarioParameter& parameter, const QString& value) const;

  QString preset_;
  std::vector<ScenarioParameter> counts_;
  std::vector<Scenario> scenarios_;
};

}  // namespace voxmark::ui
