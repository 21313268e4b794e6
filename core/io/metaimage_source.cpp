#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/axis_layout.h"
#include "core/io/field_text.h"
#include "core/io/layout_source.h"
#include "core/io/native_readers.h"

namespace voxmark {
namespace {

constexpr std::size_t kMostHeader = std::size_t{4} << 20;

struct MetaHeader {
  std::string path;
  std::map<std::string, std::string> fields;
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<std::string> lines;  ///< after ElementDataFile
  std::uint64_t end = 0;           ///< first byte after the line of ElementDataFile
  /// Value of the first of these fields that is there, else empty.
  [[nodiscard]] std::string get(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      if (const auto found = fields.find(name); found != fields.end()) return found->second;
    }
    return {};
  }
  [[nodiscard]] bool flag(std::initializer_list<const char*> names, bool otherwise) const {
    const std::string value = lower(get(names));
    return value.empty() ? otherwise : value[0] == 't' || value[0] == '1' || value[0] == 'y';
  }
};

MetaHeader parseMeta(const std::string& path, std::string_view text) {
  MetaHeader header;
  header.path = path;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view line = takeLine(rest);
    if (trim(line).empty()) continue;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || equals > 200) {
      throw fieldError(path, "header line", "\"Name = value\"", "\"" + printable(line.substr(0, 60)) + "\"");
    }
    const std::string name(trim(line.substr(0, equals)));
    const std::string value(trim(line.substr(equals + 1)));
    header.fields[name] = value;
    header.metadata.emplace_back(printable(name), printable(value));
    if (name != "ElementDataFile") continue;
    header.end = text.size() - rest.size();
    if (value.substr(0, 4) == "LIST") {
      while (!rest.empty()) {
        const std::string_view file = trim(takeLine(rest));
        if (!file.empty()) header.lines.emplace_back(file);
      }
    }
    return header;
  }
  throw fieldError(path, "ElementDataFile", "a file name or LOCAL", "none");
}

PixelType elementType(const MetaHeader& header) {
  static const std::map<std::string, PixelType> kTypes{
      {"MET_CHAR", PixelType::I8},       {"MET_UCHAR", PixelType::U8},       {"MET_SHORT", PixelType::I16},
      {"MET_USHORT", PixelType::U16},    {"MET_INT", PixelType::I32},        {"MET_UINT", PixelType::U32},
      {"MET_LONG", PixelType::I32},      {"MET_ULONG", PixelType::U32},  // four bytes on every system
      {"MET_LONG_LONG", PixelType::I64}, {"MET_ULONG_LONG", PixelType::U64}, {"MET_FLOAT", PixelType::F32},
      {"MET_DOUBLE", PixelType::F64}};
  std::string name = header.get({"ElementType"});
  constexpr std::string_view kArray = "_ARRAY";
  if (name.size() > kArray.size() && name.compare(name.size() - kArray.size(), kArray.size(), kArray) == 0) {
    name.resize(name.size() - kArray.size());
  }
  const auto found = kTypes.find(name);
  if (found == kTypes.end()) throw fieldError(header.path, "ElementType", "a MET_ type", "\"" + printable(name) + "\"");
  return found->second;
}

std::vector<std::int64_t> describeAxes(const MetaHeader& header, RawLayout& layout) {
  const std::string dimensions = header.get({"NDims"});
  const auto sizes = toIntegers(header.path, "DimSize", header.get({"DimSize"}));
  const std::int64_t count = toInteger(header.path, "NDims", dimensions);
  if (count < 2 || count > 4) {
    throw fileError(ErrorCode::Unsupported, header.path,
                    fmt::format("NDims {} is not supported (expected 2 to 4)", count));
  }
  if (static_cast<std::int64_t>(sizes.size()) != count) {
    throw fieldError(header.path, "DimSize", fmt::format("{} numbers, as NDims says", count),
                     std::to_string(sizes.size()));
  }
  std::vector<DeclaredAxis> axes;
  const std::string channels = header.get({"ElementNumberOfChannels"});
  if (!channels.empty()) {
    axes.push_back({toInteger(header.path, "ElementNumberOfChannels", channels), DeclaredAxis::Meaning::Component});
  }
  for (const std::int64_t size : sizes) axes.push_back({size, DeclaredAxis::Meaning::Unknown});
  (void)assignAxes(layout, axes);
  return sizes;
}

void describeGeometry(const MetaHeader& header, VolumeInfo& info, std::size_t count) {
  const auto listOf = [&](const char* field, std::initializer_list<const char*> names, std::size_t length) {
    auto values = toNumbers(header.path, field, header.get(names));
    if (!values.empty() && values.size() < length) {
      throw fieldError(header.path, field, fmt::format("{} numbers", length), std::to_string(values.size()));
    }
    return values;
  };
  auto spacing = listOf("ElementSpacing", {"ElementSpacing", "ElementSize"}, count);
  const auto offset = listOf("Offset", {"Offset", "Position", "Origin"}, count);
  const auto matrix = listOf("TransformMatrix", {"TransformMatrix", "Rotation", "Orientation"}, count * count);
  spacing.resize(std::max<std::size_t>(spacing.size(), count), 1.0);
  Mat3 columns{};
  Vec3 origin{};
  for (std::size_t axis = 0; axis < std::min<std::size_t>(count, 3); ++axis) {
    double step = spacing[axis];
    if (!std::isfinite(step) || step == 0) {
      info.warnings.push_back(fmt::format("ElementSpacing of axis {} is {}: 1 taken", axis, step));
      step = 1;
    }
    for (std::size_t row = 0; row < std::min<std::size_t>(count, 3); ++row) {
      // Row n of the list is the direction of axis n.
      const double cosine = matrix.empty() ? (row == axis ? 1.0 : 0.0) : matrix[axis * count + row];
      columns[3 * row + axis] = cosine * step;
    }
    if (!offset.empty()) origin[axis] = offset[axis];
  }
  if (count == 4) info.frameSpacing = std::isfinite(spacing[3]) && spacing[3] > 0 ? spacing[3] : 0;
  setDirections(info, columns, origin);
}

std::vector<std::string> metaFiles(const MetaHeader& header) {
  const std::string value = header.get({"ElementDataFile"});
  if (lower(value) == "local") return {};
  std::vector<std::string> names;
  const auto parts = words(value);
  if (value.substr(0, 4) == "LIST" && (value.size() == 4 || value[4] == ' ')) {
    names = header.lines;
  } else if (value.find('%') != std::string::npos && parts.size() == 4) {
    const auto number = [&](std::size_t n) { return toInteger(header.path, "ElementDataFile", parts[n]); };
    names = expandPattern(header.path, parts[0], number(1), number(2), number(3));
  } else {
    names = {value};
  }
  if (names.empty()) throw fieldError(header.path, "ElementDataFile", "at least one file", "none");
  for (std::string& name : names) name = dataPathBeside(header.path, name);
  return names;
}

/// Zlib by the format's rule; gzip streams, which MetaIO reads too, are told by their first bytes.
Encoding compressedEncoding(const DataSegment& segment) {
  const auto start = File(segment.path).readUpTo(static_cast<std::uint64_t>(segment.offset), 2);
  const bool gzip = start.size() == 2 && start[0] == std::byte{0x1F} && start[1] == std::byte{0x8B};
  return gzip ? Encoding::Gzip : Encoding::Zlib;
}

void placeData(const MetaHeader& header, RawLayout& layout) {
  const std::string given = header.get({"HeaderSize"});
  const std::int64_t skip = given.empty() ? 0 : toInteger(header.path, "HeaderSize", given);
  constexpr std::int64_t kMostSkip = std::int64_t{1} << 50;
  if (skip < -1 || skip > kMostSkip) throw fieldError(header.path, "HeaderSize", "-1 or more", std::to_string(skip));
  const bool compressed = header.flag({"CompressedData"}, false);
  const auto files = metaFiles(header);
  if (files.empty()) layout.segments.push_back({header.path, static_cast<std::int64_t>(header.end), 0});
  for (const std::string& file : files)
    layout.segments.push_back({file, compressed ? std::max<std::int64_t>(skip, 0) : skip, 0});
  if (!header.flag({"BinaryData"}, true)) layout.encoding = Encoding::Ascii;
  if (layout.encoding == Encoding::Ascii && skip < 0) {
    throw fieldError(header.path, "HeaderSize", "0 or more for text", std::to_string(skip));
  }
  if (!compressed) return;
  const DataSegment& first = layout.segments.front();
  layout.encoding = compressedEncoding(first);
  const std::string claimed = header.get({"CompressedDataSize"});
  const std::uint64_t size = File(first.path).size();
  const auto stored = static_cast<std::int64_t>(size) - first.offset;
  if (!claimed.empty() && layout.segments.size() == 1 &&
      toNumber(header.path, "CompressedDataSize", claimed) != static_cast<double>(stored)) {
    layout.info.warnings.push_back(fmt::format(
        "CompressedDataSize says {}, the file holds {} bytes: the file is believed", printable(claimed), stored));
  }
}

}  // namespace

int scoreMetaImage(const Probe& probe) {
  if (probe.isDirectory) return 0;
  const std::string_view head(reinterpret_cast<const char*>(probe.head.data()), probe.head.size());
  const auto dot = probe.lowerName.rfind('.');
  const std::string extension = dot == std::string::npos ? "" : probe.lowerName.substr(dot);
  const bool named = extension == ".mha" || extension == ".mhd";
  // Voxels of another format may happen to hold these words: what precedes them must be text.
  const auto last = head.find("ElementDataFile");
  const bool text = last != std::string_view::npos && std::none_of(head.begin(), head.begin() + last, [](char c) {
                      return (c >= 0 && c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == '\x7F';
                    });
  const bool signedAsImage =
      text && (head.find("NDims") != std::string_view::npos || head.substr(0, 10) == "ObjectType");
  if (signedAsImage) return named ? 100 : 60;
  return named ? 20 : 0;
}

std::unique_ptr<VolumeSource> openMetaImage(const std::string& path, const OpenOptions&) {
  const auto bytes = File(path).readUpTo(0, kMostHeader);
  const MetaHeader header = parseMeta(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const std::string object = header.get({"ObjectType"});
  if (!object.empty() && object != "Image")
    throw fieldError(path, "ObjectType", "Image", "\"" + printable(object) + "\"");
  RawLayout layout;
  VolumeInfo& info = layout.info;
  info.path = path;
  info.format = "MetaImage";
  info.metadata = header.metadata;
  info.pixelType = elementType(header);
  if (header.flag({"BinaryDataByteOrderMSB", "ElementByteOrderMSB"}, false)) info.byteOrder = ByteOrder::Big;
  const auto sizes = describeAxes(header, layout);
  if (info.components > 1) {
    const bool colour = info.pixelType == PixelType::U8 && (info.components == 3 || info.components == 4);
    info.meaning = colour ? ComponentMeaning::Colour : ComponentMeaning::Vector;
  }
  describeGeometry(header, info, sizes.size());
  placeData(header, layout);
  return std::make_unique<RawSource>(std::move(layout));
}

}  // namespace voxmark
