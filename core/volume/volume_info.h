#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/volume/geometry.h"
#include "core/volume/pixel_type.h"
#include "core/volume/value_scale.h"

namespace voxmark {

enum class ByteOrder { Little, Big };

/// What the components of a voxel mean.
enum class ComponentMeaning { Scalar, Colour, Vector };

struct DisplayWindow {
  double width = 0;
  double level = 0;
  friend bool operator==(const DisplayWindow&, const DisplayWindow&) = default;
};

/// A block of other programs' data that a NIfTI header carries: DICOM attributes, AFNI's history, a comment.
struct HeaderExtension {
  int code = 0;                    ///< whose it is; niftiExtensionName() says it in words
  std::vector<std::byte> content;  ///< as it was, with whatever it was padded with
};

/// What a header holds beyond what VolumeInfo has fields for: a file of the same format gets it back when it is
/// written. Can name a patient, so that no other format is given any of it.
struct OriginalHeader {
  std::vector<std::byte> bytes;  ///< the fixed part, in the file's byte order
  std::vector<HeaderExtension> extensions;
};

/// What a header says, known without reading a voxel.
struct VolumeInfo {
  std::string path;    ///< as the user gave it
  std::string format;  ///< "NIfTI-1", "NRRD", "MetaImage", "DICOM series", …
  Geometry geometry;
  PixelType pixelType = PixelType::U8;
  ByteOrder byteOrder = ByteOrder::Little;  ///< in the file; in memory voxels are always native
  int components = 1;                       ///< values a voxel: colour, vector and list axes
  ComponentMeaning meaning = ComponentMeaning::Scalar;
  std::int64_t frames = 1;              ///< volumes on the same grid: time points, directions, …
  std::vector<std::int64_t> frameAxes;  ///< sizes of the axes that `frames` multiplies (NIfTI dimensions 4-7)
  double frameSpacing = 0;              ///< step between frames in `frameUnit`; 0 unknown
  std::string frameUnit;                ///< "s", "ms", … or empty
  ValueScale scale;
  std::optional<DisplayWindow> window;                        ///< what the file asks to be shown with
  bool invertDisplay = false;                                 ///< MONOCHROME1: dark means high
  std::vector<std::pair<std::string, std::string>> metadata;  ///< header fields, in file order
  std::vector<std::string> warnings;                          ///< whatever was guessed, tolerated or corrected
  std::shared_ptr<const OriginalHeader> original;             ///< of NIfTI files; shared, for it can be large

  [[nodiscard]] std::size_t voxelBytes() const { return bytesOf(pixelType) * static_cast<std::size_t>(components); }
  [[nodiscard]] std::int64_t voxelsPerFrame() const { return geometry.size[0] * geometry.size[1] * geometry.size[2]; }
  [[nodiscard]] std::uint64_t frameBytes() const { return static_cast<std::uint64_t>(voxelsPerFrame()) * voxelBytes(); }
  [[nodiscard]] std::uint64_t totalBytes() const { return frameBytes() * static_cast<std::uint64_t>(frames); }
};

/// Throws Error(Format) unless every size, count and spacing of `info` is usable and the bytes fit in 63 bits:
/// each reader ends with this, so that nothing later has to think about overflow.
void validate(const VolumeInfo& info);

}  // namespace voxmark
