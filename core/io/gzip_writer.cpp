#include "core/io/gzip_writer.h"

#include <algorithm>
#include <array>

#include <isa-l.h>

#include "core/base/parallel_for.h"
#include "core/io/deflate_chunk.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

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

GzipWriter::GzipWriter(AtomicFile& file, Wrapper wrapper, int level, int threads)
    : file_(file),
      wrapper_(wrapper),
      level_(level < 0 ? 1 : std::min(level, 9)),
      threads_(threads > 0 ? threads : defaultThreads()),
      chunk_(deflateChunkBytes(level_)),
      group_(chunk_ * static_cast<std::size_t>(threads_) * 2),
      checksum_(wrapper == Wrapper::Zlib ? 1 : 0) {
  constexpr std::array<unsigned char, 10> kGzip{0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255};  // no name, no time, any system
  constexpr std::array<unsigned char, 2> kZlib{0x78, 0x9C};
  if (wrapper == Wrapper::Gzip) file_.append(std::as_bytes(std::span(kGzip)));
  if (wrapper == Wrapper::Zlib) file_.append(std::as_bytes(std::span(kZlib)));
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
}

void GzipWriter::run(std::span<const std::byte> data, const JobContext& job) {
  const std::size_t chunks = chunkCount(data.size(), chunk_);
  std::vector<std::vector<std::byte>> packed(chunks);
  std::vector<std::uint32_t> checksums(chunks);
  const std::uint64_t action = trace::currentAction();
  parallelFor(data.size(), chunk_, threads_, [&](std::size_t begin, std::size_t end, std::size_t n) {
    job.throwIfCancelled();
    const trace::Adopt adopt(action);
    trace::Scope scope("deflate", end - begin);
    const auto part = data.subspan(begin, end - begin);
    packed[n] = deflateChunk(part, level_);
    if (wrapper_ == Wrapper::Gzip) checksums[n] = crc32_gzip_refl(0, input(part), part.size());
  });
  for (std::size_t n = 0; n < chunks; ++n) {
    const auto part = data.subspan(n * chunk_, std::min(chunk_, data.size() - n * chunk_));
    if (wrapper_ == Wrapper::Gzip) checksum_ = joinedCrc(checksum_, checksums[n], part.size());
    if (wrapper_ == Wrapper::Zlib) checksum_ = isal_adler32(checksum_, input(part), part.size());
    file_.append(packed[n]);
  }
  size_ += data.size();
}

void GzipWriter::putNumber(std::uint32_t value, bool bigEndian) {
  std::array<std::byte, 4> bytes{};
  for (std::size_t n = 0; n < 4; ++n) bytes.at(bigEndian ? 3 - n : n) = static_cast<std::byte>(value >> (8 * n));
  file_.append(bytes);
}

}  // namespace voxmark
