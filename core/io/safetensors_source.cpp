#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/array_notes.h"
#include "core/io/bounded_json.h"
#include "core/io/byte_order.h"
#include "core/io/field_text.h"
#include "core/io/native_readers.h"
#include "core/io/safetensors.h"

namespace voxmark {
namespace {

using nlohmann::ordered_json;

/// Bounds the memory that a header can take. Those of models with a thousand tensors have some 100 KB.
constexpr std::uint64_t kMostHeader = std::uint64_t{8} << 20;

constexpr std::array<std::string_view, 12> kTypes{"U8",  "I8",  "U16", "I16",  "U32", "I32",
                                                  "U64", "I64", "F16", "BF16", "F32", "F64"};

struct Header {
  ordered_json json;
  std::uint64_t bytes = 0;  ///< up to the first number
};

Header readHeader(const File& file) {
  const auto start = file.readUpTo(0, safetensors::kLengthBytes);
  if (start.size() < safetensors::kLengthBytes) {
    throw fileError(ErrorCode::Truncated, file.path(), "ends inside the length of its header");
  }
  const auto length = HeaderBytes(start, ByteOrder::Little).get<std::uint64_t>(0);
  if (length > file.size() - safetensors::kLengthBytes) {
    throw fileError(ErrorCode::Truncated, file.path(),
                    fmt::format("its header does not lie inside the file (expected {} bytes, found {})", length,
                                file.size() - safetensors::kLengthBytes));
  }
  if (length > kMostHeader) {
    throw fileError(ErrorCode::Unsupported, file.path(),
                    fmt::format("a header of {} bytes is not supported (at most 8 MiB)", length));
  }
  const auto text = file.readUpTo(safetensors::kLengthBytes, static_cast<std::size_t>(length));
  Header out{parseBoundedJson(file.path(), "header", {reinterpret_cast<const char*>(text.data()), text.size()}, 4),
             safetensors::kLengthBytes + length};
  if (!out.json.is_object()) throw fieldError(file.path(), "header", "a JSON object", "something else");
  return out;
}

/// The tensor to show. Its name is listed where there is more than one and none is called "voxels".
std::string chooseTensor(VolumeInfo& info, const ordered_json& header) {
  if (header.contains(safetensors::kVoxels)) return safetensors::kVoxels;
  constexpr std::size_t kMostNames = 10;
  std::string names, last;
  std::size_t count = 0;
  for (const auto& [name, value] : header.items()) {
    if (name == safetensors::kMetadata) continue;
    last = name;
    if (count++ < kMostNames) names += (names.empty() ? "" : ", ") + printable(name.substr(0, 60));
  }
  if (count == 0) throw fileError(ErrorCode::Format, info.path, "holds no tensor");
  if (count > 1) {
    throw fileError(ErrorCode::Unsupported, info.path,
                    fmt::format("none of its {} tensors is called voxels (found {}{})", count, names,
                                count > kMostNames ? ", …" : ""));
  }
  info.warnings.push_back(fmt::format("there is no tensor \"voxels\": the only one, \"{}\", is shown", names));
  return last;
}

std::vector<std::int64_t> wholeNumbers(const std::string& path, const ordered_json& tensor, const char* field) {
  const auto found = tensor.find(field);
  std::vector<std::int64_t> out;
  bool good = found != tensor.end() && found->is_array() && found->size() <= 64;
  for (std::size_t n = 0; good && n < found->size(); ++n) {
    const ordered_json& number = (*found)[n];
    // 2^63 and above would turn negative.
    good = number.is_number_unsigned() && number.get<std::uint64_t>() <= std::uint64_t{1} << 62;
    if (good) out.push_back(number.get<std::int64_t>());
  }
  if (!good) throw fieldError(path, field, "a list of whole numbers", "something else");
  return out;
}

PixelType tensorType(const std::string& path, const ordered_json& tensor) {
  const auto found = tensor.find("dtype");
  if (found == tensor.end() || !found->is_string()) throw fieldError(path, "dtype", "a type", "none");
  const auto name = found->get<std::string>();
  if (const auto type = safetensors::typeOf(name)) return *type;
  throw fileError(ErrorCode::Unsupported, path,
                  fmt::format("elements of type \"{}\" are not supported", printable(name.substr(0, 40))));
}

/// Lists and numbers are texts in the metadata. What is there but of no use is a warning.
ArrayNotes notesIn(VolumeInfo& info, const ordered_json& header) {
  const auto metadata = header.find(safetensors::kMetadata);
  if (metadata == header.end() || !metadata->is_object()) return {};
  try {
    ordered_json notes = ordered_json::object();
    for (const auto& [name, value] : metadata->items()) {
      if (!value.is_string()) continue;
      const auto text = value.get<std::string>();
      info.metadata.emplace_back(printable(name.substr(0, 200)), printable(text.substr(0, 2000)));
      const bool list = name == "spacing" || name == "origin" || name == "direction" || name == "affine";
      const bool parsed = list || name == "frameSpacing";
      notes[name] = parsed ? parseBoundedJson(info.path, name, text, 3) : value;
    }
    return arrayNotesFrom(info.path, notes);
  } catch (const Error& error) {
    info.warnings.push_back(fmt::format("the metadata are left aside: {}", error.what()));
    return {};
  }
}

}  // namespace

std::string_view safetensors::typeName(PixelType type) {
  return kTypes.at(static_cast<std::size_t>(type));
}

std::optional<PixelType> safetensors::typeOf(std::string_view name) {
  if (name == "BOOL") return PixelType::U8;
  const auto found = std::find(kTypes.begin(), kTypes.end(), name);
  if (found == kTypes.end()) return std::nullopt;
  return kAllPixelTypes[found - kTypes.begin()];
}

int scoreSafetensors(const Probe& probe) {
  if (probe.isDirectory) return 0;
  const bool named = probe.lowerName.ends_with(".safetensors");
  const std::size_t start = safetensors::kLengthBytes;
  const bool object = probe.head.size() > start && probe.head[start] == std::byte{'{'};
  if (object && HeaderBytes(probe.head, ByteOrder::Little).get<std::uint64_t>(0) <= kMostHeader)
    return named ? 100 : 35;
  return named ? 20 : 0;
}

std::unique_ptr<VolumeSource> openSafetensors(const std::string& path, const OpenOptions&) {
  const File file(path);
  const Header header = readHeader(file);
  RawLayout layout;
  VolumeInfo& info = layout.info;
  info.path = path;
  info.format = "Safetensors";
  const std::string name = chooseTensor(info, header.json);
  const ordered_json& tensor = header.json.at(name);
  if (!tensor.is_object()) throw fieldError(path, "tensor", "a JSON object", "something else");
  info.pixelType = tensorType(path, tensor);
  const auto shape = wholeNumbers(path, tensor, "shape");
  const auto offsets = wholeNumbers(path, tensor, "data_offsets");
  describeArray(layout, shape, false, notesIn(info, header.json));
  if (offsets.size() != 2 || offsets[1] < offsets[0] ||
      static_cast<std::uint64_t>(offsets[1] - offsets[0]) != info.totalBytes()) {
    throw fieldError(path, "data_offsets", fmt::format("a begin and an end {} bytes apart", info.totalBytes()),
                     "others");
  }
  const auto begin = static_cast<std::uint64_t>(offsets[0]);
  layout.segments.push_back({path, static_cast<std::int64_t>(header.bytes + begin), 0});
  return std::make_unique<RawSource>(std::move(layout));
}

}  // namespace voxmark
