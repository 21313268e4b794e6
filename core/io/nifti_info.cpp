#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/field_text.h"
#include "core/io/nifti_header.h"

namespace voxmark {
namespace {

struct Stored {
  PixelType type;
  int components;
};

Stored storedType(const std::string& path, const NiftiHeader& h) {
  const auto unsupported = [&](const char* name) {
    return fileError(ErrorCode::Unsupported, path,
                     fmt::format("{} voxels (datatype {}) are not supported", name, h.datatype));
  };
  switch (h.datatype) {
    case 2:
      return {PixelType::U8, 1};
    case 4:
      return {PixelType::I16, 1};
    case 8:
      return {PixelType::I32, 1};
    case 16:
      return {PixelType::F32, 1};
    case 64:
      return {PixelType::F64, 1};
    case 128:
      return {PixelType::U8, 3};
    case 256:
      return {PixelType::I8, 1};
    case 512:
      return {PixelType::U16, 1};
    case 768:
      return {PixelType::U32, 1};
    case 1024:
      return {PixelType::I64, 1};
    case 1280:
      return {PixelType::U64, 1};
    case 2304:
      return {PixelType::U8, 4};
    case 16384:
      return {PixelType::F16, 1};
    case 16385:
      return {PixelType::BF16, 1};
    case 1:
      throw unsupported("one-bit");
    case 32:
      return {PixelType::F32, 2};
    case 1792:
      return {PixelType::F64, 2};
    case 2048:
      throw unsupported("complex256");
    case 1536:
      throw unsupported("float128");
    default:
      throw fieldError(path, "datatype", "a NIfTI type code", std::to_string(h.datatype));
  }
}

void checkDimensions(const std::string& path, const NiftiHeader& h) {
  if (h.dim[0] < 1 || h.dim[0] > 7) throw fieldError(path, "dim[0]", "1 to 7", std::to_string(h.dim[0]));
  for (std::size_t axis = 1; axis <= static_cast<std::size_t>(h.dim[0]); ++axis) {
    if (h.dim[axis] < 1) throw fieldError(path, fmt::format("dim[{}]", axis), "1 or more", std::to_string(h.dim[axis]));
  }
}

void setFrames(VolumeInfo& info, const NiftiHeader& h) {
  constexpr std::int64_t kLimit = std::int64_t{1} << 62;
  const auto last = static_cast<std::size_t>(holdsVectors(h) ? 4 : h.dim[0]);
  for (std::size_t axis = 4; axis <= last; ++axis) {
    if (holdsVectors(h) && h.dim[axis] == 1) continue;
    if (h.dim[axis] > kLimit / info.frames) {
      throw fieldError(info.path, "dim", "sizes whose product is below 2^62", fmt::format("{}", h.dim[axis]));
    }
    info.frames *= h.dim[axis];
    info.frameAxes.push_back(h.dim[axis]);
  }
  if (h.dim[0] < 4) return;
  if (std::isfinite(h.pixdim[4]) && h.pixdim[4] > 0) info.frameSpacing = h.pixdim[4];
  switch (h.xyztUnits & 0x38) {
    case 8:
      info.frameUnit = "s";
      break;
    case 16:
      info.frameUnit = "ms";
      break;
    case 24:
      info.frameUnit = "us";
      break;
    case 32:
      info.frameUnit = "Hz";
      break;
    case 40:
      info.frameUnit = "ppm";
      break;
    case 48:
      info.frameUnit = "rad/s";
      break;
    default:
      break;
  }
}

void setScale(VolumeInfo& info, const NiftiHeader& h) {
  if (h.slope == 0) return;  // the standard's way to say: not scaled
  const bool usable = std::isfinite(h.slope) && std::isfinite(h.inter);
  if (!usable) {
    info.warnings.push_back(
        fmt::format("scl_slope {} and scl_inter {} cannot be used: values are not scaled", h.slope, h.inter));
  } else if (h.slope != 1 || h.inter != 0) {
    if (info.meaning == ComponentMeaning::Colour) {
      info.warnings.push_back(fmt::format("scl_slope {} and scl_inter {} are ignored for colours", h.slope, h.inter));
      return;
    }
    info.scale = ValueScale(h.slope, h.inter);
    if (h.kind == NiftiKind::Analyze) {
      info.warnings.push_back(fmt::format(
          "the scale factor {} and offset {} that SPM keeps in Analyze headers are applied", h.slope, h.inter));
    }
  }
}

void setMetadata(VolumeInfo& info, const NiftiHeader& h) {
  const auto add = [&](const char* name, std::string value) { info.metadata.emplace_back(name, std::move(value)); };
  const auto list = [](const auto& values) { return fmt::format("{}", fmt::join(values, " ")); };
  add("dim", list(h.dim));
  add("datatype", std::to_string(h.datatype));
  add("bitpix", std::to_string(h.bitpix));
  add("pixdim", list(h.pixdim));
  add("vox_offset", fmt::format("{}", h.voxOffset));
  add("scl_slope", fmt::format("{}", h.slope));
  add("scl_inter", fmt::format("{}", h.inter));
  add("cal_max", fmt::format("{}", h.calMax));
  add("cal_min", fmt::format("{}", h.calMin));
  const auto addText = [&](const char* name, const std::string& field) {
    if (std::string shown = printable(field); !shown.empty()) add(name, std::move(shown));
  };
  addText("descrip", h.descrip);
  addText("aux_file", h.auxFile);
  if (h.kind == NiftiKind::Analyze) {
    if (h.spmOrigin != std::array<int, 3>{}) add("originator", list(h.spmOrigin));
    return;
  }
  add("xyzt_units", std::to_string(h.xyztUnits));
  add("intent_code", std::to_string(h.intentCode));
  addText("intent_name", h.intentName);
  add("intent_p", list(h.intentP));
  add("dim_info", std::to_string(h.dimInfo));
  add("slice_start", std::to_string(h.sliceStart));
  add("slice_end", std::to_string(h.sliceEnd));
  add("slice_code", std::to_string(h.sliceCode));
  add("slice_duration", fmt::format("{}", h.sliceDuration));
  add("toffset", fmt::format("{}", h.toffset));
  add("qform_code", std::to_string(h.qformCode));
  add("sform_code", std::to_string(h.sformCode));
  add("quatern", list(h.quatern));
  add("qoffset", list(h.qoffset));
  add("srow", list(h.srow));
}

void warnAboutSpace(VolumeInfo& info, const NiftiHeader& h) {
  const int unit = h.xyztUnits & 7;
  if (unit == 1) info.warnings.emplace_back("xyzt_units says metres: its numbers are taken as millimetres");
  if (unit == 3) info.warnings.emplace_back("xyzt_units says micrometres: its numbers are taken as millimetres");
  const double shear = shearOf(info.geometry);
  if (shear > 1e-3) {
    info.warnings.push_back(fmt::format("the voxel axes are not perpendicular (cosine {:.4f}): shear is kept", shear));
  }
}

}  // namespace

std::optional<DisplayWindow> niftiWindow(const NiftiHeader& h) {
  if (!std::isfinite(h.calMin) || !std::isfinite(h.calMax) || h.calMin >= h.calMax) return std::nullopt;
  return DisplayWindow{h.calMax - h.calMin, 0.5 * (h.calMax + h.calMin)};
}

VolumeInfo niftiInfo(const std::string& path, const NiftiHeader& h) {
  checkDimensions(path, h);
  VolumeInfo info;
  info.path = path;
  info.format = h.kind == NiftiKind::Analyze ? "Analyze 7.5" : h.kind == NiftiKind::Nifti1 ? "NIfTI-1" : "NIfTI-2";
  const Stored stored = storedType(path, h);
  info.pixelType = stored.type;
  info.components = stored.components;
  info.meaning = stored.components == 1 ? ComponentMeaning::Scalar
                 : holdsComplex(h)      ? ComponentMeaning::Vector
                                        : ComponentMeaning::Colour;
  info.byteOrder = h.order;
  const int bits = static_cast<int>(8 * info.voxelBytes());
  if (holdsVectors(h)) {
    if (info.components > 1 || h.dim[5] > 32767) {
      throw fieldError(path, "dim[5]", "at most 32767 numbers a voxel", std::to_string(h.dim[5]));
    }
    info.components = static_cast<int>(h.dim[5]);
    info.meaning = info.components > 1 ? ComponentMeaning::Vector : ComponentMeaning::Scalar;
  }
  if (h.bitpix != bits) {
    info.warnings.push_back(
        fmt::format("bitpix is {} where datatype {} has {}: datatype taken", h.bitpix, h.datatype, bits));
  }
  info.geometry = niftiGeometry(h, info.warnings);
  setFrames(info, h);
  setScale(info, h);
  info.window = niftiWindow(h);
  setMetadata(info, h);
  warnAboutSpace(info, h);
  return info;
}

}  // namespace voxmark
