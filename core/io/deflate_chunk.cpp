#include "core/io/deflate_chunk.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <fmt/format.h>
#include <isa-l.h>
#include <libdeflate.h>

#include "core/base/error.h"
#include "core/io/deflate_reader.h"

namespace voxmark {
namespace {

constexpr int kHighestIsal = 3;
constexpr std::array<std::uint32_t, kHighestIsal + 1> kWorkBytes{ISAL_DEF_LVL0_DEFAULT, ISAL_DEF_LVL1_DEFAULT,
                                                                 ISAL_DEF_LVL2_DEFAULT, ISAL_DEF_LVL3_DEFAULT};
/// Levels of libdeflate for ours from 4 on. Those above 10 take very long for little more.
constexpr std::array<int, 6> kLibdeflateLevels{4, 5, 6, 7, 9, 10};

std::vector<std::byte> deflateWithIsal(std::span<const std::byte> data, int level) {
  std::vector<std::byte> out(data.size() + data.size() / 64 + 1024);
  isal_zstream stream{};
  isal_deflate_init(&stream);
  thread_local std::vector<std::uint8_t> work;
  work.resize(std::max<std::size_t>({work.size(), 1, kWorkBytes.at(static_cast<std::size_t>(level))}));
  stream.level = static_cast<std::uint32_t>(level);
  stream.level_buf = work.data();
  stream.level_buf_size = kWorkBytes.at(static_cast<std::size_t>(level));
  stream.flush = FULL_FLUSH;
  // ISA-L's interface is not const-correct; it only reads its input.
  stream.next_in = const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(data.data()));
  stream.avail_in = static_cast<std::uint32_t>(data.size());
  std::size_t done = 0;
  do {
    if (done == out.size()) out.resize(2 * out.size());
    stream.next_out = reinterpret_cast<std::uint8_t*>(out.data() + done);
    stream.avail_out = static_cast<std::uint32_t>(out.size() - done);
    const int result = isal_deflate(&stream);
    if (result != COMP_OK) throw Error(ErrorCode::Io, fmt::format("compressing failed (deflate says {})", result));
    done = out.size() - stream.avail_out;
  } while (stream.avail_out == 0 || stream.avail_in > 0);
  out.resize(done);
  return out;
}

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

/// Each thread keeps one of each level: they are large.
libdeflate_compressor& compressorOf(int level) {
  thread_local std::array<std::unique_ptr<libdeflate_compressor, FreeCompressor>, 13> kept;
  auto& one = kept.at(static_cast<std::size_t>(level));
  if (!one) one.reset(libdeflate_alloc_compressor(level));
  if (!one) throw Error(ErrorCode::Memory, "no memory for compressing");
  return *one;
}

/// Turns a whole stream into one that goes on: its last block is no longer said to be the last, and an empty stored one
/// fills the byte that it ends in. Where that last block begins only decoding tells.
void openEnd(std::vector<std::byte>& stream, std::size_t decodedBytes) {
  thread_local std::vector<std::byte> scratch;
  scratch.resize(std::max(scratch.size(), decodedBytes + 1));
  const auto* begin = reinterpret_cast<const std::uint8_t*>(stream.data());
  DeflateInput input{begin, begin + stream.size(), true};
  thread_local DeflateReader reader;
  reader.start();
  std::size_t done = 0;
  const auto stop = reader.decode(input, scratch, done);
  if (stop != DeflateReader::Stop::StreamEnds || done != decodedBytes) {
    throw Error(ErrorCode::Io, "compressing failed (what it gave cannot be read back)");
  }
  const std::size_t bit = reader.headerBit(begin);
  stream[bit / 8] &= ~(std::byte{1} << (bit % 8));
  stream.resize(static_cast<std::size_t>(input.next - begin));
  // Three zero bits begin a stored block; then come its length, 0, and the same inverted.
  if (reader.unusedBits() < 3) stream.push_back(std::byte{0});
  for (const unsigned byte : {0U, 0U, 0xFFU, 0xFFU}) stream.push_back(std::byte(byte));
}

std::vector<std::byte> deflateWithLibdeflate(std::span<const std::byte> data, int level) {
  libdeflate_compressor& compressor = compressorOf(level);
  std::vector<std::byte> out(libdeflate_deflate_compress_bound(&compressor, data.size()) + 8);
  out.resize(libdeflate_deflate_compress(&compressor, data.data(), data.size(), out.data(), out.size()));
  if (out.empty()) throw Error(ErrorCode::Io, "compressing failed (no room for what it gave)");
  openEnd(out, data.size());
  return out;
}

}  // namespace

std::vector<std::byte> deflateChunk(std::span<const std::byte> data, int level) {
  if (level <= kHighestIsal) return deflateWithIsal(data, std::max(level, 0));
  const auto above = static_cast<std::size_t>(std::min(level - kHighestIsal - 1, 5));
  return deflateWithLibdeflate(data, kLibdeflateLevels.at(above));
}

}  // namespace voxmark
