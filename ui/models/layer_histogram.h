#pragma once

#include <QObject>
#include <optional>

#include "core/ops/value_distribution.h"
#include "ui/models/frame_measure.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// The histogram of the active layer's shown frame, counted in jobs.
class LayerHistogram : public QObject {
  Q_OBJECT
 public:
  using Distribution = std::shared_ptr<const ValueDistribution>;
  LayerHistogram(Session& session, JobController& jobs, QObject* parent);
  /// Nothing is counted while nobody looks.
  void setWatched(bool watched);
  /// Over all values; null until it is there.
  [[nodiscard]] const Distribution& whole() const { return whole_.result(); }
  /// Finer, about the part of the values that is looked at; null where whole() is as fine or it is not there yet.
  [[nodiscard]] const Distribution& detail() const { return detail_; }
  /// The user looks at the values from `low` to `high`.
  void lookAt(double low, double high);

 Q_SIGNALS:
  void changed();

 private:
  void follow();
  void countDetail();

  Session& session_;
  JobController& jobs_;
  FrameMeasure<ValueDistribution> whole_;
  Distribution detail_;
  std::optional<std::pair<double, double>> looked_;
  QTimer detailTimer_;
  bool watched_ = false;
};

}  // namespace voxmark::ui
