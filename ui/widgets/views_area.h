#pragma once

#include <QWidget>
#include <array>
#include <optional>

#include "ui/widgets/slice_view.h"
#include "ui/widgets/view_frame.h"
#include "ui/widgets/volume_view.h"

namespace voxmark::ui {

/// The four linked views, two by two, each of which can fill the area.
class ViewsArea : public QWidget {
  Q_OBJECT
 public:
  ViewsArea(Session& session, QWidget* parent);
  [[nodiscard]] const std::array<SliceView*, 3>& slices() const { return slices_; }
  [[nodiscard]] VolumeView& volume() const { return *volume_; }
  /// "quad", "axial", "sagittal", "coronal" or "3d".
  void setLayout(const std::string& layout);
  void resetViews();
  /// Fills the area while nothing is open. Takes it over.
  void setStartPage(QWidget* page);

 Q_SIGNALS:
  void hovered(std::optional<voxmark::Vec3> world);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void applyLayout();
  ViewFrame* addSlice(std::size_t index, render::Plane plane, const QString& name, const QColor& colour);

  Session& session_;
  std::array<SliceView*, 3> slices_{};
  VolumeView* volume_ = nullptr;
  QWidget* startPage_ = nullptr;  ///< shown while nothing is open
  std::array<ViewFrame*, 4> frames_{};
};

}  // namespace voxmark::ui
