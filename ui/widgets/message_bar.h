#pragma once

#include <QFrame>

class QLabel;

namespace voxmark::ui {

/// A bar above the views for what went wrong or was guessed: stays until it is closed or the next action succeeds, and
/// blocks nothing.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  explicit MessageBar(QWidget* parent);
  void showError(const QString& message);
  void showWarning(const QString& message);
  [[nodiscard]] QString text() const;

 private:
  void add(const QString& message, const QString& kind);
  QLabel* label_;
};

}  // namespace voxmark::ui
