#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/document/layer_display.h"
#include "core/document/mark.h"
#include "core/document/views_state.h"
#include "core/io/frame_store.h"
#include "core/io/reduced_source.h"
#include "core/ops/operations.h"
#include "core/ops/voxel_values.h"
#include "core/volume/volume.h"

namespace voxmark {

/// How a layer that is the result of steps can be made again from its file, whatever else is open.
struct Recipe {
  std::string path;
  std::string series;
  Reduction reduction;
  Pipeline steps;  ///< all of them, from the file's voxels on
  friend bool operator==(const Recipe&, const Recipe&) = default;
};

/// What making a layer has lost.
struct RunLoss {
  Loss all;
  std::vector<std::pair<std::size_t, Loss>> steps;  ///< by place in the layer's history
};

/// One volume of the document. The voxels are shared between snapshots, never copied.
struct Layer {
  int id = 0;
  std::string name;
  std::string path;                     ///< file it came from; empty for results
  std::string series;                   ///< of a folder, the DICOM series chosen
  std::optional<int> derivedFrom;       ///< layer that the pipeline below was applied to
  Pipeline history;                     ///< steps that made it
  std::optional<Recipe> recipe;         ///< of a derived layer
  bool ofSteps = false;                 ///< made by the document's steps as they were then: see Document::stepsInput
  std::shared_ptr<const RunLoss> loss;  ///< of a derived layer, once it was made here
  Reduction reduction;                  ///< what of its file was loaded
  LayerDisplay display;
  DisplayWindow automatic;             ///< the window that it is first shown with
  VolumePtr volume;                    ///< null while a session is being restored
  std::shared_ptr<FrameStore> frames;  ///< reads what is not in `volume` yet; null: everything is
  bool opening = false;                ///< the first frame is being read, and may turn out to be bad
  std::string missing;                 ///< why a restored layer has no voxels; empty: it has, or will have
  friend bool operator==(const Layer&, const Layer&) = default;
};

/// A pipeline step as the Process panel keeps it.
struct PipelineStep {
  Operation operation;
  bool enabled = true;
  std::string name;  ///< the user's own; empty: describe(operation)
  friend bool operator==(const PipelineStep&, const PipelineStep&) = default;
};

/// Everything the user can change, as one immutable value: an edit makes a new Document from the old one. Undo,
/// sessions and crash recovery all follow from keeping such values.
struct Document {
  std::vector<Layer> layers;       ///< bottom first
  std::optional<int> activeLayer;  ///< id
  ViewsState views;
  std::vector<Mark> marks;          ///< measurements and regions of interest, oldest first
  std::optional<int> selectedMark;  ///< id; what one looks at, as the active layer
  std::optional<CropBox> crop;      ///< being dragged
  std::vector<PipelineStep> steps;  ///< what the Process panel shows
  int nextLayerId = 1;
  int nextMarkId = 1;

  [[nodiscard]] const Layer* find(int id) const;
  [[nodiscard]] const Layer* active() const;
  [[nodiscard]] const Mark* findMark(int id) const;
  /// Whether both hold the same, whatever place in it is looked at.
  [[nodiscard]] bool sameContent(const Document& other) const;
  /// The enabled steps.
  [[nodiscard]] Pipeline pipeline() const;
  /// What the steps apply to while `layer` is looked at. They stay the recipe of what they were run on: of a result of
  /// theirs, however they have changed since, it is the layer that it was made of (null where that is gone); of any
  /// other layer itself.
  [[nodiscard]] const Layer* stepsInput(const Layer* layer) const;
  /// What they apply to now: that of the active layer.
  [[nodiscard]] const Layer* stepsLayer() const { return stepsInput(active()); }
  /// The result of the steps as they are, while it, or another result of the same layer, is the active one.
  [[nodiscard]] const Layer* stepsResult() const;
  /// Results are layers like any other from now on, which steps can be applied to.
  void forgetResults();
};

using DocumentPtr = std::shared_ptr<const Document>;

/// The session file's content: everything but the voxels.
[[nodiscard]] nlohmann::json toJson(const Document& document);
/// Layers come back without voxels, to be read from their paths. Throws Error(Format) naming the field.
[[nodiscard]] Document documentFromJson(const nlohmann::json& json);

}  // namespace voxmark
