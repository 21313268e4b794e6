#include "core/io/nrrd_header.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/axis_layout.h"
#include "core/io/field_text.h"

namespace voxmark {
namespace {

using Meaning = DeclaredAxis::Meaning;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::string squeezed(std::string_view name) {
  std::string out = lower(name);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\t'; });
  return out;
}

PixelType nrrdType(const NrrdHeader& header) {
  static const std::map<std::string, PixelType> kTypes{{"signed char", PixelType::I8},
                                                       {"int8", PixelType::I8},
                                                       {"int8_t", PixelType::I8},
                                                       {"uchar", PixelType::U8},
                                                       {"unsigned char", PixelType::U8},
                                                       {"uint8", PixelType::U8},
                                                       {"uint8_t", PixelType::U8},
                                                       {"short", PixelType::I16},
                                                       {"short int", PixelType::I16},
                                                       {"signed short", PixelType::I16},
                                                       {"signed short int", PixelType::I16},
                                                       {"int16", PixelType::I16},
                                                       {"int16_t", PixelType::I16},
                                                       {"ushort", PixelType::U16},
                                                       {"unsigned short", PixelType::U16},
                                                       {"unsigned short int", PixelType::U16},
                                                       {"uint16", PixelType::U16},
                                                       {"uint16_t", PixelType::U16},
                                                       {"int", PixelType::I32},
                                                       {"signed int", PixelType::I32},
                                                       {"int32", PixelType::I32},
                                                       {"int32_t", PixelType::I32},
                                                       {"uint", PixelType::U32},
                                                       {"unsigned int", PixelType::U32},
                                                       {"uint32", PixelType::U32},
                                                       {"uint32_t", PixelType::U32},
                                                       {"longlong", PixelType::I64},
                                                       {"long long", PixelType::I64},
                                                       {"long long int", PixelType::I64},
                                                       {"signed long long", PixelType::I64},
                                                       {"signed long long int", PixelType::I64},
                                                       {"int64", PixelType::I64},
                                                       {"int64_t", PixelType::I64},
                                                       {"ulonglong", PixelType::U64},
                                                       {"unsigned long long", PixelType::U64},
                                                       {"unsigned long long int", PixelType::U64},
                                                       {"uint64", PixelType::U64},
                                                       {"uint64_t", PixelType::U64},
                                                       {"float", PixelType::F32},
                                                       {"double", PixelType::F64}};
  const std::string name = lower(trim(header.get("type")));
  if (name == "block") throw fileError(ErrorCode::Unsupported, header.path, "voxels of type block are not supported");
  const auto found = kTypes.find(name);
  if (found == kTypes.end()) throw fieldError(header.path, "type", "a NRRD scalar type", "\"" + printable(name) + "\"");
  return found->second;
}

Meaning meaningOfKind(const std::string& kind) {
  static const std::vector<std::string> kComponents{"stub",
                                                    "scalar",
                                                    "complex",
                                                    "2-vector",
                                                    "3-color",
                                                    "rgb-color",
                                                    "hsv-color",
                                                    "xyz-color",
                                                    "4-color",
                                                    "rgba-color",
                                                    "3-vector",
                                                    "3-gradient",
                                                    "3-normal",
                                                    "4-vector",
                                                    "quaternion",
                                                    "2d-symmetric-matrix",
                                                    "2d-masked-symmetric-matrix",
                                                    "2d-matrix",
                                                    "2d-masked-matrix",
                                                    "3d-symmetric-matrix",
                                                    "3d-masked-symmetric-matrix",
                                                    "3d-matrix",
                                                    "3d-masked-matrix",
                                                    "list",
                                                    "point",
                                                    "vector",
                                                    "covariant-vector",
                                                    "normal"};
  if (kind == "space") return Meaning::Space;
  if (kind == "time") return Meaning::Frame;
  const bool component = std::find(kComponents.begin(), kComponents.end(), kind) != kComponents.end();
  return component ? Meaning::Component : Meaning::Unknown;
}

/// "(1,0,0) none (0,1,0)": one entry an axis, empty for none.
std::vector<std::optional<std::vector<double>>> parseVectors(const NrrdHeader& header, const char* field,
                                                             std::string_view text) {
  std::vector<std::optional<std::vector<double>>> out;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    if (text.front() != '(') {
      const auto end = std::min(text.find_first_of(" \t"), text.size());
      if (lower(text.substr(0, end)) != "none") {
        throw fieldError(header.path, field, "(x,y,z) or none", "\"" + printable(text.substr(0, 40)) + "\"");
      }
      out.emplace_back(std::nullopt);
      text.remove_prefix(end);
      continue;
    }
    const auto close = text.find(')');
    if (close == std::string_view::npos) throw fieldError(header.path, field, "a closing bracket", "none");
    std::string numbers(text.substr(1, close - 1));
    std::replace(numbers.begin(), numbers.end(), ',', ' ');
    out.emplace_back(toNumbers(header.path, field, numbers));
    if (out.back()->empty() || out.back()->size() > 3) {
      throw fileError(ErrorCode::Unsupported, header.path,
                      fmt::format("{} of {} numbers are not supported", field, out.back()->size()));
    }
    text.remove_prefix(close + 1);
  }
  return out;
}

/// Signs that turn the header's space into LPS.
Vec3 spaceSigns(const NrrdHeader& header, VolumeInfo& info) {
  const std::string space = squeezed(header.get("space"));
  if (space == "right-anterior-superior" || space == "ras") return {-1, -1, 1};
  if (space == "left-anterior-superior" || space == "las") return {1, -1, 1};
  static const std::vector<std::string> kAsIs{
      "", "left-posterior-superior", "lps", "scanner-xyz", "3d-right-handed", "3d-left-handed"};
  if (std::find(kAsIs.begin(), kAsIs.end(), space) == kAsIs.end()) {
    throw fileError(
        ErrorCode::Unsupported, header.path,
        fmt::format("the space \"{}\" is not supported (expected one of three dimensions)", printable(space)));
  }
  if (!space.empty() && space.find("posterior") == std::string::npos && space != "lps") {
    info.warnings.push_back(
        fmt::format("the space \"{}\" names no patient directions: taken as LPS", printable(space)));
  }
  return {1, 1, 1};
}

std::vector<DeclaredAxis> declaredAxes(const NrrdHeader& header,
                                       const std::vector<std::optional<std::vector<double>>>& directions) {
  const auto sizes = toIntegers(header.path, "sizes", header.get("sizes"));
  const std::int64_t dimension = toInteger(header.path, "dimension", header.get("dimension"));
  const auto count = static_cast<std::int64_t>(sizes.size());
  if (dimension < 1 || dimension > 16 || count != dimension) {
    throw fieldError(header.path, "sizes", fmt::format("{} numbers, as dimension says", dimension),
                     std::to_string(count));
  }
  const auto kinds = words(header.get("kinds"));
  if (!kinds.empty() && kinds.size() != sizes.size()) {
    throw fieldError(header.path, "kinds", fmt::format("{} words", dimension), std::to_string(kinds.size()));
  }
  if (!directions.empty() && directions.size() != sizes.size()) {
    throw fieldError(header.path, "space directions", fmt::format("{} vectors", dimension),
                     std::to_string(directions.size()));
  }
  std::vector<DeclaredAxis> axes;
  for (std::size_t n = 0; n < sizes.size(); ++n) {
    Meaning meaning = kinds.empty() ? Meaning::Unknown : meaningOfKind(lower(kinds[n]));
    // An axis that leads nowhere in space and says no more about itself counts frames.
    if (!directions.empty() && !directions[n] && meaning == Meaning::Unknown) meaning = Meaning::Frame;
    axes.push_back({sizes[n], meaning});
  }
  return axes;
}

void setNrrdGeometry(const NrrdHeader& header, RawLayout& layout, const std::vector<int>& place,
                     const std::vector<std::optional<std::vector<double>>>& directions) {
  VolumeInfo& info = layout.info;
  const Vec3 signs = spaceSigns(header, info);
  auto spacings = toNumbers(header.path, "spacings", header.get("spacings"));
  if (!spacings.empty() && spacings.size() != place.size()) {
    throw fieldError(header.path, "spacings", fmt::format("{} numbers", place.size()), std::to_string(spacings.size()));
  }
  spacings.resize(place.size(), kNan);
  Mat3 columns{};
  for (std::size_t n = 0; n < place.size(); ++n) {
    if (place[n] < 0) {
      if (info.frames > 1 && std::isfinite(spacings[n]) && spacings[n] > 0) info.frameSpacing = spacings[n];
      continue;
    }
    const auto axis = static_cast<std::size_t>(place[n]);
    if (!directions.empty() && directions[n]) {
      for (std::size_t row = 0; row < directions[n]->size(); ++row) {
        columns[3 * row + axis] = signs[row] * (*directions[n])[row];
      }
    } else {
      const bool usable = std::isfinite(spacings[n]) && spacings[n] != 0;
      columns[3 * axis + axis] = signs[axis] * (usable ? spacings[n] : 1.0);
    }
  }
  Vec3 origin{};
  const auto given = parseVectors(header, "space origin", header.get("spaceorigin"));
  if (!given.empty() && given.front()) {
    for (std::size_t row = 0; row < given.front()->size(); ++row)
      origin[row] = signs[row] * (*given.front())[row] + 0.0;
  }
  setDirections(info, columns, origin);
}

}  // namespace

std::string NrrdHeader::get(std::string_view name, std::string_view otherName) const {
  auto found = fields.find(std::string(name));
  if (found == fields.end()) found = fields.find(std::string(otherName));
  return found == fields.end() ? std::string() : found->second;
}

NrrdHeader parseNrrdHeader(const std::string& path, std::string_view text) {
  NrrdHeader header;
  header.path = path;
  std::string_view rest = text;
  const std::string_view magic = takeLine(rest);
  if (magic.size() != 8 || magic.substr(0, 7) != "NRRD000" || magic[7] < '1' || magic[7] > '5') {
    throw fieldError(path, "first line", "NRRD0001 to NRRD0005", "\"" + printable(magic.substr(0, 20)) + "\"");
  }
  header.metadata.emplace_back("version", std::string(magic));
  bool listing = false;
  while (!rest.empty()) {
    const std::string_view line = takeLine(rest);
    if (listing) {
      if (!trim(line).empty()) header.listedFiles.emplace_back(trim(line));
      continue;
    }
    if (line.empty()) break;
    if (line.front() == '#') continue;
    const auto pair = line.find(":=");
    const auto colon = line.find(": ");
    if (pair != std::string_view::npos && (colon == std::string_view::npos || pair < colon)) {
      header.metadata.emplace_back(printable(line.substr(0, pair)), printable(line.substr(pair + 2)));
      continue;
    }
    const auto end = line.find(':');
    if (end == std::string_view::npos) {
      throw fieldError(path, "header line", "\"field: value\"", "\"" + printable(line.substr(0, 60)) + "\"");
    }
    const std::string value(trim(line.substr(end + 1)));
    header.fields[squeezed(line.substr(0, end))] = value;
    header.metadata.emplace_back(printable(line.substr(0, end)), printable(value));
    listing = squeezed(line.substr(0, end)) == "datafile" && value.substr(0, 4) == "LIST";
  }
  header.end = text.size() - rest.size();
  return header;
}

void describeNrrd(const NrrdHeader& header, RawLayout& layout) {
  VolumeInfo& info = layout.info;
  info.pixelType = nrrdType(header);
  info.metadata = header.metadata;
  const std::string endian = lower(header.get("endian"));
  if (endian == "big") {
    info.byteOrder = ByteOrder::Big;
  } else if (endian != "little" && bytesOf(info.pixelType) > 1 && layout.encoding != Encoding::Ascii) {
    if (!endian.empty()) throw fieldError(header.path, "endian", "little or big", "\"" + printable(endian) + "\"");
    info.warnings.emplace_back("the header does not say its byte order (endian): little taken");
  }
  const auto directions = parseVectors(header, "space directions", header.get("spacedirections"));
  const auto place = assignAxes(layout, declaredAxes(header, directions));
  if (info.components > 1) {
    const std::string kinds = lower(header.get("kinds"));
    const bool colour = kinds.find("color") != std::string::npos && (info.components == 3 || info.components == 4);
    info.meaning = colour ? ComponentMeaning::Colour : ComponentMeaning::Vector;
  }
  setNrrdGeometry(header, layout, place, directions);
}

}  // namespace voxmark
