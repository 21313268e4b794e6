#include "core/io/mgh_source.h"

#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"
#include "core/io/layout_source.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

// The layout of the header, big endian: FreeSurfer's "MghFormat" page. Voxels start at 284.
constexpr std::size_t kUsedHeader = 90;
constexpr std::int64_t kDataOffset = 284;

PixelType typeOf(const std::string& path, std::int32_t code) {
  switch (code) {
    case 0:
      return PixelType::U8;
    case 1:
      return PixelType::I32;
    case 3:
      return PixelType::F32;
    case 4:
      return PixelType::I16;
    case 10:
      return PixelType::U16;
    default:
      throw fieldError(path, "type", "0, 1, 3, 4 or 10", fmt::format("{}", code));
  }
}

/// Spacing and axes as columns of a step a voxel, in RAS; the position is that of the grid's middle.
void setGeometry(const HeaderBytes& header, VolumeInfo& info) {
  Vec3 spacing{1, 1, 1};
  Mat3 axes{-1, 0, 0, 0, 0, 1, 0, -1, 0};
  Vec3 centre{0, 0, 0};
  if (header.get<std::int16_t>(28) != 0) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      spacing[axis] = static_cast<double>(header.get<float>(30 + 4 * axis));
      for (std::size_t row = 0; row < 3; ++row) {
        axes[3 * row + axis] = static_cast<double>(header.get<float>(42 + 12 * axis + 4 * row));
      }
      centre[axis] = static_cast<double>(header.get<float>(78 + 4 * axis));
    }
  } else {
    info.warnings.push_back("the orientation is marked as unknown: coronal slices of 1 mm are assumed");
  }
  Geometry& geometry = info.geometry;
  Mat3 columns{};
  Vec3 origin = centre;
  for (std::size_t row = 0; row < 3; ++row) {
    const double flip = row < 2 ? -1 : 1;  // RAS to LPS
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double step = axes[3 * row + axis] * spacing[axis];
      columns[3 * row + axis] = flip * step;
      origin[row] -= step * static_cast<double>(geometry.size[axis]) / 2;
    }
    origin[row] *= flip;
  }
  if (!setAffine(geometry, columns, origin)) {
    throw fileError(ErrorCode::Format, info.path, "the axes of the header span no volume");
  }
  if (shearOf(geometry) > 1e-3) {
    info.warnings.push_back("the voxel axes are not perpendicular: the shear is kept in the geometry");
  }
}

}  // namespace

int scoreMgh(const Probe& probe) {
  if (probe.isDirectory) return 0;
  const bool zipped = probe.lowerName.ends_with(".mgz") || probe.lowerName.ends_with(".mgh.gz");
  const auto head = zipped ? probe.inflatedHead : probe.head;
  const bool versionOne = head.size() >= kUsedHeader && HeaderBytes(head, ByteOrder::Big).get<std::int32_t>(0) == 1;
  if (zipped || probe.lowerName.ends_with(".mgh")) return versionOne ? 90 : 30;
  return 0;
}

std::unique_ptr<VolumeSource> openMgh(const std::string& path, const OpenOptions&) {
  trace::Scope scope("open");
  const auto file = std::make_shared<const File>(path);
  const auto start = file->readUpTo(0, kUsedHeader);
  const bool zipped = start.size() > 1 && start[0] == std::byte{0x1F} && start[1] == std::byte{0x8B};
  const auto bytes = zipped ? inflatedStart(file, kUsedHeader) : start;
  if (bytes.size() < kUsedHeader) throw fileError(ErrorCode::Truncated, path, "ends inside its MGH header");
  const HeaderBytes header(bytes, ByteOrder::Big);
  if (header.get<std::int32_t>(0) != 1) {
    throw fieldError(path, "version", "1", fmt::format("{}", header.get<std::int32_t>(0)));
  }
  RawLayout layout;
  VolumeInfo& info = layout.info;
  info.path = path;
  info.format = "MGH";
  info.byteOrder = ByteOrder::Big;
  for (std::size_t axis = 0; axis < 3; ++axis) info.geometry.size[axis] = header.get<std::int32_t>(4 + 4 * axis);
  info.frames = header.get<std::int32_t>(16);
  if (info.frames > 1) info.frameAxes = {info.frames};
  info.pixelType = typeOf(path, header.get<std::int32_t>(20));
  for (const std::int64_t size : info.geometry.size) {
    if (size < 1) throw fieldError(path, "width, height or depth", "1 or more", fmt::format("{}", size));
  }
  setGeometry(header, info);
  validate(info);
  layout.encoding = zipped ? Encoding::Gzip : Encoding::Raw;
  layout.decodedSkip = zipped ? kDataOffset : 0;
  layout.segments.push_back({path, zipped ? 0 : kDataOffset, 0});
  return std::make_unique<RawSource>(std::move(layout));
}

}  // namespace voxmark
