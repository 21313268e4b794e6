#pragma once

#include <QCoreApplication>
#include <QString>
#include <QVariant>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/document/document.h"

namespace voxmark::ui {

/// Texts about steps.
class Steps {
  Q_DECLARE_TR_FUNCTIONS(Steps)
};

/// What a step's editor and defaults can go by.
struct StepContext {
  std::optional<VolumeInfo> before;  ///< what the steps before it leave; nothing where that is not known
  double low = 0;                    ///< between these lie most values that come to it
  double high = 1;
  bool labels = false;  ///< the values are labels, which must not be mixed; for defaults, not found by contextOf
  std::optional<Region> cropBox;                     ///< being dragged in the views
  std::vector<std::pair<QString, QString>> volumes;  ///< other layers: name and path
};
/// For a step behind row `after` (-1: the first), or for the editor of row `after` + 1.
[[nodiscard]] StepContext contextOf(const Document& document, const std::vector<std::optional<VolumeInfo>>& outputs,
                                    int after);

/// One thing about an operation that can be set.
struct StepField {
  enum class Kind {
    Number,  ///< double
    Whole,   ///< voxels
    Choice,  ///< among `choices`, by their data
    Switch,  ///< bool
    Volume   ///< path of a volume; an empty one is `choices`' first, if there is one
  };
  const char* id;  ///< unique in the operation: for keys, tests and undo
  QString row;     ///< label of its row; empty: it stands in the row before
  QString name;    ///< in full, for tooltips and screen readers
  Kind kind = Kind::Number;
  QString unit;  ///< "mm", "%", or empty
  double low = -1e15;
  double high = 1e15;
  int decimals = 3;
  double step = 0;  ///< of a number's arrows; 0: a hundredth of what the values span
  std::vector<std::pair<QString, QVariant>> choices;
  std::function<QVariant(const Operation&)> get;
  std::function<void(Operation&, const QVariant&, const StepContext&)> set;
  std::function<bool(const Operation&)> applies;  ///< none: always
};
/// What can be set about an operation of that kind, in the order of its editor.
[[nodiscard]] std::vector<StepField> fieldsOf(const Operation& operation);
/// The parts of fieldsOf.
[[nodiscard]] std::vector<StepField> spaceFields(const Operation& operation);
[[nodiscard]] std::vector<StepField> valueFields(const Operation& operation);

/// An entry of the menu of steps.
struct StepKind {
  const char* id;
  QString group;  ///< "Space", "Values", "Type"
  QString name;
  QString words;  ///< what else people call it
  std::function<Operation(const StepContext&)> make;
};
[[nodiscard]] std::vector<StepKind> stepKinds();

}  // namespace voxmark::ui
