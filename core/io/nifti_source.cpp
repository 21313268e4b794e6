#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/layout_source.h"
#include "core/io/magnitude_source.h"
#include "core/io/native_readers.h"
#include "core/io/nifti_extensions.h"

namespace voxmark {
namespace {

bool isGzip(const std::vector<std::byte>& head) {
  return head.size() >= 2 && head[0] == std::byte{0x1F} && head[1] == std::byte{0x8B};
}

bool endsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// "x.hdr", "x.HDR.gz" → the same with img for hdr, or the other way round.
std::string withOtherPart(const std::string& path, bool toImage) {
  const std::string from = toImage ? ".hdr" : ".img";
  const auto at = lower(path).rfind(from);
  const bool capitals = path[at + 1] == (toImage ? 'H' : 'I');
  const char* to = toImage ? (capitals ? ".IMG" : ".img") : (capitals ? ".HDR" : ".hdr");
  return path.substr(0, at) + to + path.substr(at + from.size());
}

/// The other file of a pair: of the same kind of name, else with or without .gz.
std::string findPartner(const std::string& path, bool toImage) {
  std::string partner = withOtherPart(path, toImage);
  if (isRegularFile(partner)) return partner;
  const bool packed = endsWith(lower(partner), ".gz");
  const std::string alternative = packed ? partner.substr(0, partner.size() - 3) : partner + ".gz";
  if (isRegularFile(alternative)) return alternative;
  throw fileError(ErrorCode::NotFound, path,
                  fmt::format("the {} of the pair is missing (expected {})", toImage ? "image" : "header", partner));
}

bool namedAs(const std::string& path, std::string_view ending) {
  const std::string name = lower(path);
  return endsWith(name, ending) || endsWith(name, std::string(ending) + ".gz");
}

/// First byte of the voxels in the (inflated) file that holds them.
std::int64_t voxelOffset(VolumeInfo& info, const NiftiHeader& h) {
  const double least = h.pair ? 0 : h.kind == NiftiKind::Nifti2 ? 544 : 352;
  if (!h.pair && h.voxOffset == 0) {
    info.warnings.push_back(fmt::format("vox_offset is 0: {} taken", least));
    return static_cast<std::int64_t>(least);
  }
  // A few bytes of slack towards the header's end are harmless; overlap with it is not.
  const double lowest = h.pair ? 0 : h.kind == NiftiKind::Nifti2 ? 540 : 348;
  if (!(h.voxOffset >= lowest && h.voxOffset <= 1e15)) {
    throw fieldError(info.path, "vox_offset", fmt::format("{} or more", least), fmt::format("{}", h.voxOffset));
  }
  if (h.voxOffset < least) {
    info.warnings.push_back(
        fmt::format("vox_offset is {} (expected {} or more): taken as it stands", h.voxOffset, least));
  }
  return static_cast<std::int64_t>(h.voxOffset);
}

/// What lies behind the voxels is read by nobody and not written again: worth a word where it is more than padding.
void noteStrayBytes(RawLayout& layout) {
  constexpr std::uint64_t kMostLookedAt = std::uint64_t{1} << 20;
  if (layout.encoding != Encoding::Raw) return;  // reading to the end of a stream says what follows
  const File data(layout.segments.front().path);
  const std::uint64_t end = static_cast<std::uint64_t>(layout.decodedSkip) + layout.info.totalBytes();
  if (data.size() <= end) return;
  const std::uint64_t behind = data.size() - end;
  if (holdsMoreThanZeros(data.readUpTo(end, static_cast<std::size_t>(std::min(behind, kMostLookedAt))))) {
    layout.info.warnings.push_back(fmt::format("{} bytes follow the voxels and were ignored", behind));
  }
}

/// Keeps the header for a file that is written from this one, and lists its extensions.
void keepOriginal(VolumeInfo& info, std::vector<std::byte> head, std::vector<HeaderExtension> extensions) {
  if (!extensions.empty()) info.metadata.emplace_back("extensions", std::to_string(extensions.size()));
  for (std::size_t n = 0; n < extensions.size(); ++n) {
    const HeaderExtension& extension = extensions[n];
    info.metadata.emplace_back(fmt::format("extension {}", n + 1),
                               fmt::format("{} (code {}), {} bytes", niftiExtensionName(extension.code), extension.code,
                                           extension.content.size()));
  }
  info.original = std::make_shared<const OriginalHeader>(OriginalHeader{std::move(head), std::move(extensions)});
}

/// Axes of a file whose fifth dimension holds components.
std::vector<FileAxis> vectorAxes(const VolumeInfo& info) {
  const Index3& size = info.geometry.size;
  return {{AxisRole::I, size[0]},
          {AxisRole::J, size[1]},
          {AxisRole::K, size[2]},
          {AxisRole::Frame, info.frames},
          {AxisRole::Component, info.components}};
}

}  // namespace

int scoreNifti(const Probe& probe) {
  if (probe.isDirectory) return 0;
  const bool pairName = namedAs(probe.lowerName, ".hdr") || namedAs(probe.lowerName, ".img");
  const auto head = probe.inflatedHead.empty() ? probe.head : probe.inflatedHead;
  if (const auto signature = niftiSignature(head, namedAs(probe.lowerName, ".hdr"))) {
    return signature->kind == NiftiKind::Analyze ? 90 : 100;
  }
  if (pairName) return 15;
  return namedAs(probe.lowerName, ".nii") ? 20 : 0;
}

std::unique_ptr<VolumeSource> openNifti(const std::string& path, const OpenOptions&) {
  const bool image = namedAs(path, ".img");
  const std::string headerPath = image ? findPartner(path, false) : path;
  const auto file = std::make_shared<const File>(headerPath);
  if (file->size() == 0) throw fileError(ErrorCode::Truncated, headerPath, "is empty");
  std::vector<std::byte> head = file->readUpTo(0, kNifti2Bytes);
  const bool packed = isGzip(head);
  if (!packed && endsWith(lower(headerPath), ".gz")) {
    throw fileError(ErrorCode::Format, headerPath, "is not gzip data, as its name says");
  }
  if (packed) head = inflatedStart(file, kNifti2Bytes);
  if (head.size() < kNifti1Bytes) {
    throw fileError(ErrorCode::Truncated, headerPath,
                    fmt::format("ends inside its header (expected {} bytes, found {})", kNifti1Bytes, head.size()));
  }
  const bool headerName = namedAs(headerPath, ".hdr");
  const auto signature = niftiSignature(head, headerName);
  if (!signature) throw fileError(ErrorCode::Format, headerPath, "has no NIfTI or Analyze header");
  const NiftiHeader header = parseNiftiHeader(headerPath, head, *signature);
  RawLayout layout;
  layout.info = niftiInfo(path, header);
  std::string dataPath = headerPath;
  if (header.pair) {
    if (!headerName) throw fieldError(headerPath, "magic", "n+1 or n+2 in a single file", "that of an .hdr/.img pair");
    dataPath = image ? path : findPartner(path, true);
  }
  const auto start = File(dataPath).readUpTo(0, 2);
  layout.encoding = isGzip(start) && (packed || endsWith(lower(dataPath), ".gz")) ? Encoding::Gzip : Encoding::Raw;
  if (header.pair && layout.encoding == Encoding::Raw && endsWith(lower(dataPath), ".gz")) {
    throw fileError(ErrorCode::Format, dataPath, "is not gzip data, as its name says");
  }
  layout.decodedSkip = voxelOffset(layout.info, header);
  if (holdsVectors(header)) layout.axes = vectorAxes(layout.info);
  layout.segments.push_back({dataPath, 0, 0});
  validate(layout.info);
  if (header.kind != NiftiKind::Analyze) {
    head.resize(header.kind == NiftiKind::Nifti2 ? kNifti2Bytes : kNifti1Bytes);
    const auto end = header.pair ? 0 : static_cast<std::uint64_t>(layout.decodedSkip);
    keepOriginal(layout.info, std::move(head), readNiftiExtensions(file, packed, header, end, layout.info.warnings));
  }
  noteStrayBytes(layout);
  auto source = std::make_unique<RawSource>(std::move(layout));
  if (holdsComplex(header)) return std::make_unique<MagnitudeSource>(std::move(source));
  return source;
}

}  // namespace voxmark
