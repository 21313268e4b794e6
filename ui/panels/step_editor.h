#pragma once

#include <QWidget>
#include <vector>

#include "ui/models/session.h"
#include "ui/models/step_fields.h"

class QComboBox;
class QFormLayout;

namespace voxmark::ui {

/// What can be set about one step, made from its table of fields. Every change is an undoable step of the session; one
/// number that is turned on and on is one.
class StepEditor : public QWidget {
  Q_OBJECT
 public:
  StepEditor(Session& session, QWidget* parent);
  /// Shows row `row` of the steps (-1: none), which what `context` says comes to.
  void show(int row, const StepContext& context);

 private:
  struct Shown {
    StepField field;
    QWidget* widget;
  };
  void clear();
  void build(const Operation& operation);
  QWidget* makeWidget(const StepField& field);
  QWidget* makeNumber(const StepField& field);
  QWidget* makeWhole(const StepField& field);
  QWidget* makeChoice(const StepField& field);
  QWidget* makeVolume(const StepField& field);
  void chooseFile(const StepField& field);
  void refresh(const Operation& operation);
  void fillVolumes(QComboBox* box, const StepField& field, const QString& path);
  void set(const StepField& field, const QVariant& value);
  [[nodiscard]] const Operation* operation() const;

  Session& session_;
  QFormLayout* form_;
  int row_ = -1;
  StepContext context_;
  std::string built_;  ///< which fields are there
  std::vector<Shown> shown_;
};

}  // namespace voxmark::ui
