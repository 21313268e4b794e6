#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "core/ops/label_summary.h"
#include "ui/models/frame_measure.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// The labels that the shown frame of the active layer holds, counted in jobs while the views have a legend: a legend
/// of every label that a table knows would name hundreds that are not there, and without a table there would be none.
class LegendLabels : public QObject {
  Q_OBJECT
 public:
  LegendLabels(Session& session, QObject* parent);
  /// In ascending order; null while they are not known.
  [[nodiscard]] const std::vector<std::int64_t>* present() const { return present_ ? &*present_ : nullptr; }

 Q_SIGNALS:
  void changed();

 private:
  void follow();
  void take();

  Session& session_;
  std::optional<std::vector<std::int64_t>> present_;
  JobController jobs_;  ///< its own: nobody waits for it
  FrameMeasure<std::optional<LabelSummary>> summary_;
};

}  // namespace voxmark::ui
