#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/file_access.h"
#include "core/io/file_sink.h"
#include "core/io/native_readers.h"
#include "core/io/nifti_bytes.h"

namespace voxmark {
namespace {

constexpr int kMostComponents = 32767;  // along a dimension that NIfTI-1 can hold too

class NiftiSink final : public FileSink {
 public:
  using FileSink::FileSink;

  [[nodiscard]] std::vector<std::string> notes() const override {
    std::vector<std::string> out = FileSink::notes();
    const PixelType type = stored().pixelType;
    if (type == PixelType::F16 || type == PixelType::BF16) {
      out.push_back(fmt::format("{} is a NIfTI data type that few programs read (nibabel and ITK refuse it)",
                                pixelTypeName(type)));
    }
    return out;
  }

 private:
  void check(const VolumeInfo& info) const override {
    if (isNiftiVector(info) && info.components > kMostComponents) {
      throw fileError(ErrorCode::Unsupported, path(), fmt::format("{} components are too many", info.components));
    }
  }
  [[nodiscard]] bool holdsScale(const VolumeInfo& info) const override {
    return !info.scale.perSlice() && (info.components == 1 || isNiftiVector(info));
  }
  [[nodiscard]] bool pair() const {
    const std::string name = lower(path());
    return name.ends_with(".hdr") || name.ends_with(".img");
  }
  [[nodiscard]] Packing packing(const VolumeInfo& info) const override {
    Packing out;
    out.planar = isNiftiVector(info);
    if (lower(path()).ends_with(".gz")) {
      out.compress = Wrapper::Gzip;
      out.headerToo = true;
    }
    if (pair()) {
      const std::string stem = path().substr(0, path().size() - 4);
      const bool capitals = path().ends_with(".HDR") || path().ends_with(".IMG");
      out.headerPath = stem + (capitals ? ".HDR" : ".hdr");
      out.dataPath = stem + (capitals ? ".IMG" : ".img");
    }
    return out;
  }
  [[nodiscard]] std::vector<std::byte> header(const VolumeInfo& info, std::uint64_t) const override {
    return niftiHeaderBytes(info, pair());
  }
};

}  // namespace

std::unique_ptr<VolumeSink> createNifti(const std::string& path, const WriteOptions& options) {
  return std::make_unique<NiftiSink>(path, options);
}

}  // namespace voxmark
