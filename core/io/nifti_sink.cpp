#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"
#include "core/io/file_access.h"
#include "core/io/file_sink.h"
#include "core/io/native_readers.h"

namespace voxmark {
namespace {

constexpr std::int64_t kLargestDim1 = 32767;  // NIfTI-1 counts in int16

int datatypeCode(const VolumeInfo& info) {
  if (info.components == 3) return 128;
  if (info.components == 4) return 2304;
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

std::array<std::int64_t, 8> dimensions(const VolumeInfo& info) {
  const Index3& size = info.geometry.size;
  std::array<std::int64_t, 8> dim{3, size[0], size[1], size[2], 1, 1, 1, 1};
  std::int64_t product = 1;
  for (const std::int64_t axis : info.frameAxes) product *= axis;
  if (info.frameAxes.size() <= 4 && product == info.frames) {
    for (std::size_t n = 0; n < info.frameAxes.size(); ++n) dim[4 + n] = info.frameAxes[n];
    dim[0] = 3 + static_cast<std::int64_t>(info.frameAxes.size());
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

/// Puts fields of either version; `Real` is the version's floating-point type.
class HeaderWriter {
 public:
  explicit HeaderWriter(std::size_t bytes) : bytes_(bytes) {}
  template <typename T, typename V>
  void put(std::size_t offset, V value) {
    const T converted = static_cast<T>(value);
    std::memcpy(bytes_.data() + offset, &converted, sizeof(T));
  }
  void text(std::size_t offset, const std::string& value) {
    std::memcpy(bytes_.data() + offset, value.data(), value.size());
  }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// Where the fields of a version lie.
struct FieldPlaces {
  std::size_t dim, datatype, bitpix, pixdim, voxOffset, slope, inter, calMax, calMin, qform, sform, quatern, qoffset,
      srow, units, magic, bytes;
};
constexpr FieldPlaces kPlaces1{40, 70, 72, 76, 108, 112, 116, 124, 128, 252, 254, 256, 268, 280, 123, 344, 352};
constexpr FieldPlaces kPlaces2{16, 12, 14, 104, 168, 176, 184, 192, 200, 344, 348, 352, 376, 400, 500, 4, 544};

template <typename Dim, typename Real, typename Code, typename Unit, typename Offset>
std::vector<std::byte> niftiBytes(const VolumeInfo& info, const FieldPlaces& at, std::int32_t size,
                                  const std::string& magic) {
  HeaderWriter out(at.bytes);
  const Geometry& g = info.geometry;
  out.put<std::int32_t>(0, size);
  const auto dim = dimensions(info);
  for (std::size_t n = 0; n < 8; ++n) out.put<Dim>(at.dim + n * sizeof(Dim), dim[n]);
  out.put<std::int16_t>(at.datatype, datatypeCode(info));
  out.put<std::int16_t>(at.bitpix, 8 * info.voxelBytes());
  const bool straight = shearOf(g) <= 1e-5;
  const Quaternion q = straight ? quaternionOf(g.direction) : Quaternion{0, 0, 0, 1};
  const std::array<double, 8> pixdim{q.qfac, g.spacing[0], g.spacing[1], g.spacing[2], info.frameSpacing, 0, 0, 0};
  for (std::size_t n = 0; n < 8; ++n) out.put<Real>(at.pixdim + n * sizeof(Real), pixdim[n]);
  out.put<Offset>(at.voxOffset, at.bytes);
  out.put<Real>(at.slope, info.scale.common().slope);
  out.put<Real>(at.inter, info.scale.common().intercept);
  if (info.window) {
    out.put<Real>(at.calMax, info.window->level + 0.5 * info.window->width);
    out.put<Real>(at.calMin, info.window->level - 0.5 * info.window->width);
  }
  out.put<Code>(at.qform, straight ? 1 : 0);
  out.put<Code>(at.sform, 1);
  const std::array<double, 3> quatern{q.b, q.c, q.d};
  for (std::size_t row = 0; row < 3; ++row) {
    const double sign = row < 2 ? -1.0 : 1.0;  // LPS to RAS
    out.put<Real>(at.quatern + row * sizeof(Real), quatern[row]);
    out.put<Real>(at.qoffset + row * sizeof(Real), sign * g.origin[row]);
    const std::size_t srow = at.srow + 4 * row * sizeof(Real);
    for (std::size_t column = 0; column < 3; ++column) {
      out.put<Real>(srow + column * sizeof(Real), sign * g.direction[3 * row + column] * g.spacing[column] + 0.0);
    }
    out.put<Real>(srow + 3 * sizeof(Real), sign * g.origin[row] + 0.0);
  }
  out.put<Unit>(at.units, 2 | frameUnitCode(info.frameUnit));
  out.text(at.magic, magic);
  return out.take();
}

class NiftiSink final : public FileSink {
 public:
  using FileSink::FileSink;

 private:
  void check(const VolumeInfo& info) const override {
    const bool colour = info.pixelType == PixelType::U8 && (info.components == 3 || info.components == 4);
    if (info.components != 1 && !colour) {
      throw fileError(
          ErrorCode::Unsupported, path(),
          fmt::format("NIfTI is written with 1 component, or 3 or 4 of u8 (found {} of {}): use .nrrd or .mha",
                      info.components, pixelTypeName(info.pixelType)));
    }
  }
  [[nodiscard]] bool holdsScale(const VolumeInfo& info) const override {
    return !info.scale.perSlice() && info.components == 1;
  }
  [[nodiscard]] Packing packing() const override {
    const std::string name = lower(path());
    const bool gzip = name.size() > 3 && name.compare(name.size() - 3, 3, ".gz") == 0;
    return {gzip, gzip};
  }
  [[nodiscard]] std::vector<std::byte> header(const VolumeInfo& info) const override {
    const auto dim = dimensions(info);
    if (*std::max_element(dim.begin(), dim.end()) > kLargestDim1) {
      return niftiBytes<std::int64_t, double, std::int32_t, std::int32_t, std::int64_t>(
          info, kPlaces2, 540, std::string("n+2\0\r\n\032\n", 8));
    }
    return niftiBytes<std::int16_t, float, std::int16_t, std::uint8_t, float>(info, kPlaces1, 348,
                                                                              std::string("n+1\0", 4));
  }
};

}  // namespace

std::unique_ptr<VolumeSink> createNifti(const std::string& path, const WriteOptions& options) {
  return std::make_unique<NiftiSink>(path, options);
}

}  // namespace voxmark
