#pragma once

#include <QElapsedTimer>
#include <QLabel>
#include <QTimer>
#include <functional>

#include "ui/models/session.h"
#include "ui/widgets/speed_meter.h"

namespace voxmark::ui {

class VtkWidget;

/// Slices a second and milliseconds a picture in the lower right corner of a view, where the document asks for it. A
/// label over the picture: its numbers change without drawing the picture again.
class SpeedHud : public QLabel {
  Q_OBJECT
 public:
  /// `slice` says which one `view` shows.
  SpeedHud(Session& session, VtkWidget* view, std::function<std::int64_t()> slice);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void follow();
  void note(double took);
  void write();
  void place();

  Session& session_;
  VtkWidget* view_;
  std::function<std::int64_t()> slice_;
  SpeedMeter meter_;
  QElapsedTimer clock_;
  bool timedNow_ = false;
  QTimer timer_;  ///< runs while pictures come in, and until they are a second old
};

}  // namespace voxmark::ui
