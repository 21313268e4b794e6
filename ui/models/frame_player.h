#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "ui/models/session.h"

namespace voxmark::ui {

/// Plays the frames of the document's layers at its frame rate. The time that has passed says which frame is due: what
/// could not be read or drawn in time is skipped, and nothing queues up. While the frame that is looked at is still
/// being read, it stays.
class FramePlayer : public QObject {
  Q_OBJECT
 public:
  FramePlayer(Session& session, QObject* parent);
  [[nodiscard]] bool playing() const { return timer_.isActive(); }
  /// From the first frame where the last one is shown and there is no loop. Nothing where there is one frame only.
  void setPlaying(bool playing);

 Q_SIGNALS:
  void playingChanged(bool playing);

 private:
  void follow();
  void step();
  void restart();
  /// Whether all that is seen of the present frame is there, or never will be.
  [[nodiscard]] bool present() const;

  Session& session_;
  QTimer timer_;
  QElapsedTimer clock_;
  std::int64_t from_ = 0;   ///< frame at which the clock began
  std::int64_t shown_ = 0;  ///< that this has set: another one is the user's
  double rate_ = 0;
};

/// Most frames of any layer: what can be gone through.
[[nodiscard]] std::int64_t frameCount(const Document& document);

}  // namespace voxmark::ui
