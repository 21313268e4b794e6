#include "core/io/gzip_writer.h"

#include <algorithm>
#include <array>

#include <isa-l.h>

#include "core/base/parallel_for.h"
#include "core/io/deflate_chunk.h"
#include "core/io/seekable_gzip.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

/// Deflated by one thread at a time: some ten milliseconds' work, between two looks at whether to stop.
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
/// The largest chunk whose deflated size surely fits into three bytes.
constexpr unsigned kMostChunkLog = 23;
/// Data that shrink to a part this small are label maps, masks and the like.
constexpr std::size_t kWellPacked = 8;

const std::uint8_t* input(std::span<const std::byte> data) {
  return reinterpret_cast<const std::uint8_t*>(data.data());
}

/// Product of two polynomials modulo that of the CRC; the highest bit is the coefficient of x^0.
std::uint32_t product(std::uint32_t a, std::uint32_t b) {
  constexpr std::uint32_t kPolynomial = 0xEDB88320U;
  std::uint32_t out = 0;
  for (std::uint32_t bit = 0x80000000U; bit != 0; bit >>= 1) {
    if ((a & bit) != 0) out ^= b;
    b = (b & 1) != 0 ? (b >> 1) ^ kPolynomial : b >> 1;
  }
  return out;
}

}  // namespace

std::uint32_t continuedCrc(std::uint32_t before, std::span<const std::byte> data) {
  return crc32_gzip_refl(before, input(data), data.size());
}

std::uint32_t joinedCrc(std::uint32_t first, std::uint32_t second, std::uint64_t secondBytes) {
  // The first one is moved by as many zero bytes as follow it: a product with x^(8 · bytes).
  std::uint32_t factor = 0x80000000U;  // x^0
  std::uint32_t power = 0x00800000U;   // x^8
  for (; secondBytes != 0; secondBytes >>= 1) {
    if ((secondBytes & 1) != 0) factor = product(factor, power);
    power = product(power, power);
  }
  return product(first, factor) ^ second;
}

GzipWriter::GzipWriter(AtomicFile& file, Wrapper wrapper, int level, int threads, std::uint64_t bytes)
    : file_(file),
      wrapper_(wrapper),
      level_(level < 0 ? kSpeedLevel : std::min(level, 9)),
      threads_(threads > 0 ? threads : defaultThreads()),
      begin_(file.size()),
      bytes_(wrapper == Wrapper::Gzip ? bytes : 0),
      checksum_(wrapper == Wrapper::Zlib ? 1 : 0) {
  // Whoever asks for size gets larger chunks: each one begins without what was before it.
  chunkLog_ = chunkLogFor(bytes_, level_ >= kSizeLevel ? kLeastChunkLog + 1 : kLeastChunkLog);
  if (chunkLog_ > kMostChunkLog) bytes_ = 0;  // deflated sizes have three bytes
  block_ = std::max(kBlockBytes, bytes_ > 0 ? std::size_t{1} << chunkLog_ : 0);
  group_ = block_ * static_cast<std::size_t>(threads_) * 2;
  writeHeader();
}

void GzipWriter::writeHeader() {
  constexpr std::array<unsigned char, 10> kGzip{0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255};  // no name, no time, any system
  constexpr std::array<unsigned char, 2> kZlib{0x78, 0x9C};
  if (wrapper_ == Wrapper::Zlib) file_.append(std::as_bytes(std::span(kZlib)));
  if (wrapper_ != Wrapper::Gzip) return;
  if (bytes_ > 0) {
    file_.append(seekableHeader(bytes_, chunkLog_));
  } else {
    file_.append(std::as_bytes(std::span(kGzip)));
  }
}

void GzipWriter::append(std::span<const std::byte> data, const JobContext& job) {
  while (!data.empty()) {
    const std::size_t take = std::min(group_ - pending_.size(), data.size());
    const auto part = data.first(take);
    data = data.subspan(take);
    if (take == group_) {
      run(part, job);
      continue;
    }
    pending_.insert(pending_.end(), part.begin(), part.end());
    if (pending_.size() < group_) return;
    run(pending_, job);
    pending_.clear();
  }
}

void GzipWriter::finish(const JobContext& job) {
  run(pending_, job);
  pending_.clear();
  constexpr std::array<unsigned char, 2> kLastBlock{3, 0};  // an empty one
  file_.append(std::as_bytes(std::span(kLastBlock)));
  if (wrapper_ == Wrapper::Nothing) return;
  putNumber(checksum_, wrapper_ == Wrapper::Zlib);
  if (wrapper_ == Wrapper::Gzip) putNumber(static_cast<std::uint32_t>(size_), false);
  // A table that does not fit what was written stays empty, and its file is read like any other one.
  if (bytes_ > 0 && bytes_ == size_) file_.patch(begin_ + kTableAt, tableBytes(chunkBytes_));
}

struct GzipWriter::Packed {
  std::vector<std::byte> data;
  std::vector<std::uint32_t> chunks;  ///< sizes of its chunks, one a slot of the table
  std::uint32_t checksum = 0;
};

/// A block, as chunks that can be read by themselves; or as one, where it packs so well that the beginnings of chunks
/// would be a good part of it.
GzipWriter::Packed GzipWriter::pack(std::span<const std::byte> block) const {
  Packed out;
  const std::size_t chunk = bytes_ > 0 ? std::size_t{1} << chunkLog_ : block_;
  const std::size_t slots = chunkCount(block.size(), chunk);
  int level = level_;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const auto part = block.subspan(slot * chunk, std::min(chunk, block.size() - slot * chunk));
    const auto deflated = deflateChunk(part, level);
    out.chunks.push_back(static_cast<std::uint32_t>(deflated.size()));
    out.data.insert(out.data.end(), deflated.begin(), deflated.end());
    if (slot > 0 || deflated.size() * kWellPacked > part.size() || level == 0) continue;
    // Such data are packed fast by the careful method too, which finds much more in them.
    level = std::max(level, kSizeLevel);
    if (slots == 1 && level == level_) break;
    out.data = deflateChunk(block, level);
    out.chunks.assign(slots, 0);
    out.chunks[0] = static_cast<std::uint32_t>(out.data.size());
    break;
  }
  if (wrapper_ == Wrapper::Gzip) out.checksum = crc32_gzip_refl(0, input(block), block.size());
  return out;
}

void GzipWriter::run(std::span<const std::byte> data, const JobContext& job) {
  std::vector<Packed> packed(chunkCount(data.size(), block_));
  const std::uint64_t action = trace::currentAction();
  parallelFor(data.size(), block_, threads_, [&](std::size_t begin, std::size_t end, std::size_t n) {
    job.throwIfCancelled();
    const trace::Adopt adopt(action);
    trace::Scope scope("deflate", end - begin);
    packed[n] = pack(data.subspan(begin, end - begin));
  });
  for (std::size_t n = 0; n < packed.size(); ++n) {
    const auto block = data.subspan(n * block_, std::min(block_, data.size() - n * block_));
    if (wrapper_ == Wrapper::Gzip) checksum_ = joinedCrc(checksum_, packed[n].checksum, block.size());
    if (wrapper_ == Wrapper::Zlib) checksum_ = isal_adler32(checksum_, input(block), block.size());
    file_.append(packed[n].data);
    if (bytes_ > 0) chunkBytes_.insert(chunkBytes_.end(), packed[n].chunks.begin(), packed[n].chunks.end());
  }
  size_ += data.size();
}

void GzipWriter::putNumber(std::uint32_t value, bool bigEndian) {
  std::array<std::byte, 4> bytes{};
  for (std::size_t n = 0; n < 4; ++n) bytes.at(bigEndian ? 3 - n : n) = static_cast<std::byte>(value >> (8 * n));
  file_.append(bytes);
}

}  // namespace voxmark
