#pragma once

#include <QWidget>
#include <optional>

#include "ui/models/frame_courses.h"
#include "ui/models/mark_measurements.h"
#include "ui/widgets/curve_plot.h"

class QLabel;
class QPushButton;

namespace voxmark::ui {

/// Values of the active layer as curves: along the visible Profile marks, and over the frames at the crosshair, at
/// Point marks and inside regions. A press in the profiles moves the crosshair along the line, one in the courses the
/// frame.
class PlotsPanel : public QWidget {
  Q_OBJECT
 public:
  PlotsPanel(Session& session, MarkMeasurements& measurements, QWidget* parent);
  [[nodiscard]] CurvePlot& profiles() const { return *profiles_.plot; }
  [[nodiscard]] CurvePlot& courses() const { return *courses_.plot; }
  [[nodiscard]] const FrameCourses& reader() const { return *reader_; }
  void save(const CurvePlot& plot, const QString& csvPath);
  /// Whether anybody sees the panel: nothing is read or drawn while nobody does. A dock behind another tab counts as
  /// visible with Qt, so that its dock has to say it.
  void setShown(bool shown);

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  /// A plot with its title, what lies under the pointer, and its buttons.
  struct Pane {
    QWidget* box = nullptr;
    QLabel* title = nullptr;
    QLabel* readout = nullptr;
    CurvePlot* plot = nullptr;
    QPushButton* csv = nullptr;
    QPushButton* picture = nullptr;
  };
  Pane makePane(const QString& title, const char* name);
  void chooseFile(Pane& pane, bool picture);
  void refreshProfiles();
  void refreshCourses();
  void showReadout(Pane& pane, std::optional<double> x);
  void moveAlongProfile(double distance);
  void showFrameAt(double x);
  /// Step of the courses' axis: a frame, or its time where the file says it.
  [[nodiscard]] double frameStep() const;

  Session& session_;
  MarkMeasurements& measurements_;
  FrameCourses* reader_;
  bool shown_ = false;
  Pane profiles_;
  Pane courses_;
};

}  // namespace voxmark::ui
