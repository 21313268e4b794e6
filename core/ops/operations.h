#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/volume/volume_info.h"

namespace voxmark {

class VoxelMask;

// Operations are data: what the Process panel edits, `convert` runs, a benchmark times and a session stores.

/// Keeps a box of voxels.
struct Crop {
  Region region;
  friend bool operator==(const Crop&, const Crop&) = default;
};

/// Permutes and flips the voxel axes until they point towards the three letters (of L R A P S I). World positions of
/// the voxels do not change.
struct Reorient {
  std::string letters = "RAS";
  friend bool operator==(const Reorient&, const Reorient&) = default;
};

enum class NormalizeMethod { ZScore, MinMax, Percentile, Window, Robust };

/// Maps values by statistics of the volume as it stands at that step (all its frames): of all voxels, or of those that
/// are not 0 in a mask on the volume's grid at that step. All voxels are mapped.
/// ZScore: (v - mean) / population deviation. MinMax, Percentile(first, second) and Window(first = width,
/// second = level) map to [0, 1] and clip. Robust: (v - median) / (1.4826 · median absolute deviation). Percentiles
/// interpolate linearly between order statistics. A constant volume becomes 0.
struct Normalize {
  NormalizeMethod method = NormalizeMethod::ZScore;
  double first = 0;
  double second = 0;
  bool nonzero = false;  ///< statistics over voxels whose value is not 0
  std::string mask{};    ///< file; `voxels` of it are resolved by whoever can open files
  std::shared_ptr<const VoxelMask> voxels{};
  friend bool operator==(const Normalize&, const Normalize&) = default;
};

struct Clamp {
  double low = 0;
  double high = 1;
  friend bool operator==(const Clamp&, const Clamp&) = default;
};

/// v · scale + shift
struct ScaleShift {
  double scale = 1;
  double shift = 0;
  friend bool operator==(const ScaleShift&, const ScaleShift&) = default;
};

/// Stores values as `type`: integers round half to even, everything saturates at the type's finite range, NaN becomes 0
/// in integers. Never rescales.
struct Cast {
  PixelType type = PixelType::F32;
  friend bool operator==(const Cast&, const Cast&) = default;
};

/// Cubic: the convolution kernel of Keys (1981) with a = -1/2, also called Catmull-Rom.
enum class Interpolation { Nearest, Linear, Cubic };

/// Samples the volume on another grid: exactly one of spacing (mm; the sizes follow, rounded), shape (the spacing
/// follows), or a grid of any orientation. With spacing and shape the axes stay as they are and so does the middle of
/// the field of view. Between the outermost voxel centres and half a voxel beyond them the outermost values hold;
/// what lies farther outside becomes `fill`. What is not finite spreads over the kernel's width. Where the new voxels
/// are larger than the old ones, Linear and Cubic widen their kernel along that axis (oblique grids: average over the
/// new voxel), so that nothing folds over; Nearest never mixes voxels and keeps their type. Linear and Cubic give f32
/// (f64 of f64).
struct Resample {
  std::optional<Vec3> spacing;
  std::optional<Index3> shape;
  std::optional<Geometry> grid;
  std::string like;  ///< file that `grid` is of; resolved by whoever can open files
  Interpolation interpolation = Interpolation::Linear;
  double fill = 0;
  friend bool operator==(const Resample&, const Resample&) = default;
};

/// Cuts or extends the volume about its middle to a shape; where the difference is odd, the smaller part comes first.
/// New voxels hold `fill` (a scaled value; Error(Usage) where the type cannot).
struct FitShape {
  Index3 shape{1, 1, 1};
  double fill = 0;
  friend bool operator==(const FitShape&, const FitShape&) = default;
};

/// Gaussian smoothing with the given standard deviation in mm along each voxel axis, cut off at four of them; beyond
/// the border the outermost values hold. Gives f32 (f64 of f64).
struct Smooth {
  double sigma = 1;
  friend bool operator==(const Smooth&, const Smooth&) = default;
};

/// Keeps the bounding box of a mask's non-zero voxels; `file` empty: of the volume's own. `box` is found by whoever can
/// open files; the mask's grid must be the volume's.
struct CropToMask {
  std::string file;
  std::optional<Region> box;
  std::optional<Geometry> grid;
  friend bool operator==(const CropToMask&, const CropToMask&) = default;
};

/// A point of a distribution: `percent` of the values lie below `value`.
struct QuantileLandmark {
  double percent = 0;
  double value = 0;
  friend bool operator==(const QuantileLandmark&, const QuantileLandmark&) = default;
};

/// Histogram matching by quantiles, as in Nyul and Udupa (1999): each landmark's percentile of the volume becomes the
/// landmark's value, linearly between neighbouring ones and by the outermost pieces' slopes beyond. Percentiles that
/// coincide in the volume become the mean of their values. Gives f32 (f64 of f64). The landmarks are data, or those of
/// a reference volume at 0, 1, 2, … 100 %, found by whoever can open files.
struct HistogramMatch {
  std::string file;  ///< of the reference; empty: `landmarks` are given
  std::vector<QuantileLandmark> landmarks;
  bool nonzero = false;  ///< voxels that are 0 take no part (in the reference either) and stay 0
  friend bool operator==(const HistogramMatch&, const HistogramMatch&) = default;
};

using Operation = std::variant<Crop, Reorient, Normalize, Clamp, ScaleShift, Cast, Resample, FitShape, Smooth,
                               CropToMask, HistogramMatch>;
using Pipeline = std::vector<Operation>;

/// The operation's key in JSON: "crop", "reorient", "normalize", "clamp", "scale", "cast", "resample", "fit", "smooth",
/// "cropToMask", "match".
[[nodiscard]] std::string_view operationKey(const Operation& operation);
/// For people: "Crop 10,10,0 + 64×64×32", "Z-score over non-zero voxels", "Cast to i16".
[[nodiscard]] std::string describe(const Operation& operation);

/// What a volume looks like after the operation. Throws Error(Usage) where the operation does not fit the volume
/// (a box that sticks out, letters that are no orientation, low above high).
[[nodiscard]] VolumeInfo outputInfo(const Operation& operation, const VolumeInfo& input);
/// Whether it makes output voxels of several input voxels, or of none, which a sweep over the voxels cannot.
[[nodiscard]] bool changesGrid(const Operation& operation);
/// The grid that Resample samples a volume on. Throws Error(Usage) where it does not fit.
[[nodiscard]] Geometry gridOf(const Resample& operation, const Geometry& input);
/// Voxels that FitShape puts before the first one along an axis; negative where it cuts.
[[nodiscard]] std::int64_t marginBefore(const FitShape& operation, const Geometry& input, std::size_t axis);
/// Whether the operation must see every voxel before it can give the first.
[[nodiscard]] bool needsStatistics(const Operation& operation);

/// {"op": "crop", "region": [x, y, z, dx, dy, dz]} and the like. Throws Error(Format) naming the field.
[[nodiscard]] nlohmann::json toJson(const Operation& operation);
[[nodiscard]] Operation operationFromJson(const nlohmann::json& json);
/// {"voxmarkPipeline": 1, "steps": […]}; a step with "enabled": false is left out.
[[nodiscard]] nlohmann::json toJson(const Pipeline& pipeline);
[[nodiscard]] Pipeline pipelineFromJson(const nlohmann::json& json);

/// The command line's notation. Each throws Error(Usage) with what was expected.
[[nodiscard]] Crop parseCrop(std::string_view text);            ///< x,y,z,dx,dy,dz
[[nodiscard]] Normalize parseNormalize(std::string_view text);  ///< zscore|minmax|percentile:lo,hi|window:W,L|robust
[[nodiscard]] Clamp parseClamp(std::string_view text);          ///< lo,hi
[[nodiscard]] Cast parseCast(std::string_view text);            ///< i16
[[nodiscard]] Vec3 parseSpacing(std::string_view text);         ///< sx,sy,sz, mm
[[nodiscard]] Index3 parseShape(std::string_view text);         ///< nx,ny,nz
[[nodiscard]] Interpolation parseInterpolation(std::string_view text);  ///< nearest|linear|cubic
[[nodiscard]] std::string_view interpolationName(Interpolation interpolation);

/// How the axes of an output grid run through an input grid: output axis a follows input axis `inputAxis[a]`,
/// backwards where `flip[a]`.
struct AxisPermutation {
  std::array<int, 3> inputAxis{0, 1, 2};
  std::array<bool, 3> flip{false, false, false};
  [[nodiscard]] bool identity() const {
    return inputAxis == std::array<int, 3>{0, 1, 2} && flip == std::array<bool, 3>{false, false, false};
  }
};
/// Throws Error(Usage) unless `letters` names three different patient axes.
[[nodiscard]] AxisPermutation permutationTo(const Geometry& geometry, const std::string& letters);
/// The geometry after the permutation: every voxel keeps its world position.
[[nodiscard]] Geometry permuted(const Geometry& geometry, const AxisPermutation& permutation);

}  // namespace voxmark
