#include "core/io/deflate_chunk.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <isa-l.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

constexpr int kHighestIsal = 3;
constexpr std::array<std::uint32_t, kHighestIsal + 1> kWorkBytes{ISAL_DEF_LVL0_DEFAULT, ISAL_DEF_LVL1_DEFAULT,
                                                                 ISAL_DEF_LVL2_DEFAULT, ISAL_DEF_LVL3_DEFAULT};

}  // namespace

std::size_t deflateChunkBytes(int level) {
  return std::size_t{1} << (level > kHighestIsal ? 18 : 20);
}

std::vector<std::byte> deflateChunk(std::span<const std::byte> data, int level) {
  std::vector<std::byte> out(data.size() + data.size() / 64 + 1024);
  if (level > kHighestIsal && deflateWithZlib(data, level, out)) return out;
  const auto chosen = static_cast<std::size_t>(std::clamp(level, 0, kHighestIsal));
  isal_zstream stream{};
  isal_deflate_init(&stream);
  thread_local std::vector<std::uint8_t> work;
  work.resize(std::max<std::size_t>({work.size(), 1, kWorkBytes.at(chosen)}));
  stream.level = static_cast<std::uint32_t>(chosen);
  stream.level_buf = work.data();
  stream.level_buf_size = kWorkBytes.at(chosen);
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

}  // namespace voxmark
