#pragma once

#include <QWidget>

#include "ui/models/bench_runs.h"

namespace voxmark::ui {

class HeatMap;
class LineChart;

/// How speed depends on the size of the volume.
class SizesPage : public QWidget {
  Q_OBJECT
 public:
  SizesPage(BenchRuns& runs, QWidget* parent);
  [[nodiscard]] HeatMap& map() const { return *map_; }
  [[nodiscard]] LineChart& scaling() const { return *scaling_; }

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  void refresh();
  BenchRuns& runs_;
  HeatMap* map_;
  LineChart* scaling_;
};

}  // namespace voxmark::ui
