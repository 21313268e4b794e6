#pragma once

#include <QDialog>
#include <array>

#include "ui/models/document_io.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace voxmark::ui {

/// A volume that takes most of the memory, or does not fit: asks for a part of it, for fewer voxels, or for all of it
/// where that may work. Says what each choice would take.
class LowMemoryDialog : public QDialog {
  Q_OBJECT
 public:
  LowMemoryDialog(OpenRequest request, VolumeInfo info, quint64 available, QWidget* parent);

 Q_SIGNALS:
  void chosen(const voxmark::ui::OpenRequest& request);

 private:
  QWidget* makeGrid();
  QSpinBox* makeNumber(int low, int high, const QString& name, const char* object, std::size_t axis);
  /// The smallest step, the same along all axes, that leaves half of the memory free.
  [[nodiscard]] int fittingStep() const;
  [[nodiscard]] Reduction reduction() const;
  void update();
  void choose(const Reduction& reduction);

  OpenRequest request_;
  VolumeInfo info_;
  quint64 available_;
  std::array<QSpinBox*, 3> start_{};
  std::array<QSpinBox*, 3> size_{};
  std::array<QSpinBox*, 3> step_{};
  QCheckBox* average_;
  QLabel* result_;
  QPushButton* reduced_;
};

}  // namespace voxmark::ui
