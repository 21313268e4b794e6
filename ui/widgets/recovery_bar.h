#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace voxmark::ui {

/// A bar that offers to bring back what a crash has left. Blocks nothing; closed, it leaves the offer for the next
/// start.
class RecoveryBar : public QFrame {
  Q_OBJECT
 public:
  explicit RecoveryBar(QWidget* parent);
  void offer(const QString& text);

 Q_SIGNALS:
  void restoreRequested();
  void discardRequested();

 private:
  QLabel* label_;
  QPushButton* restore_;
};

}  // namespace voxmark::ui
