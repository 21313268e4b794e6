#pragma once

#include <QTreeWidget>
#include <QWidget>
#include <optional>

#include "ui/models/session.h"

class QLabel;

namespace voxmark::ui {

class ProcessPreview;

/// Voxel and value of every visible layer under the pointer, or at the crosshair while the pointer is elsewhere.
class ReadoutPanel : public QWidget {
  Q_OBJECT
 public:
  ReadoutPanel(Session& session, QWidget* parent);
  /// Shows a place, or the crosshair's.
  void showPlace(std::optional<voxmark::Vec3> world);
  /// Whose values are told beside the layer's own.
  void setPreview(const ProcessPreview* preview);
  [[nodiscard]] QSize sizeHint() const override { return {250, 150}; }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void showRows(const QList<QStringList>& rows);

  Session& session_;
  const ProcessPreview* preview_ = nullptr;
  std::optional<Vec3> shown_;
  QLabel* place_;
  QTreeWidget* values_;
};

}  // namespace voxmark::ui
