#pragma once

#include <QWidget>

#include "core/backend/backend.h"
#include "ui/models/step_runner.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace voxmark::ui {

/// Device and Run, and while it runs how far it is, how long it still takes, and Cancel.
class RunBar : public QWidget {
  Q_OBJECT
 public:
  RunBar(StepRunner& runner, const BackendRegistry& backends, QWidget* parent);
  void setUsable(bool usable);
  [[nodiscard]] std::string device() const;

 Q_SIGNALS:
  void runRequested();
  void severalRequested();

 private:
  void follow(double fraction, double secondsLeft);
  void showRunning();

  StepRunner& runner_;
  QComboBox* device_;
  QPushButton* run_;
  QPushButton* several_;
  QWidget* waiting_;
  QProgressBar* progress_;
  QLabel* left_;
  bool usable_ = false;
};

/// "3 s left", "2 min left"; empty where that is not known.
[[nodiscard]] QString timeLeftText(double seconds);

}  // namespace voxmark::ui
