#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"
#include "core/io/file_access.h"
#include "core/io/file_sink.h"
#include "core/io/native_readers.h"

namespace voxmark {
namespace {

std::vector<std::byte> toBytes(const std::string& text) {
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}

/// `path` with another last extension: the file of a pair that holds the voxels.
std::string withExtension(const std::string& path, const std::string& extension) {
  return path.substr(0, path.rfind('.')) + extension;
}

bool detachedName(const std::string& path, const std::string& extension) {
  return lower(path).ends_with(extension);
}

/// NRRD and MetaImage share what they cannot hold: half-precision numbers and scales.
class TextHeaderSink : public FileSink {
 public:
  using FileSink::FileSink;

 private:
  void check(const VolumeInfo& info) const override {
    if (info.pixelType == PixelType::F16 || info.pixelType == PixelType::BF16) {
      throw fileError(ErrorCode::Unsupported, path(),
                      fmt::format("this container cannot hold {} (write f32, or .nii)", pixelTypeName(info.pixelType)));
    }
  }
  [[nodiscard]] bool holdsScale(const VolumeInfo&) const override { return false; }
};

class NrrdSink final : public TextHeaderSink {
 public:
  using TextHeaderSink::TextHeaderSink;

 private:
  /// Compressed, unless level 0 says that time matters more.
  [[nodiscard]] Packing packing(const VolumeInfo&) const override {
    Packing out;
    if (options().level != 0) out.compress = Wrapper::Gzip;
    if (detachedName(path(), ".nhdr")) out.dataPath = withExtension(path(), out.compress ? ".raw.gz" : ".raw");
    return out;
  }

  [[nodiscard]] std::vector<std::byte> header(const VolumeInfo& info, std::uint64_t) const override {
    static constexpr const char* kTypes[] = {"uint8",  "int8",  "uint16", "int16", "uint32", "int32",
                                             "uint64", "int64", "",       "",      "float",  "double"};
    const Geometry& g = info.geometry;
    std::string sizes, kinds, directions;
    int dimension = 3;
    if (info.components > 1) {
      const bool colour = info.meaning == ComponentMeaning::Colour;
      const char* kind = colour && info.components == 3   ? "RGB-color"
                         : colour && info.components == 4 ? "RGBA-color"
                                                          : "vector";
      sizes = fmt::format("{} ", info.components);
      kinds = fmt::format("{} ", kind);
      directions = "none ";
      ++dimension;
    }
    sizes += fmt::format("{} {} {}", g.size[0], g.size[1], g.size[2]);
    kinds += "space space space";
    for (int axis = 0; axis < 3; ++axis) {
      const Vec3 d = axisDirection(g, axis);
      const double step = g.spacing[static_cast<std::size_t>(axis)];
      directions += fmt::format("{}({},{},{})", axis == 0 ? "" : " ", d[0] * step, d[1] * step, d[2] * step);
    }
    if (info.frames > 1) {
      const bool time = info.frameUnit == "s" || info.frameUnit == "ms" || info.frameUnit == "us";
      sizes += fmt::format(" {}", info.frames);
      kinds += time ? " time" : " domain";
      directions += " none";
      ++dimension;
    }
    const Packing files = packing(info);
    return toBytes(fmt::format(
        "NRRD0004\ntype: {}\ndimension: {}\nspace: left-posterior-superior\nsizes: {}\nspace directions: {}\n"
        "kinds: {}\nendian: {}\nencoding: {}\nspace origin: ({},{},{})\n{}\n",
        kTypes[static_cast<std::size_t>(info.pixelType)], dimension, sizes, directions, kinds,
        kNativeOrder == ByteOrder::Little ? "little" : "big", files.compress ? "gzip" : "raw", g.origin[0], g.origin[1],
        g.origin[2], files.dataPath.empty() ? "" : fmt::format("data file: {}\n", nameOf(files.dataPath))));
  }
};

class MetaImageSink final : public TextHeaderSink {
 public:
  using TextHeaderSink::TextHeaderSink;

 private:
  /// Compressed where there is a file of its own for it and a level asks for it: the size, which readers want to know
  /// beforehand, is known when that file is complete.
  [[nodiscard]] Packing packing(const VolumeInfo&) const override {
    Packing out;
    if (!detachedName(path(), ".mhd")) return out;
    if (options().level > 0) out.compress = Wrapper::Zlib;
    out.dataPath = withExtension(path(), out.compress ? ".zraw" : ".raw");
    return out;
  }

  [[nodiscard]] std::vector<std::byte> header(const VolumeInfo& info, std::uint64_t dataBytes) const override {
    static constexpr const char* kTypes[] = {"MET_UCHAR", "MET_CHAR", "MET_USHORT",     "MET_SHORT",
                                             "MET_UINT",  "MET_INT",  "MET_ULONG_LONG", "MET_LONG_LONG",
                                             "",          "",         "MET_FLOAT",      "MET_DOUBLE"};
    const Geometry& g = info.geometry;
    const bool series = info.frames > 1;
    std::string matrix, offset, spacing, sizes;
    for (int axis = 0; axis < 3; ++axis) {
      const auto n = static_cast<std::size_t>(axis);
      const Vec3 d = axisDirection(g, axis);  // row n of the list is the direction of axis n
      matrix += fmt::format(" {} {} {}{}", d[0], d[1], d[2], series ? " 0" : "");
      offset += fmt::format(" {}", g.origin[n]);
      spacing += fmt::format(" {}", g.spacing[n]);
      sizes += fmt::format(" {}", g.size[n]);
    }
    if (series) {
      matrix += " 0 0 0 1";
      offset += " 0";
      spacing += fmt::format(" {}", info.frameSpacing > 0 ? info.frameSpacing : 1.0);
      sizes += fmt::format(" {}", info.frames);
    }
    const Packing files = packing(info);
    const std::string compression = files.compress
                                        ? fmt::format("CompressedData = True\nCompressedDataSize = {}\n", dataBytes)
                                        : std::string("CompressedData = False\n");
    const std::string channels =
        info.components > 1 ? fmt::format("ElementNumberOfChannels = {}\n", info.components) : std::string();
    return toBytes(fmt::format(
        "ObjectType = Image\nNDims = {}\nBinaryData = True\nBinaryDataByteOrderMSB = {}\n{}"
        "TransformMatrix ={}\nOffset ={}\nElementSpacing ={}\nDimSize ={}\n{}ElementType = {}\nElementDataFile = "
        "{}\n",
        series ? 4 : 3, kNativeOrder == ByteOrder::Little ? "False" : "True", compression, matrix, offset, spacing,
        sizes, channels, kTypes[static_cast<std::size_t>(info.pixelType)],
        files.dataPath.empty() ? "LOCAL" : nameOf(files.dataPath)));
  }
};

}  // namespace

std::unique_ptr<VolumeSink> createNrrd(const std::string& path, const WriteOptions& options) {
  return std::make_unique<NrrdSink>(path, options);
}

std::unique_ptr<VolumeSink> createMetaImage(const std::string& path, const WriteOptions& options) {
  return std::make_unique<MetaImageSink>(path, options);
}

}  // namespace voxmark
