#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/array_notes.h"
#include "core/io/bounded_json.h"
#include "core/io/field_text.h"
#include "core/io/native_readers.h"
#include "core/io/npy_header.h"

namespace voxmark {
namespace {

constexpr std::size_t kMostNotes = std::size_t{1} << 20;

/// The notes beside an array. What is there but of no use is a warning.
ArrayNotes notesBeside(VolumeInfo& info, const std::vector<std::int64_t>& shape) {
  const std::string path = info.path + ".json";
  if (!isRegularFile(path)) return {};
  const auto leave = [&](const std::string& why) {
    info.warnings.push_back(fmt::format("{} is left aside: {}", nameOf(path), why));
    return ArrayNotes();
  };
  try {
    const File file(path);
    if (file.size() > kMostNotes) return leave("it is longer than notes are");
    const auto bytes = file.readUpTo(0, kMostNotes);
    const auto json = parseBoundedJson(path, "file", {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, 4);
    if (!json.is_object() || !json.contains(kNotesMark)) return leave("it does not describe an array");
    const auto described = json.find("shape");
    if (described == json.end() || *described != nlohmann::ordered_json(shape)) {
      return leave("it describes an array of another shape");
    }
    ArrayNotes notes = arrayNotesFrom(path, json);
    for (const auto& [name, value] : json.items()) {
      info.metadata.emplace_back(printable(name),
                                 printable(value.is_string() ? value.get<std::string>() : value.dump()));
    }
    return notes;
  } catch (const Error& error) {
    return leave(error.what());
  }
}

}  // namespace

int scoreNpy(const Probe& probe) {
  if (probe.isDirectory) return 0;
  if (startsNpy(probe.head)) return 100;
  return probe.lowerName.ends_with(".npy") ? 20 : 0;
}

std::unique_ptr<VolumeSource> openNpy(const std::string& path, const OpenOptions&) {
  const auto head = File(path).readUpTo(0, kMostNpyHeader);
  const NpyHeader header = parseNpyHeader(path, head);
  RawLayout layout;
  VolumeInfo& info = layout.info;
  info.path = path;
  info.format = "NPY";
  info.pixelType = npyPixelType(path, header);
  info.byteOrder = header.byteOrder;
  describeArray(layout, header.shape, header.firstAxisFastest, notesBeside(info, header.shape));
  layout.segments.push_back({path, static_cast<std::int64_t>(header.bytes), 0});
  return std::make_unique<RawSource>(std::move(layout));
}

}  // namespace voxmark
