#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/io/frame_store.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// A layer while the frame that it is first shown with is being read: what it does to the document from the first slice
/// to the last. All of it is one undoable step, and none where the file turns out to be bad.
class OpeningLayer {
 public:
  struct Origin {
    std::string name;
    std::string series;
    bool replace = false;  ///< the layers that are open, rather than lie on top of them
    std::string mergeKey;  ///< of the step
    Reduction reduction;
    int restored = 0;  ///< id of a layer of the document that has no voxels yet and gets these; 0: a new one is made
  };
  OpeningLayer(Session& session, std::shared_ptr<FrameStore> frames, std::int64_t frame, Origin origin);

  /// Puts the layer into the document, unless that has been done, to be shown with `window`.
  void appear(const DisplayWindow& window);
  /// Follows what has come in with the crosshair of a volume that lies alone, as long as it was not moved: it stays on
  /// the slice nearest to the middle that is there.
  void follow();
  /// Whether so much has come in that the window is worth finding anew; says so once.
  [[nodiscard]] bool wantsWindow();
  /// What shows the slices that are there; the user's own stays.
  void setWindow(const DisplayWindow& automatic) { setAutomatic(automatic, false); }
  /// All is there: the layer gets its window from everything, `automatic`, unless the user has chosen one.
  void finish(const DisplayWindow& automatic);
  /// The file is bad or nobody wants it any more: the document is as if it had never been opened.
  void withdraw();
  /// Whether the layer has appeared and was removed since, by undo or by hand.
  [[nodiscard]] bool removed() const;
  [[nodiscard]] const VolumePtr& volume() const { return frames_->volume(); }
  [[nodiscard]] int id() const { return id_; }
  [[nodiscard]] const std::string& name() const { return origin_.name; }

 private:
  void fillRestored();
  void setAutomatic(const DisplayWindow& window, bool finished);
  void moveCrosshair();

  Session& session_;
  std::shared_ptr<FrameStore> frames_;
  std::int64_t frame_;
  Origin origin_;
  std::optional<History> before_;  ///< set when the layer appears
  int id_ = 0;
  std::int64_t windowSlices_ = 0;  ///< slices that the window was made of
  std::optional<Vec3> crosshair_;  ///< where this put it; nothing: it is the user's
};

}  // namespace voxmark::ui
