#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/array_notes.h"
#include "core/io/byte_order.h"
#include "core/io/field_text.h"
#include "core/io/native_readers.h"
#include "core/io/npy_header.h"
#include "core/io/zip_archive.h"

namespace voxmark {
namespace {

constexpr const char* kVoxels = "voxels.npy";
constexpr std::array<const char*, 7> kNoteMembers{"spacing.npy", "origin.npy",       "direction.npy", "affine.npy",
                                                  "axes.npy",    "frameSpacing.npy", "frameUnit.npy"};

/// An archive of arrays, opened.
class Arrays {
 public:
  explicit Arrays(const std::string& path)
      : file_(std::make_shared<const File>(path)), members_(readZipDirectory(*file_)) {}

  [[nodiscard]] const std::vector<ZipMember>& members() const { return members_; }
  [[nodiscard]] const ZipMember* find(std::string_view name) const {
    const auto found = std::find_if(members_.begin(), members_.end(), [&](const auto& m) { return m.name == name; });
    return found == members_.end() ? nullptr : &*found;
  }
  [[nodiscard]] std::string nameOfMember(const ZipMember& member) const {
    return fmt::format("{}: {}", file_->path(), printable(member.name.substr(0, 60)));
  }
  /// Where the content begins. Throws Error(Unsupported) for content that cannot be read here.
  [[nodiscard]] std::uint64_t begin(const ZipMember& member) const {
    const bool stored = member.method == static_cast<std::uint16_t>(ZipMethod::Stored);
    if (member.encrypted || (!stored && !deflated(member))) {
      throw fileError(ErrorCode::Unsupported, nameOfMember(member),
                      member.encrypted ? "is encrypted"
                                       : fmt::format("is compressed by method {} (expected 0 or 8)", member.method));
    }
    if (stored && member.bytes != member.stored) {
      throw fieldError(nameOfMember(member), "stored size", std::to_string(member.bytes),
                       std::to_string(member.stored));
    }
    return zipContentOffset(*file_, member);
  }
  [[nodiscard]] static bool deflated(const ZipMember& member) {
    return member.method == static_cast<std::uint16_t>(ZipMethod::Deflated);
  }
  /// The first bytes of the content, up to `most`.
  [[nodiscard]] std::vector<std::byte> start(const ZipMember& member, std::size_t most) const {
    const std::uint64_t offset = begin(member);
    const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(most, member.bytes));
    if (!deflated(member)) return file_->readUpTo(offset, bytes);
    std::vector<std::byte> out(bytes);
    out.resize(makeInflater(ChunkedInput(file_, offset), Wrapper::Nothing)->decode(out, JobContext()));
    return out;
  }

 private:
  std::shared_ptr<const File> file_;
  std::vector<ZipMember> members_;
};

/// A small array, whole.
struct SmallArray {
  std::string name;
  NpyHeader header;
  std::vector<std::byte> content;

  SmallArray(const Arrays& arrays, const ZipMember& member)
      : name(arrays.nameOfMember(member)), content(arrays.start(member, 2 * kMostNpyHeader)) {
    header = parseNpyHeader(name, content);
    content.erase(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(header.bytes));
  }

  /// The numbers in C order, of which there must be `count`.
  [[nodiscard]] std::vector<double> numbers(std::size_t count) const {
    const PixelType type = npyPixelType(name, header);
    const std::size_t rows = header.shape.empty() ? 1 : static_cast<std::size_t>(header.shape.front());
    std::uint64_t elements = 1;
    for (const std::int64_t size : header.shape) {
      if (static_cast<std::uint64_t>(size) > count) elements = 0;
      elements *= static_cast<std::uint64_t>(size);
      if (elements > count) break;
    }
    if (elements != count || content.size() < count * bytesOf(type)) {
      throw fieldError(name, "shape", fmt::format("{} numbers", count), "others");
    }
    std::vector<double> out(count);
    const HeaderBytes bytes(content, header.byteOrder);
    for (std::size_t n = 0; n < count; ++n) {
      const std::size_t columns = count / rows;
      const std::size_t at = header.firstAxisFastest ? n / columns + n % columns * rows : n;
      out[n] = visitPixelType(type, [&](auto tag) {
        using T = typename decltype(tag)::type;
        return static_cast<double>(bytes.get<T>(at * sizeof(T)));
      });
    }
    return out;
  }

  /// NumPy's text: characters of four bytes (U), or bytes (S), padded with zeros.
  [[nodiscard]] std::string text() const {
    constexpr std::size_t kMost = 200;
    const bool wide = header.type.starts_with('U');
    if (!header.shape.empty() || !(wide || header.type.starts_with('S'))) {
      throw fieldError(name, "type", "one text", "\"" + printable(header.type.substr(0, 40)) + "\"");
    }
    std::string out;
    const std::size_t step = wide ? 4 : 1;
    for (std::size_t at = 0; at + step <= content.size() && out.size() < kMost; at += step) {
      const HeaderBytes bytes(content, header.byteOrder);
      const std::uint32_t c = wide ? bytes.get<std::uint32_t>(at) : bytes.get<std::uint8_t>(at);
      if (c == 0) break;
      out += c < 0x80 ? static_cast<char>(c) : '?';
    }
    return printable(out);
  }
};

/// Members that say where the voxels lie. What is there but of no use is a warning.
ArrayNotes notesIn(const Arrays& arrays, VolumeInfo& info) {
  ArrayNotes notes;
  const auto with = [&](const char* name, const auto& use) {
    const ZipMember* member = arrays.find(name);
    if (member == nullptr) return;
    try {
      use(SmallArray(arrays, *member));
    } catch (const Error& error) {
      info.warnings.push_back(fmt::format("{} is left aside: {}", name, error.what()));
    }
  };
  with("axes.npy", [&](const SmallArray& array) { notes.axes = array.text(); });
  with("spacing.npy", [&](const SmallArray& array) { notes.spacing = array.numbers(3); });
  with("origin.npy", [&](const SmallArray& array) { notes.origin = array.numbers(3); });
  with("direction.npy", [&](const SmallArray& array) { notes.direction = array.numbers(9); });
  with("affine.npy", [&](const SmallArray& array) { notes.affine = array.numbers(16); });
  with("frameSpacing.npy", [&](const SmallArray& array) { notes.frameSpacing = array.numbers(1).front(); });
  with("frameUnit.npy", [&](const SmallArray& array) { notes.frameUnit = array.text(); });
  return notes;
}

const ZipMember& chooseVoxels(const Arrays& arrays, VolumeInfo& info) {
  if (const ZipMember* voxels = arrays.find(kVoxels)) return *voxels;
  const ZipMember* first = nullptr;
  std::size_t count = 0;
  for (const ZipMember& member : arrays.members()) {
    const bool note = std::find(kNoteMembers.begin(), kNoteMembers.end(), member.name) != kNoteMembers.end();
    if (note || !member.name.ends_with(".npy")) continue;
    if (first == nullptr) first = &member;
    ++count;
  }
  if (first == nullptr) throw fileError(ErrorCode::Format, info.path, "holds no array");
  const std::string name = printable(first->name.substr(0, first->name.size() - 4).substr(0, 60));
  info.warnings.push_back(
      count == 1 ? fmt::format("there is no array \"voxels\": the only one, \"{}\", is shown", name)
                 : fmt::format("there is no array \"voxels\": the first of {}, \"{}\", is shown", count, name));
  return *first;
}

}  // namespace

int scoreNpz(const Probe& probe) {
  if (probe.isDirectory) return 0;
  const std::string_view head(reinterpret_cast<const char*>(probe.head.data()), probe.head.size());
  const bool named = probe.lowerName.ends_with(".npz");
  if (!head.starts_with("PK\x03\x04")) return named ? 20 : 0;
  // The name of the first member follows its 30 bytes of numbers.
  const std::string_view start = head.substr(0, 128);
  return named ? 100 : start.find(".npy") != std::string_view::npos ? 60 : 0;
}

std::unique_ptr<VolumeSource> openNpz(const std::string& path, const OpenOptions&) {
  const Arrays arrays(path);
  RawLayout layout;
  VolumeInfo& info = layout.info;
  info.path = path;
  info.format = "NPZ";
  const ZipMember& voxels = chooseVoxels(arrays, info);
  const std::string name = arrays.nameOfMember(voxels);
  const NpyHeader header = parseNpyHeader(name, arrays.start(voxels, kMostNpyHeader));
  info.pixelType = npyPixelType(name, header);
  info.byteOrder = header.byteOrder;
  for (const ZipMember& member : arrays.members()) {
    info.metadata.emplace_back("member", printable(member.name.substr(0, 200)));
  }
  describeArray(layout, header.shape, header.firstAxisFastest, notesIn(arrays, info));
  if (voxels.bytes < header.bytes || voxels.bytes - header.bytes < info.totalBytes()) {
    throw fileError(ErrorCode::Truncated, name,
                    fmt::format("is too short for its voxels (expected {} bytes, found {})", info.totalBytes(),
                                voxels.bytes - std::min<std::uint64_t>(voxels.bytes, header.bytes)));
  }
  DataSegment segment{path, static_cast<std::int64_t>(arrays.begin(voxels)), 0, voxels.crc};
  if (Arrays::deflated(voxels)) {
    layout.encoding = Encoding::Deflate;
    layout.decodedSkip = static_cast<std::int64_t>(header.bytes);
  } else {
    segment.offset += static_cast<std::int64_t>(header.bytes);
  }
  layout.segments.push_back(std::move(segment));
  return std::make_unique<RawSource>(std::move(layout));
}

}  // namespace voxmark
