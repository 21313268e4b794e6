#include "core/io/dicom_mosaic.h"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_geometry.h"

namespace voxmark {
namespace {

using dicom::DataSet;
using dicom::Tag;

/// Walks the vendor's "CSA" header: "SV10", four bytes, the number of elements, then elements of a name (64 bytes),
/// multiplicity, type, and a number of items, each of which has four words (the second is its length) and text padded
/// to a multiple of four. Little endian always.
class VendorHeader {
 public:
  explicit VendorHeader(std::string_view bytes) : bytes_(bytes) {}

  /// The numbers of an element; empty where it is missing or the header is damaged.
  [[nodiscard]] std::vector<double> numbers(std::string_view wanted) const {
    if (!bytes_.starts_with("SV10")) return {};
    std::size_t at = 16;
    for (std::uint32_t left = word(8); left > 0 && at + kElementHead <= bytes_.size(); --left) {
      const bool match =
          std::string_view(bytes_.data() + at, 64).substr(0, wanted.size() + 1) == std::string(wanted) + '\0';
      const std::uint32_t items = word(at + 76);
      at += kElementHead;
      std::vector<double> found;
      for (std::uint32_t item = 0; item < items; ++item) {
        if (at + 16 > bytes_.size()) return {};
        const std::uint32_t length = word(at + 4);
        at += 16;
        if (length > bytes_.size() - at) return {};
        if (match) append(bytes_.substr(at, length), found);
        at = std::min<std::size_t>(bytes_.size(), at + (length + std::size_t{3}) / 4 * 4);
      }
      if (match) return found;
    }
    return {};
  }

 private:
  static constexpr std::size_t kElementHead = 84;

  static void append(std::string_view text, std::vector<double>& into) {
    const std::string copy(text.substr(0, text.find('\0')));
    char* end = nullptr;
    const double value = std::strtod(copy.c_str(), &end);
    if (end != copy.c_str() && std::isfinite(value)) into.push_back(value);
  }

  [[nodiscard]] std::uint32_t word(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4 && at + i < bytes_.size(); ++i) {
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at + i])) << (8 * i);
    }
    return value;
  }

  std::string_view bytes_;
};

struct Layout {
  std::int64_t tiles = 0, across = 0;
  std::optional<Vec3> normal;  ///< from one tile to the next, where the header has it
};

Layout layoutOf(const DataSet& header, const DicomFile& file) {
  const std::string* bytes = header.bytes(Tag(0x0029, 0x1010));
  const VendorHeader vendor(bytes == nullptr ? std::string_view() : std::string_view(*bytes));
  Layout layout;
  const auto count = vendor.numbers("NumberOfImagesInMosaic");
  if (count.empty()) {
    throw fileError(ErrorCode::Unsupported, file.path,
                    "is a MOSAIC without the private header that says how many slices it holds");
  }
  const double pixels = static_cast<double>(file.rows) * static_cast<double>(file.columns);
  if (!(count[0] >= 1 && count[0] <= pixels)) {
    throw fieldError(file.path, "NumberOfImagesInMosaic", "1 or more", fmt::format("{}", count[0]));
  }
  layout.tiles = static_cast<std::int64_t>(count[0]);
  layout.across = static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(layout.tiles))));
  if (file.rows % layout.across != 0 || file.columns % layout.across != 0) {
    throw fileError(ErrorCode::Format, file.path,
                    fmt::format("{}x{} pixels cannot be cut into {}x{} tiles", file.columns, file.rows, layout.across,
                                layout.across));
  }
  const auto normal = vendor.numbers("SliceNormalVector");
  if (normal.size() == 3) layout.normal = Vec3{normal[0], normal[1], normal[2]};
  return layout;
}

}  // namespace

bool isMosaic(const DataSet& header) {
  return header.text(Tag(0x0008, 0x0008)).value_or("").find("MOSAIC") != std::string::npos;
}

void splitMosaic(const DataSet& header, DicomFile& file) {
  if (file.encoding != DicomEncoding::Native || file.components != 1 || file.frames != 1) {
    throw fileError(ErrorCode::Unsupported, file.path, "compressed, coloured or multi-frame MOSAICs cannot be read");
  }
  const Layout layout = layoutOf(header, file);
  const std::int64_t fullRows = file.rows;
  const std::int64_t fullColumns = file.columns;
  file.rows /= layout.across;
  file.columns /= layout.across;
  file.tilesAcross = layout.across;
  DicomPlane first = file.planes.front();
  const auto axes = first.orientation.value_or(std::array<double, 6>{1, 0, 0, 0, 1, 0});
  const Vec3 normal = layout.normal.value_or(dicom::normalOf(axes));
  if (!layout.normal && layout.tiles > 1) {
    file.warnings.push_back(
        "the MOSAIC does not say in which direction its slices follow: the slice normal is assumed");
  }
  const double step = file.sliceStep && *file.sliceStep > 0 ? *file.sliceStep : 1.0;
  if (first.position && file.pixelSpacing) {
    // The position written is that of the whole image laid around the centre of the first slice.
    const double right = (*file.pixelSpacing)[1] * static_cast<double>(fullColumns - file.columns) / 2;
    const double down = (*file.pixelSpacing)[0] * static_cast<double>(fullRows - file.rows) / 2;
    for (std::size_t i = 0; i < 3; ++i) (*first.position)[i] += right * axes[i] + down * axes[i + 3];
  }
  const Vec3 start = first.position.value_or(Vec3{0, 0, 0});
  file.planes.assign(static_cast<std::size_t>(layout.tiles), first);
  for (std::size_t tile = 0; tile < file.planes.size(); ++tile) {
    DicomPlane& plane = file.planes[tile];
    plane.frame = static_cast<std::int64_t>(tile);
    const double along = step * static_cast<double>(tile);
    plane.position = Vec3{start[0] + along * normal[0], start[1] + along * normal[1], start[2] + along * normal[2]};
  }
}

std::vector<std::byte> tileOf(const DicomFile& file, const std::vector<std::byte>& mosaic, std::int64_t index) {
  const std::size_t row = static_cast<std::size_t>(file.columns) * bytesOf(file.pixelType);
  const std::size_t stride = row * static_cast<std::size_t>(file.tilesAcross);
  const auto rows = static_cast<std::size_t>(file.rows);
  const std::byte* from = mosaic.data() + static_cast<std::size_t>(index / file.tilesAcross) * rows * stride +
                          static_cast<std::size_t>(index % file.tilesAcross) * row;
  std::vector<std::byte> tile(rows * row);
  for (std::size_t j = 0; j < rows; ++j) std::memcpy(tile.data() + j * row, from + j * stride, row);
  return tile;
}

}  // namespace voxmark
