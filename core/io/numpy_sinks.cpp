#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "core/io/array_axes.h"
#include "core/io/array_notes.h"
#include "core/io/file_sink.h"
#include "core/io/native_readers.h"
#include "core/io/npy_header.h"
#include "core/io/zip_archive.h"

namespace voxmark {
namespace {

using Bytes = std::vector<std::byte>;

void join(Bytes& out, std::span<const std::byte> more) {
  out.insert(out.end(), more.begin(), more.end());
}

/// NumPy has no bf16, and its files no field for a scale.
class NumpySink : public FileSink {
 public:
  using FileSink::FileSink;

 private:
  void check(const VolumeInfo& info) const override { (void)npyDescriptor(path(), info.pixelType); }
  [[nodiscard]] bool holdsScale(const VolumeInfo&) const override { return false; }

 protected:
  [[nodiscard]] Bytes streamStart(const VolumeInfo& info) const override {
    return npyHeaderBytes(npyDescriptor(path(), info.pixelType), arrayShape(info));
  }
};

class NpySink final : public NumpySink {
 public:
  using NumpySink::NumpySink;

 private:
  /// The notes are the header of the pair, so that whoever sees them sees the array.
  [[nodiscard]] Packing packing(const VolumeInfo&) const override {
    Packing out;
    out.headerPath = path() + ".json";
    out.dataPath = path();
    return out;
  }
  [[nodiscard]] Bytes header(const VolumeInfo& info, std::uint64_t) const override {
    nlohmann::ordered_json notes = arrayNotesJson(info);
    notes["shape"] = arrayShape(info);
    notes["pixelType"] = pixelTypeName(info.pixelType);
    const std::string text = notes.dump(1) + "\n";
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
  }
};

/// The small arrays and the start of the large one, which is the last.
struct ArchiveStart {
  Bytes bytes;
  std::vector<ZipMember> members;
  void add(const std::string& name, std::span<const std::byte> content) {
    ZipMember member;
    member.name = name + ".npy";
    member.bytes = member.stored = content.size();
    member.crc = continuedCrc(0, content);
    begin(member);
    join(bytes, content);
  }
  void begin(ZipMember member) {
    member.offset = bytes.size();
    join(bytes, zipLocalHeader(member));
    members.push_back(std::move(member));
  }
  void addNumbers(const std::string& name, std::span<const double> values, const std::vector<std::int64_t>& shape) {
    Bytes content = npyHeaderBytes("f8", shape);
    join(content, std::as_bytes(values));
    add(name, content);
  }
  /// One text of ASCII characters, which take four bytes each.
  void addText(const std::string& name, const std::string& value) {
    Bytes content = npyHeaderBytes(fmt::format("U{}", value.size()), {});
    for (const char c : value) {
      join(content, std::bit_cast<std::array<std::byte, 4>>(std::uint32_t{static_cast<unsigned char>(c)}));
    }
    add(name, content);
  }
};

class NpzSink final : public NumpySink {
 public:
  using NumpySink::NumpySink;

 private:
  /// Stored, so that a part can be read, unless a level asks for less.
  [[nodiscard]] Packing packing(const VolumeInfo&) const override {
    Packing out;
    out.closed = true;
    if (options().level > 0) out.compress = Wrapper::Nothing;
    return out;
  }

  [[nodiscard]] ArchiveStart start(const VolumeInfo& info) const {
    ArchiveStart out;
    const Geometry& g = info.geometry;
    out.addText("axes", arrayAxes(info));
    out.addNumbers("spacing", g.spacing, {3});
    out.addNumbers("origin", g.origin, {3});
    out.addNumbers("direction", g.direction, {3, 3});
    out.addNumbers("affine", rasAffine(g), {4, 4});
    if (info.frames > 1 && info.frameSpacing > 0) out.addNumbers("frameSpacing", {&info.frameSpacing, 1}, {});
    if (info.frames > 1 && !info.frameUnit.empty()) out.addText("frameUnit", info.frameUnit);
    ZipMember voxels;
    voxels.name = "voxels.npy";
    voxels.method = static_cast<std::uint16_t>(options().level > 0 ? ZipMethod::Deflated : ZipMethod::Stored);
    voxels.bytes = streamStart(info).size() + info.totalBytes();
    out.begin(voxels);
    return out;
  }

  [[nodiscard]] Bytes header(const VolumeInfo& info, std::uint64_t) const override { return start(info).bytes; }

  void close(const VolumeInfo& info, const Stream& stream, AtomicFile& file) const override {
    std::vector<ZipMember> members = start(info).members;
    ZipMember& voxels = members.back();
    voxels.stored = stream.stored;
    voxels.crc = stream.crc;
    file.patch(voxels.offset, zipLocalHeader(voxels));
    file.append(zipDirectory(members, file.size()));
  }
};

}  // namespace

std::unique_ptr<VolumeSink> createNumpy(const std::string& path, const WriteOptions& options) {
  if (lower(path).ends_with(".npz")) return std::make_unique<NpzSink>(path, options);
  return std::make_unique<NpySink>(path, options);
}

}  // namespace voxmark
