#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/document/rotation.h"

namespace voxmark {

struct SliceViewState {
  double zoom = 1;                  ///< 1: the whole slice fits
  std::array<double, 2> pan{0, 0};  ///< mm, right and up
  friend bool operator==(const SliceViewState&, const SliceViewState&) = default;
};

/// Along what the three planes are cut: the bottom layer's voxel axes, or the patient's.
enum class Alignment { Image, Patient };

/// What a slice view shows of a slab about its slice.
enum class SlabMode { Off, Maximum, Minimum, Mean };
struct Slab {
  SlabMode mode = SlabMode::Off;
  double thickness = 10;  ///< mm, half on each side of the slice
  friend bool operator==(const Slab&, const Slab&) = default;
};

/// Many slices of one plane beside one another.
struct Lightbox {
  std::string plane = "axial";
  int rows = 4;
  int columns = 5;
  int step = 0;  ///< slices from one picture to the next; 0: such that all of the volume is covered
  friend bool operator==(const Lightbox&, const Lightbox&) = default;
};

/// What ViewsState::layout can be.
[[nodiscard]] const std::vector<std::string>& layoutNames();

/// How the views look at the layers.
struct ViewsState {
  // Where one looks; undo leaves these alone.
  Vec3 crosshair{0, 0, 0};  ///< LPS mm
  std::int64_t frame = 0;
  std::map<std::string, SliceViewState> slices;  ///< by "axial", "sagittal", "coronal"
  std::int64_t lightboxScroll = 0;               ///< slices that the lightbox is scrolled by: see lightbox_slices.h
  bool preview = true;                           ///< slices show what the Process panel's steps make of the layer

  bool crosshairVisible = true;
  bool annotations = true;
  bool radiological = true;
  bool legend = false;     ///< the active layer's colour bar
  bool speed = false;      ///< slices a second and milliseconds a picture, in the views
  bool linkedZoom = true;  ///< zoom and pan of one slice view are those of all
  Alignment alignment = Alignment::Image;
  Rotation rotation;  ///< turns the three planes about the crosshair: free oblique reslicing
  Slab slab;
  std::string layout = "quad";        ///< "quad", "row", "1+3", "lightbox", "axial", "sagittal", "coronal", "3d"
  std::string layoutBefore = "quad";  ///< what a view that fills the area goes back to
  Lightbox lightbox;
  double frameRate = 5;            ///< frames a second of playing
  bool frameLoop = true;           ///< playing begins again after the last frame
  std::string tool = "crosshair";  ///< what the left button does: see ui/widgets

  /// Zooms and pans the slice view of `plane`. While zoom and pan are linked the other views follow: in zoom, and in
  /// pan along the direction that they share.
  void setSlice(const std::string& plane, const SliceViewState& state);
  /// Arranges the views; a single one remembers the arrangement that it came to fill.
  void arrange(const std::string& newLayout);
  /// Lets one view ("axial", "3d") fill the area, or brings back the arrangement that it came to fill.
  void maximise(const std::string& view);
  /// Takes over from `other` where one looks.
  void lookAs(const ViewsState& other);
  /// Whether both are the same, wherever they look.
  [[nodiscard]] bool sameSettings(const ViewsState& other) const;
  friend bool operator==(const ViewsState&, const ViewsState&) = default;
};

}  // namespace voxmark
