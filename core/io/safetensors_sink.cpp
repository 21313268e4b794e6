#include <array>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/array_axes.h"
#include "core/io/array_notes.h"
#include "core/io/byte_order.h"
#include "core/io/file_sink.h"
#include "core/io/native_readers.h"
#include "core/io/safetensors.h"

namespace voxmark {
namespace {

using nlohmann::ordered_json;

class SafetensorsSink final : public FileSink {
 public:
  using FileSink::FileSink;

 private:
  void check(const VolumeInfo&) const override {
    if (kNativeOrder != ByteOrder::Little) {
      throw fileError(ErrorCode::Unsupported, path(), "safetensors are not written on a big-endian machine");
    }
  }
  [[nodiscard]] bool holdsScale(const VolumeInfo&) const override { return false; }
  [[nodiscard]] Packing packing(const VolumeInfo&) const override { return {}; }

  [[nodiscard]] std::vector<std::byte> header(const VolumeInfo& info, std::uint64_t) const override {
    const ordered_json known = arrayNotesJson(info);
    ordered_json notes;
    for (const auto& [name, value] : known.items()) {
      notes[name] = value.is_string() ? value : ordered_json(value.dump());  // the format allows texts alone
    }
    const ordered_json whole{{safetensors::kMetadata, notes},
                             {safetensors::kVoxels,
                              {{"dtype", safetensors::typeName(info.pixelType)},
                               {"shape", arrayShape(info)},
                               {"data_offsets", std::array<std::uint64_t, 2>{0, info.totalBytes()}}}}};
    std::string text = whole.dump();
    // The format pads with blanks to 8 bytes; to 64, the numbers are aligned for any processor that maps the file.
    constexpr std::size_t kAlignment = 64;
    const std::size_t end = (safetensors::kLengthBytes + text.size() + kAlignment - 1) / kAlignment * kAlignment;
    text.resize(end - safetensors::kLengthBytes, ' ');
    std::vector<std::byte> out;
    for (std::size_t n = 0; n < safetensors::kLengthBytes; ++n) {
      out.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(text.size()) >> (8 * n)));
    }
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    out.insert(out.end(), first, first + text.size());
    return out;
  }
};

}  // namespace

std::unique_ptr<VolumeSink> createSafetensors(const std::string& path, const WriteOptions& options) {
  return std::make_unique<SafetensorsSink>(path, options);
}

}  // namespace voxmark
