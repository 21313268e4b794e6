#pragma once

#include <QWidget>
#include <array>
#include <optional>

#include "ui/widgets/lightbox_view.h"
#include "ui/widgets/slice_view.h"
#include "ui/widgets/view_frame.h"
#include "ui/widgets/volume_view.h"

class QGridLayout;

namespace voxmark::ui {

/// The linked views in one of several layouts, each of which can fill the area.
class ViewsArea : public QWidget {
  Q_OBJECT
 public:
  ViewsArea(Session& session, QWidget* parent);
  [[nodiscard]] const std::array<SliceView*, 3>& slices() const { return slices_; }
  [[nodiscard]] VolumeView& volume() const { return *volume_; }
  [[nodiscard]] LightboxView& lightbox() const { return *lightbox_; }
  void resetViews();
  /// Fills the area while nothing is open. Takes it over.
  void setStartPage(QWidget* page);

 Q_SIGNALS:
  void hovered(std::optional<voxmark::Vec3> world);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void applyLayout();
  void placeFrames(const std::string& layout);
  ViewFrame* addSlice(render::Plane plane);
  ViewFrame* addVolume();
  ViewFrame* addLightbox();
  void maximise(const std::string& view);

  Session& session_;
  QGridLayout* grid_;
  std::array<SliceView*, 3> slices_{};
  VolumeView* volume_ = nullptr;
  LightboxView* lightbox_ = nullptr;
  QWidget* startPage_ = nullptr;        ///< shown while nothing is open
  std::array<ViewFrame*, 5> frames_{};  ///< three planes, 3D, lightbox
  std::string applied_;                 ///< layout that the frames are placed in
};

}  // namespace voxmark::ui
