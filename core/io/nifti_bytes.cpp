#include "core/io/nifti_bytes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "core/io/nifti_extensions.h"
#include "core/io/nifti_header.h"

namespace voxmark {
namespace {

constexpr std::int64_t kLargestDim1 = 32767;  // NIfTI-1 counts in int16

bool isColour(const VolumeInfo& info) {
  return info.pixelType == PixelType::U8 && (info.components == 3 || info.components == 4);
}

int datatypeCode(const VolumeInfo& info) {
  if (isColour(info)) return info.components == 3 ? 128 : 2304;
  switch (info.pixelType) {
    case PixelType::U8:
      return 2;
    case PixelType::I8:
      return 256;
    case PixelType::U16:
      return 512;
    case PixelType::I16:
      return 4;
    case PixelType::U32:
      return 768;
    case PixelType::I32:
      return 8;
    case PixelType::U64:
      return 1280;
    case PixelType::I64:
      return 1024;
    case PixelType::F16:
      return 16384;
    case PixelType::BF16:
      return 16385;
    case PixelType::F32:
      return 16;
    case PixelType::F64:
      break;
  }
  return 64;
}

std::array<std::int64_t, 8> dimensions(const VolumeInfo& info, const std::optional<NiftiHeader>& origin) {
  const Index3& size = info.geometry.size;
  std::array<std::int64_t, 8> dim{3, size[0], size[1], size[2], 1, 1, 1, 1};
  if (isNiftiVector(info)) return {5, size[0], size[1], size[2], info.frames, info.components, 1, 1};
  std::int64_t product = 1;
  for (const std::int64_t axis : info.frameAxes) product *= axis;
  if (info.frameAxes.size() <= 4 && product == info.frames) {
    for (std::size_t n = 0; n < info.frameAxes.size(); ++n) dim[4 + n] = info.frameAxes[n];
    dim[0] = 3 + static_cast<std::int64_t>(info.frameAxes.size());
    // A picture or a row of numbers stays one.
    if (dim[0] == 3 && origin && origin->dim[0] < 3) {
      while (dim[0] > origin->dim[0] && dim.at(static_cast<std::size_t>(dim[0])) == 1) --dim[0];
    }
  } else if (info.frames > 1) {
    dim[4] = info.frames;
    dim[0] = 4;
  }
  return dim;
}

int frameUnitCode(const std::string& unit) {
  static constexpr std::pair<const char*, int> kUnits[] = {{"s", 8},   {"ms", 16},  {"us", 24},
                                                           {"Hz", 32}, {"ppm", 40}, {"rad/s", 48}};
  for (const auto& [name, code] : kUnits) {
    if (unit == name) return code;
  }
  return 0;
}

/// RAS direction cosines as a quaternion (b, c, d) with a ≥ 0, and qfac. Shepperd's method: the largest of the four
/// squares is taken by its root, the others by products.
struct Quaternion {
  double b, c, d, qfac;
};

Quaternion quaternionOf(const Mat3& lps) {
  Mat3 r = lps;
  for (std::size_t n = 0; n < 6; ++n) r[n] = -r[n];
  const double qfac = determinant(r) < 0 ? -1.0 : 1.0;
  for (std::size_t row = 0; row < 3; ++row) r[3 * row + 2] *= qfac;
  std::array<double, 4> q{};
  const std::array<double, 4> squares{1 + r[0] + r[4] + r[8], 1 + r[0] - r[4] - r[8], 1 - r[0] + r[4] - r[8],
                                      1 - r[0] - r[4] + r[8]};
  const auto largest = std::max_element(squares.begin(), squares.end()) - squares.begin();
  const double root = 0.5 * std::sqrt(squares.at(static_cast<std::size_t>(largest)));
  const double part = 0.25 / root;
  switch (largest) {
    case 0:
      q = {root, (r[7] - r[5]) * part, (r[2] - r[6]) * part, (r[3] - r[1]) * part};
      break;
    case 1:
      q = {(r[7] - r[5]) * part, root, (r[1] + r[3]) * part, (r[2] + r[6]) * part};
      break;
    case 2:
      q = {(r[2] - r[6]) * part, (r[1] + r[3]) * part, root, (r[5] + r[7]) * part};
      break;
    default:
      q = {(r[3] - r[1]) * part, (r[2] + r[6]) * part, (r[5] + r[7]) * part, root};
      break;
  }
  const double sign = q[0] < 0 ? -1.0 : 1.0;
  return {sign * q[1], sign * q[2], sign * q[3], qfac};
}

/// What a header says about where the voxels are.
struct Placement {
  bool unchanged = false;  ///< the grid is that of the header which the volume was read from
  int qformCode = 0, sformCode = 0, spaceUnit = 2;
  std::array<double, 4> pixdim{};  ///< 0 to 3
  std::array<double, 3> quatern{}, qoffset{};
  std::array<double, 12> srow{};
};

/// Both transforms from the geometry, with `code` for the space that they lead to.
Placement placementOf(const Geometry& g, int code) {
  Placement out;
  const bool straight = shearOf(g) <= 1e-5;  // a quaternion can say no more
  const Quaternion q = straight ? quaternionOf(g.direction) : Quaternion{0, 0, 0, 1};
  out.qformCode = straight ? code : 0;
  out.sformCode = code;
  out.pixdim = {q.qfac, g.spacing[0], g.spacing[1], g.spacing[2]};
  out.quatern = {q.b, q.c, q.d};
  for (std::size_t row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1.0 : 1.0;  // LPS to RAS
    out.qoffset[row] = sign * g.origin[row] + 0.0;
    for (std::size_t column = 0; column < 3; ++column) {
      out.srow[4 * row + column] = sign * g.direction[3 * row + column] * g.spacing[column] + 0.0;
    }
    out.srow[4 * row + 3] = out.qoffset[row];
  }
  return out;
}

Placement placementOf(const VolumeInfo& info, const std::optional<NiftiHeader>& origin) {
  if (!origin) return placementOf(info.geometry, info.format.starts_with("DICOM") ? 1 : 2);
  std::vector<std::string> warnings;
  const Geometry given = niftiGeometry(*origin, warnings);
  // What had to be corrected is not passed on.
  if (warnings.empty() && sameGrid(given, info.geometry, 1e-6)) {
    const auto& p = origin->pixdim;
    return {true,
            origin->qformCode,
            origin->sformCode,
            origin->xyztUnits & 7,
            {p[0], p[1], p[2], p[3]},
            origin->quatern,
            origin->qoffset,
            origin->srow};
  }
  const int code = origin->sformCode > 0 ? origin->sformCode : origin->qformCode;
  return placementOf(info.geometry, code > 0 ? code : 2);
}

/// Puts fields where a version has them; `Real` is the version's floating-point type.
class HeaderWriter {
 public:
  explicit HeaderWriter(std::size_t bytes) : bytes_(bytes) {}
  template <typename T, typename V>
  void put(std::size_t offset, V value) {
    const T converted = static_cast<T>(value);
    std::memcpy(bytes_.data() + offset, &converted, sizeof(T));
  }
  template <typename T, typename Values>
  void putAll(std::size_t offset, const Values& values) {
    for (std::size_t n = 0; n < values.size(); ++n) put<T>(offset + n * sizeof(T), values[n]);
  }
  /// At most `room` bytes; what is shorter stays padded with zeros.
  void text(std::size_t offset, const std::string& value, std::size_t room) {
    std::memcpy(bytes_.data() + offset, value.data(), std::min(value.size(), room));
  }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// Where the fields of a version lie.
struct FieldPlaces {
  std::size_t dim, datatype, bitpix, pixdim, voxOffset, slope, inter, calMax, calMin, qform, sform, quatern, qoffset,
      srow, units, magic, bytes, dimInfo, intentP, intentCode, intentName, sliceStart, sliceEnd, sliceCode,
      sliceDuration, toffset, descrip, auxFile;
};
constexpr FieldPlaces kPlaces1{40,  70,  72,  76, 108, 112, 116, 124, 128, 252, 254, 256, 268, 280,
                               123, 344, 352, 39, 56,  68,  328, 74,  120, 122, 132, 136, 148, 228};
constexpr FieldPlaces kPlaces2{16,  12, 14,  104, 168, 176, 184, 192, 200, 344, 348, 352, 376, 400,
                               500, 4,  544, 524, 80,  504, 508, 224, 232, 496, 208, 216, 240, 320};

/// A version of the format: the types of its fields.
struct Version1 {
  using Dim = std::int16_t;
  using Real = float;
  using Code = std::int16_t;
  using Unit = std::uint8_t;
  using Offset = float;
  static constexpr const FieldPlaces& places = kPlaces1;
};
struct Version2 {
  using Dim = std::int64_t;
  using Real = double;
  using Code = std::int32_t;
  using Unit = std::int32_t;
  using Offset = std::int64_t;
  static constexpr const FieldPlaces& places = kPlaces2;
};

template <typename V>
void putPlacement(HeaderWriter& out, const Placement& placement) {
  const FieldPlaces& at = V::places;
  using Real = typename V::Real;
  out.putAll<Real>(at.pixdim, placement.pixdim);
  out.put<typename V::Code>(at.qform, placement.qformCode);
  out.put<typename V::Code>(at.sform, placement.sformCode);
  out.putAll<Real>(at.quatern, placement.quatern);
  out.putAll<Real>(at.qoffset, placement.qoffset);
  out.putAll<Real>(at.srow, placement.srow);
}

/// What the volume asks to be shown with; as it was, to the last bit, where nothing has changed it.
template <typename V>
void putDisplayRange(HeaderWriter& out, const VolumeInfo& info, const NiftiHeader& origin) {
  const FieldPlaces& at = V::places;
  using Real = typename V::Real;
  if (info.window == niftiWindow(origin)) {
    out.put<Real>(at.calMax, origin.calMax);
    out.put<Real>(at.calMin, origin.calMin);
  } else if (info.window) {
    out.put<Real>(at.calMax, info.window->level + 0.5 * info.window->width);
    out.put<Real>(at.calMin, info.window->level - 0.5 * info.window->width);
  }
}

/// Step and unit of the frames, intent and what else describes the voxels.
template <typename V>
void putMeaning(HeaderWriter& out, const VolumeInfo& info, const NiftiHeader& origin, int spaceUnit) {
  const FieldPlaces& at = V::places;
  using Real = typename V::Real;
  std::array<double, 4> steps{origin.pixdim[4], origin.pixdim[5], origin.pixdim[6], origin.pixdim[7]};
  if (info.frameSpacing > 0) steps[0] = info.frameSpacing;
  out.putAll<Real>(at.pixdim + 4 * sizeof(Real), steps);
  const int frameUnit = info.frameUnit.empty() ? origin.xyztUnits & 0x38 : frameUnitCode(info.frameUnit);
  out.put<typename V::Unit>(at.units, spaceUnit | frameUnit);
  putDisplayRange<V>(out, info, origin);
  out.text(at.descrip, origin.descrip, 80);
  out.text(at.auxFile, origin.auxFile, 24);
  out.put<Real>(at.toffset, origin.toffset);
  if (isNiftiVector(info)) {
    out.put<typename V::Code>(at.intentCode, kVectorIntentCode);
    out.text(at.intentName, kVectorIntent, 15);
  } else if (!holdsVectors(origin)) {
    out.put<typename V::Code>(at.intentCode, origin.intentCode);
    out.text(at.intentName, origin.intentName, 16);
    out.putAll<Real>(at.intentP, origin.intentP);
  }
}

/// In which order the slices were taken: of no use on another grid.
template <typename V>
void putTiming(HeaderWriter& out, const NiftiHeader& origin) {
  const FieldPlaces& at = V::places;
  out.put<std::uint8_t>(at.dimInfo, origin.dimInfo);
  out.put<typename V::Dim>(at.sliceStart, origin.sliceStart);
  out.put<typename V::Dim>(at.sliceEnd, origin.sliceEnd);
  out.put<typename V::Unit>(at.sliceCode, origin.sliceCode);
  out.put<typename V::Real>(at.sliceDuration, origin.sliceDuration);
}

template <typename V>
std::vector<std::byte> headerBytes(const VolumeInfo& info, const std::optional<NiftiHeader>& origin, bool pair,
                                   std::int32_t size, const std::string& magic) {
  const FieldPlaces& at = V::places;
  HeaderWriter out(at.bytes);
  out.put<std::int32_t>(0, size);
  out.putAll<typename V::Dim>(at.dim, dimensions(info, origin));
  out.put<std::int16_t>(at.datatype, datatypeCode(info));
  out.put<std::int16_t>(at.bitpix, 8 * (isNiftiVector(info) ? bytesOf(info.pixelType) : info.voxelBytes()));
  std::span<const HeaderExtension> extensions;
  if (origin) extensions = info.original->extensions;
  out.put<typename V::Offset>(at.voxOffset, pair ? 0 : at.bytes + niftiExtensionBytes(extensions));
  out.put<typename V::Real>(at.slope, info.scale.common().slope);
  out.put<typename V::Real>(at.inter, info.scale.common().intercept);
  const Placement placement = placementOf(info, origin);
  putPlacement<V>(out, placement);
  putMeaning<V>(out, info, origin.value_or(NiftiHeader()), placement.spaceUnit);
  if (placement.unchanged) putTiming<V>(out, *origin);
  out.text(at.magic, (pair ? "ni" : "n+") + magic, magic.size() + 2);
  std::vector<std::byte> bytes = out.take();
  appendNiftiExtensions(bytes, extensions);
  return bytes;
}

}  // namespace

bool isNiftiVector(const VolumeInfo& info) {
  return info.components > 1 && !isColour(info);
}

std::vector<std::byte> niftiHeaderBytes(const VolumeInfo& info, bool pair) {
  const auto origin = niftiOrigin(info);
  const auto dim = dimensions(info, origin);
  const bool second =
      *std::max_element(dim.begin(), dim.end()) > kLargestDim1 || (origin && origin->kind == NiftiKind::Nifti2);
  return second ? headerBytes<Version2>(info, origin, pair, 540, std::string("2\0\r\n\032\n", 6))
                : headerBytes<Version1>(info, origin, pair, 348, std::string("1\0", 2));
}

}  // namespace voxmark
