#pragma once

#include <QWidget>

#include "ui/models/frame_player.h"

class QAction;
class QDoubleSpinBox;
class QLabel;
class QSlider;
class QSpinBox;
class QToolButton;

namespace voxmark::ui {

/// Which frame of a series is looked at, and playing it. Only there while a layer has several frames.
class FrameBar : public QWidget {
  Q_OBJECT
 public:
  FrameBar(Session& session, QWidget* parent);
  [[nodiscard]] FramePlayer& player() const { return *player_; }

 private:
  void refresh();
  void showPlaying(bool playing);
  void makeControls();
  /// "12.5 s" of "290 s": empty where the file does not say how far apart frames are.
  [[nodiscard]] QString timeText() const;

  Session& session_;
  FramePlayer* player_;
  QToolButton* play_;
  QSlider* slider_;
  QSpinBox* frame_;
  QLabel* count_;
  QLabel* time_;
  QDoubleSpinBox* rate_;
  QToolButton* loop_;
};

}  // namespace voxmark::ui
