#pragma once

#include <QFrame>
#include <array>

#include "ui/models/session.h"

class QLabel;
class QPushButton;
class QSpinBox;

namespace voxmark::ui {

/// The crop box in numbers while there is one, and what becomes of it: a step of the pipeline, or nothing.
class CropBar : public QFrame {
  Q_OBJECT
 public:
  CropBar(Session& session, QWidget* parent);

 Q_SIGNALS:
  /// The box cannot become a step.
  void failed(const QString& message);
  /// The box has become a step.
  void applied();

 private:
  void refresh();
  void setNumber(std::size_t which, std::int64_t value);
  void apply();
  void cancel();

  Session& session_;
  QLabel* title_;
  QLabel* size_;
  std::array<QSpinBox*, 6> numbers_{};  ///< start i j k, size i j k
};

}  // namespace voxmark::ui
