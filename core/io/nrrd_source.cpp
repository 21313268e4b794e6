#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/field_text.h"
#include "core/io/native_readers.h"
#include "core/io/nrrd_header.h"

namespace voxmark {
namespace {

constexpr std::size_t kMostHeader = std::size_t{4} << 20;

Encoding nrrdEncoding(const NrrdHeader& header) {
  const std::string name = lower(header.get("encoding"));
  if (name == "raw") return Encoding::Raw;
  if (name == "gzip" || name == "gz") return Encoding::Gzip;
  if (name == "bzip2" || name == "bz2") return Encoding::Bzip2;
  if (name == "ascii" || name == "text" || name == "txt") return Encoding::Ascii;
  if (name == "hex") return Encoding::Hex;
  throw fieldError(header.path, "encoding", "raw, gzip, bzip2, ascii or hex", "\"" + printable(name) + "\"");
}

/// Files that hold the voxels; empty where they follow the header.
std::vector<std::string> dataFiles(const NrrdHeader& header) {
  const std::string value = header.get("datafile");
  if (value.empty()) return {};
  std::vector<std::string> names;
  const auto parts = words(value);
  if (value.substr(0, 4) == "LIST" && (value.size() == 4 || value[4] == ' ')) {
    names = header.listedFiles;
  } else if (value.find('%') != std::string::npos && parts.size() >= 4 && parts.size() <= 5) {
    const auto number = [&](std::size_t n) { return toInteger(header.path, "data file", parts[n]); };
    names = expandPattern(header.path, parts[0], number(1), number(2), number(3));
  } else {
    names = {value};
  }
  if (names.empty()) throw fieldError(header.path, "data file", "at least one file", "none");
  for (std::string& name : names) name = dataPathBeside(header.path, name);
  return names;
}

/// First byte after `lines` line ends.
std::int64_t afterLines(const std::string& path, std::int64_t offset, std::int64_t lines) {
  const File file(path);
  auto at = static_cast<std::uint64_t>(offset);
  while (lines > 0) {
    const auto chunk = file.readUpTo(at, std::size_t{1} << 16);
    if (chunk.empty()) throw fileError(ErrorCode::Truncated, path, "has fewer lines than line skip says");
    auto next = chunk.begin();
    for (; lines > 0 && next != chunk.end(); --lines) {
      next = std::find(next, chunk.end(), std::byte{'\n'});
      if (next == chunk.end()) break;
      ++next;
    }
    at += static_cast<std::uint64_t>(next - chunk.begin());
  }
  return static_cast<std::int64_t>(at);
}

void placeData(const NrrdHeader& header, RawLayout& layout) {
  const auto optionalInteger = [&](std::string_view name) {
    const std::string value = header.get(name);
    return value.empty() ? 0 : toInteger(header.path, std::string(name), value);
  };
  const std::int64_t lines = optionalInteger("lineskip");
  const std::int64_t bytes = optionalInteger("byteskip");
  constexpr std::int64_t kMostSkip = std::int64_t{1} << 50;
  if (lines < 0 || lines > kMostSkip) throw fieldError(header.path, "line skip", "0 or more", std::to_string(lines));
  if (bytes < -1 || bytes > kMostSkip) throw fieldError(header.path, "byte skip", "-1 or more", std::to_string(bytes));
  const auto files = dataFiles(header);
  if (files.empty()) {
    layout.segments.push_back({header.path, static_cast<std::int64_t>(header.end), 0});
  }
  for (const std::string& file : files) layout.segments.push_back({file, 0, 0});
  for (DataSegment& segment : layout.segments) {
    if (lines > 0) segment.offset = afterLines(segment.path, segment.offset, lines);
    if (layout.encoding == Encoding::Raw && bytes == -1) segment.offset = -1;
  }
  const bool text = layout.encoding == Encoding::Ascii || layout.encoding == Encoding::Hex;
  if (text && bytes != 0) {
    throw fileError(ErrorCode::Unsupported, header.path, "byte skip with a text encoding is not supported");
  }
  layout.decodedSkip = layout.encoding == Encoding::Raw && bytes == -1 ? 0 : bytes;
}

}  // namespace

int scoreNrrd(const Probe& probe) {
  if (probe.isDirectory) return 0;
  const std::string_view head(reinterpret_cast<const char*>(probe.head.data()), probe.head.size());
  if (head.substr(0, 7) == "NRRD000") return 100;
  const auto dot = probe.lowerName.rfind('.');
  const std::string extension = dot == std::string::npos ? "" : probe.lowerName.substr(dot);
  return extension == ".nrrd" || extension == ".nhdr" ? 20 : 0;
}

std::unique_ptr<VolumeSource> openNrrd(const std::string& path, const OpenOptions&) {
  const auto bytes = File(path).readUpTo(0, kMostHeader);
  const NrrdHeader header = parseNrrdHeader(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  RawLayout layout;
  layout.info.path = path;
  layout.info.format = "NRRD";
  layout.encoding = nrrdEncoding(header);
  describeNrrd(header, layout);
  placeData(header, layout);
  return std::make_unique<RawSource>(std::move(layout));
}

}  // namespace voxmark
