#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/volume/volume_info.h"

namespace voxmark {

enum class NiftiKind { Analyze, Nifti1, Nifti2 };

/// The fields of a NIfTI-1, NIfTI-2 or Analyze 7.5 header, under their names in the standard, in native numbers.
struct NiftiHeader {
  NiftiKind kind = NiftiKind::Nifti1;
  ByteOrder order = ByteOrder::Little;
  bool pair = false;  ///< the voxels lie in an .img file
  std::array<std::int64_t, 8> dim{};
  int datatype = 0;
  int bitpix = 0;
  std::array<double, 8> pixdim{};
  double voxOffset = 0;
  double slope = 0, inter = 0;
  double calMin = 0, calMax = 0;
  double toffset = 0, sliceDuration = 0;
  std::int64_t sliceStart = 0, sliceEnd = 0;
  int sliceCode = 0, dimInfo = 0;
  std::array<double, 3> intentP{};
  int xyztUnits = 0;
  int qformCode = 0, sformCode = 0, intentCode = 0;
  std::array<double, 3> quatern{};
  std::array<double, 3> qoffset{};
  std::array<double, 12> srow{};
  std::array<int, 3> spmOrigin{};            ///< of Analyze, counted from 1: the voxel that SPM puts at (0, 0, 0)
  std::string descrip, auxFile, intentName;  ///< whole fields, as they are in the file
};

inline constexpr std::size_t kNifti1Bytes = 348;
inline constexpr std::size_t kNifti2Bytes = 540;

/// Intent name by which our vectors are told from dimensions that are frames, whatever their intent code is.
inline constexpr const char* kVectorIntent = "components";
inline constexpr int kVectorIntentCode = 1007;
/// Whether the fifth dimension holds the components of one voxel: in files of ours only.
[[nodiscard]] inline bool holdsVectors(const NiftiHeader& h) {
  return h.intentCode == kVectorIntentCode && h.intentName.c_str() == std::string(kVectorIntent) && h.dim[0] == 5;
}

/// Whether voxels are pairs of numbers, real and imaginary part (datatypes 32 and 1792).
[[nodiscard]] inline bool holdsComplex(const NiftiHeader& h) {
  return h.datatype == 32 || h.datatype == 1792;
}

/// What the first bytes of a file are; empty where they are no header of ours. `analyzeName`: the file is called .hdr
/// or .img, without which an Analyze header, which has no signature, is not believed.
struct NiftiSignature {
  NiftiKind kind = NiftiKind::Nifti1;
  ByteOrder order = ByteOrder::Little;
  bool pair = false;
};
[[nodiscard]] std::optional<NiftiSignature> niftiSignature(std::span<const std::byte> head, bool analyzeName);

/// Reads the fields; `head` holds kNifti1Bytes or kNifti2Bytes, as the signature's kind needs (Error(Truncated)).
[[nodiscard]] NiftiHeader parseNiftiHeader(const std::string& path, std::span<const std::byte> head,
                                           const NiftiSignature& signature);

/// Everything that the header says, with warnings for what had to be guessed; complex numbers are two components here.
/// Throws Error: Format, Unsupported.
[[nodiscard]] VolumeInfo niftiInfo(const std::string& path, const NiftiHeader& header);

/// The fields of the NIfTI header that a volume was read from; empty for volumes of another origin.
[[nodiscard]] std::optional<NiftiHeader> niftiOrigin(const VolumeInfo& info);

/// The display range that a header asks for; empty where its cal_min and cal_max are none.
[[nodiscard]] std::optional<DisplayWindow> niftiWindow(const NiftiHeader& header);

/// Geometry of a header: sform, else qform, else the centred default with x running to the left, as nibabel chooses.
[[nodiscard]] Geometry niftiGeometry(const NiftiHeader& header, std::vector<std::string>& warnings);

}  // namespace voxmark
