#include "core/io/seekable_gzip.h"

#include <array>
#include <bit>

#include "core/io/byte_order.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kFieldBytes = 14;  // of ours, before the sizes
constexpr std::uint64_t kSizeBytes = 3;
constexpr std::uint64_t kEndBytes = 2 + 8;  // the empty last block, checksum and size
constexpr unsigned kMostChunkLog = 40;

std::uint64_t chunksOf(std::uint64_t outBytes, unsigned chunkLog) {
  return (outBytes >> chunkLog) + ((outBytes & ((std::uint64_t{1} << chunkLog) - 1)) != 0 ? 1 : 0);
}

template <typename T>
void put(std::vector<std::byte>& to, T value, std::size_t bytes = sizeof(T)) {
  for (std::size_t n = 0; n < bytes; ++n) to.push_back(static_cast<std::byte>(value >> (8 * n)));
}

}  // namespace

unsigned chunkLogFor(std::uint64_t outBytes, unsigned wanted) {
  unsigned log = wanted;
  while (chunksOf(outBytes, log) > kMostChunks) ++log;
  return log;
}

std::vector<std::byte> seekableHeader(std::uint64_t outBytes, unsigned chunkLog) {
  const std::uint64_t chunks = chunksOf(outBytes, chunkLog);
  const std::uint64_t field = kFieldBytes + kSizeBytes * chunks;
  std::vector<std::byte> out;
  // Deflated, with an extra field; no time, by any system.
  for (const unsigned byte : {0x1FU, 0x8BU, 8U, 4U, 0U, 0U, 0U, 0U, 0U, 255U}) out.push_back(std::byte(byte));
  put(out, static_cast<std::uint16_t>(4 + field));
  for (const char letter : {'V', 'M'}) out.push_back(std::byte(letter));
  put(out, static_cast<std::uint16_t>(field));
  out.push_back(std::byte{1});
  out.push_back(std::byte(chunkLog));
  put(out, outBytes);
  put(out, static_cast<std::uint32_t>(chunks));
  out.resize(out.size() + kSizeBytes * chunks);
  return out;
}

std::vector<std::byte> tableBytes(const std::vector<std::uint32_t>& chunkBytes) {
  std::vector<std::byte> out;
  out.reserve(kSizeBytes * chunkBytes.size());
  for (const std::uint32_t bytes : chunkBytes) put(out, bytes, kSizeBytes);
  return out;
}

std::optional<ChunkTable> readChunkTable(const File& file, std::uint64_t begin) {
  const auto head = file.readUpTo(begin, kTableAt);
  if (head.size() < kTableAt) return std::nullopt;
  const HeaderBytes bytes(head, ByteOrder::Little);
  const auto field = std::uint64_t{bytes.get<std::uint16_t>(14)};
  const bool ours = bytes.get<std::uint32_t>(0) == 0x04088B1FU && head[12] == std::byte{'V'} &&
                    head[13] == std::byte{'M'} && head[16] == std::byte{1} && field >= kFieldBytes &&
                    bytes.get<std::uint16_t>(10) == field + 4;
  const unsigned log = bytes.get<std::uint8_t>(17);
  if (!ours || log > kMostChunkLog || log < 10) return std::nullopt;
  ChunkTable out;
  out.chunk = std::uint64_t{1} << log;
  out.outBytes = bytes.get<std::uint64_t>(18);
  const std::uint64_t chunks = bytes.get<std::uint32_t>(26);
  if (chunks == 0 || out.outBytes >> 62 != 0 || chunksOf(out.outBytes, log) != chunks ||
      field != kFieldBytes + kSizeBytes * chunks) {
    return std::nullopt;
  }
  const auto sizes = file.readUpTo(begin + kTableAt, kSizeBytes * chunks);
  if (sizes.size() != kSizeBytes * chunks) return std::nullopt;
  out.dataAt = begin + kTableAt + sizes.size();
  std::uint64_t end = out.dataAt;
  for (std::uint64_t n = 0; n < chunks; ++n) {
    std::uint32_t size = 0;
    for (std::size_t b = 0; b < kSizeBytes; ++b)
      size |= std::to_integer<std::uint32_t>(sizes[n * kSizeBytes + b]) << 8 * b;
    if (size == 0 && n == 0) return std::nullopt;  // its writer did not get to the end
    out.chunkBytes.push_back(size);
    end += size;
  }
  // The member is the last thing in the file.
  if (end + kEndBytes != file.size()) return std::nullopt;
  std::array<std::byte, kEndBytes> tail{};
  file.readAt(end, tail);
  const HeaderBytes trailer(tail, ByteOrder::Little);
  if (trailer.get<std::uint16_t>(0) != 3 || trailer.get<std::uint32_t>(6) != static_cast<std::uint32_t>(out.outBytes)) {
    return std::nullopt;
  }
  out.checksum = trailer.get<std::uint32_t>(2);
  return out;
}

}  // namespace voxmark
