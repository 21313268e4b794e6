#pragma once

#include <QObject>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/document/plane_voxels.h"
#include "core/io/source_registry.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"
#include "ui/models/step_preview.h"
#include "ui/render/slice_renderer.h"

namespace voxmark::ui {

/// What the document's steps would make of the layer that they apply to: whether they fit, what the result is like, and
/// pictures of it for the slice views, made of as many voxels as they show, in jobs.
class ProcessPreview : public QObject {
  Q_OBJECT
 public:
  ProcessPreview(Session& session, const SourceRegistry& sources, QObject* parent);
  /// Whether somebody looks at checks() and estimate() though the views show no preview.
  void setWatched(bool watched);
  /// While held the views show the layer as it is.
  void setHeld(bool held);
  /// Whether there is something to hold: a preview, or a result in place of the layer.
  [[nodiscard]] bool canHold() const;
  /// Whether the views show something else than the active layer's own voxels, and whether that is a preview.
  [[nodiscard]] bool replaces() const;
  [[nodiscard]] bool shows() const;
  /// What the preview holds at a place (LPS mm), scaled, one value a component; empty where it has not been made.
  [[nodiscard]] std::vector<double> valuesAt(const Vec3& world) const;

  /// What is known of the steps on that layer, in their order; empty without a layer.
  [[nodiscard]] const std::vector<StepCheck>& checks() const { return checks_; }
  /// Null until it is there.
  [[nodiscard]] const PreparedSteps* prepared() const { return prepared_.get(); }
  /// The steps are being looked at.
  [[nodiscard]] bool preparing() const { return preparing_; }
  [[nodiscard]] bool busy() const { return jobs_.busy(); }
  /// Why there is no preview though there should be one; empty: there is, or none is wanted.
  [[nodiscard]] const QString& trouble() const { return trouble_; }

  /// Puts the result in place of the active layer where `plane` needs it, and hides other results, which would lie over
  /// it. False where that picture is still to come.
  /// `pictures`: how many the view shows at once; what would take too much memory for all of them is left as it is.
  bool apply(std::vector<render::SliceLayer>& layers, const SlicePlane& plane, const Slab& slab,
             std::size_t pictures = 1);

 Q_SIGNALS:
  /// checks(), prepared() or preparing() have changed.
  void changed();
  /// Views may find what they lacked.
  void pictureChanged();

 private:
  /// A part of the result.
  struct Block {
    SlicePlane plane;
    double reach = 0;
    Region region;
    bool straight = true;
    std::int64_t frame = 0;
    VolumePtr volume;
  };
  void follow();
  [[nodiscard]] Pipeline lookedUp() const;
  void check();
  /// Puts what is known of losses into checks_.
  void addLosses();
  void prepare();
  void makeBlocks();
  [[nodiscard]] bool shown() const;
  [[nodiscard]] std::int64_t shownFrame() const;
  void dress(LayerDisplay& display) const;
  /// Whether one block holds what another one is to show.
  [[nodiscard]] static bool serves(const Block& one, const Block& wanted);
  [[nodiscard]] const Block* find(const Block& wanted) const;
  void ask(Block block);
  void keep(Block block);

  Session& session_;
  const SourceRegistry& sources_;
  bool watched_ = false;
  bool held_ = false;
  bool preparing_ = false;
  PreviewRequest request_;
  std::vector<PipelineStep> checked_;  ///< what checks_ is of
  VolumePtr checkedOn_;
  std::vector<StepCheck> checks_;
  std::optional<StepFailure> failure_;
  QString trouble_;
  Pipeline lookedFrom_;  ///< steps as they were when they were looked up
  Pipeline lookedUp_;
  VolumePtr lookedOn_;
  std::shared_ptr<PreparedSteps> prepared_;  ///< the last ones while others are being prepared
  VolumePtr preparedOn_;
  std::deque<Block> blocks_;     ///< last used first
  std::vector<Block> wanted_;    ///< without voxels, the newest last
  std::vector<Block> underway_;  ///< those that are being made
  JobController jobs_;           ///< its own, so that a preview waits for nobody. Last: see JobController
};

}  // namespace voxmark::ui
