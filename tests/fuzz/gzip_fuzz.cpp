// Compressed voxels: whole and in parts, against each other and against zlib.
//
// An input: one byte chooses how the file is made, six numbers of two bytes and one more choose each of two regions,
// and the rest is
//   0  the file itself;
//   1  a deflate stream, behind a stored block with a header: the checksum is made to fit what zlib gets;
//   2  voxels, compressed by zlib: level, members and flushes are chosen by three bytes.
#include <algorithm>
#include <array>
#include <cstring>

#include "core/io/nifti_header.h"
#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/gzip_reference.h"

namespace voxmark::fuzz {
namespace {

constexpr const char* kName = "x.nii.gz";
constexpr std::size_t kHeaderBytes = 352;
/// Larger volumes are not read, and longer streams not compared.
constexpr std::size_t kMostRead = std::size_t{1} << 20;
constexpr std::size_t kMostInflated = std::size_t{8} << 20;

template <typename T>
void put(std::vector<std::byte>& header, std::size_t at, T value) {
  std::memcpy(header.data() + at, &value, sizeof value);  // little endian machines only, as the rest of the project
}

/// A NIfTI-1 header over as many bytes, as slices of 16×8.
std::vector<std::byte> headerFor(std::size_t voxels) {
  std::vector<std::byte> header(kHeaderBytes);
  const auto count = static_cast<std::int16_t>(std::clamp<std::size_t>(voxels / 128, 1, 32767));
  put(header, 0, std::int32_t{348});
  const std::array<std::int16_t, 8> dim{3, 16, 8, count, 1, 1, 1, 1};
  put(header, 40, dim);
  put(header, 70, std::int16_t{2});
  put(header, 72, std::int16_t{8});
  put(header, 76, std::array<float, 8>{1, 1, 1, 1, 1, 1, 1, 1});
  put(header, 108, float{kHeaderBytes});
  put(header, 344, std::array<char, 4>{'n', '+', '1', '\0'});
  return header;
}

/// `first` as a stored block that others may follow, then `deflated`.
std::vector<std::byte> behindStored(const std::vector<std::byte>& first, Bytes deflated) {
  const auto length = static_cast<std::uint16_t>(first.size());
  std::vector<std::byte> out(5);
  put(out, 1, length);
  put(out, 3, static_cast<std::uint16_t>(~length));
  out.insert(out.end(), first.begin(), first.end());
  out.insert(out.end(), deflated.begin(), deflated.end());
  return out;
}

/// A file whose checksum fits as much of `deflated` as zlib can make something of.
std::vector<std::byte> aroundDeflated(Bytes deflated) {
  const DeflateReference tried =
      inflateBare(behindStored(std::vector<std::byte>(kHeaderBytes), deflated), kMostInflated);
  const std::size_t made = std::max(tried.bytes.size(), kHeaderBytes) - kHeaderBytes;
  std::vector<std::byte> stream = behindStored(headerFor(made), deflated);
  const DeflateReference reference = inflateBare(stream, kMostInflated);
  if (reference.ended) stream.resize(reference.stored);
  return gzipMember(stream, reference.bytes);
}

/// Some members around `voxels`, of which the first holds the header as well.
std::vector<std::byte> packed(Choices& choices) {
  const int level = choices.byte() % 10;
  const std::uint8_t flushes = choices.byte();
  const std::size_t stretch = (flushes & 1U) != 0 ? std::size_t{64} << (flushes >> 4U) : 0;
  const std::size_t members = 1 + choices.byte() % 4;
  const Bytes voxels = choices.rest();
  std::vector<std::byte> contents = headerFor(voxels.size());
  contents.insert(contents.end(), voxels.begin(), voxels.end());
  std::vector<std::byte> file;
  const std::size_t each = contents.size() / members + 1;
  for (std::size_t begin = 0; begin < contents.size(); begin += each) {
    const Bytes part = Bytes(contents).subspan(begin, std::min(each, contents.size() - begin));
    const auto member = gzipped(part, level, stretch, (flushes & 2U) != 0);
    file.insert(file.end(), member.begin(), member.end());
  }
  return file;
}

/// First byte of the voxels in the inflated file.
std::size_t voxelOffset(const VolumeInfo& info) {
  for (const auto& [name, value] : info.metadata) {
    if (name == "vox_offset" && value != "0") return static_cast<std::size_t>(std::stod(value));
  }
  return info.format == "NIfTI-2" ? 544 : kHeaderBytes;
}

/// What zlib says about the voxels of `info`: whether they are all there and right, and their bytes.
void compareWithReference(const VolumeInfo& info, const GzipReference& reference, const Volume* whole) {
  if (reference.tooLong) return;
  const std::size_t offset = voxelOffset(info);
  const std::size_t bytes = info.totalBytes();
  const bool there = offset <= reference.bytes.size() && bytes <= reference.bytes.size() - offset;
  if (whole == nullptr) {
    require(!(there && reference.whole), "what zlib accepts can be read", lastRefusal());
    return;
  }
  require(there, "voxels are not returned where zlib finds the stream damaged or short");
  // Other orders of bytes and axes are the header harness's business.
  const bool asStored =
      (info.byteOrder == ByteOrder::Little || bytesOf(info.pixelType) == 1) && info.meaning != ComponentMeaning::Vector;
  if (!asStored) return;
  const bool same = std::memcmp(whole->frameData(0), reference.bytes.data() + offset, bytes) == 0;
  require(same, "the voxels are those that zlib finds");
}

/// Opens anew, so that the order of requests is all that a source has seen.
void readInOrder(const std::string& path, const Volume* whole, std::span<const ReadRequest> requests) {
  const auto source = openOrRefuse(path);
  require(source != nullptr, "what has been opened once can be opened again", lastRefusal());
  for (const ReadRequest& request : requests) {
    if (whole != nullptr) {
      requireSameVoxels(*source, *whole, request);
    } else {
      (void)readOrRefuse(*source, request);
    }
  }
}

void read(const std::string& path, Bytes file, Choices regions) {
  const auto source = openOrRefuse(path);
  if (source == nullptr || source->info().totalBytes() > kMostRead) return;
  const VolumeInfo& info = source->info();
  const GzipReference reference = inflateReference(file, kMostInflated);
  const auto whole = readWholeOrRefuse(*source);
  for (const std::string& warning : source->readWarnings()) requireShowable(warning);
  compareWithReference(info, reference, whole.get());
  const Index3& size = info.geometry.size;
  const ReadRequest all{wholeOf(size), 0};
  const ReadRequest last{{{0, 0, size[2] - 1}, {size[0], size[1], 1}}, info.frames - 1};
  const ReadRequest one = chosenRequest(info, regions);
  const ReadRequest two = chosenRequest(info, regions);
  readInOrder(path, whole.get(), std::array{last, one, two, all, one});
  readInOrder(path, whole.get(), std::array{one, last, two});
}

}  // namespace
}  // namespace voxmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace voxmark::fuzz;
  constexpr std::size_t kRegionBytes = 2 * 7 * 2;
  Choices choices({reinterpret_cast<const std::byte*>(data), size});
  const int way = choices.byte() % 3;
  const Choices regions(choices.take(kRegionBytes));
  std::vector<std::byte> file;
  if (way == 0) {
    const Bytes rest = choices.rest();
    file.assign(rest.begin(), rest.end());
  } else {
    file = way == 1 ? aroundDeflated(choices.rest()) : packed(choices);
  }
  Folder::own().write(kName, file);
  read(Folder::own().path(kName), file, regions);
  return 0;
}
