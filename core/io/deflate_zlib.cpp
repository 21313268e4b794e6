#include <fmt/format.h>
#include <zlib.h>

#include "core/base/error.h"
#include "core/io/deflate_chunk.h"

namespace voxmark {
namespace {

struct Stream {
  explicit Stream(int level) {
    constexpr int kBare = -15;  // no header of zlib's, a window of 32 KiB
    if (deflateInit2(&state, level, Z_DEFLATED, kBare, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw Error(ErrorCode::Memory, "no memory for compressing");
    }
  }
  ~Stream() { deflateEnd(&state); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  z_stream state{};
};

}  // namespace

bool deflateWithZlib(std::span<const std::byte> data, int level, std::vector<std::byte>& out) {
  Stream stream(level > 9 ? 9 : level);
  z_stream& state = stream.state;
  state.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(data.data()));  // only read
  state.avail_in = static_cast<uInt>(data.size());
  std::size_t done = 0;
  do {
    if (done == out.size()) out.resize(2 * out.size());
    state.next_out = reinterpret_cast<Bytef*>(out.data() + done);
    state.avail_out = static_cast<uInt>(out.size() - done);
    const int result = deflate(&state, Z_FULL_FLUSH);
    if (result != Z_OK && result != Z_BUF_ERROR) {
      throw Error(ErrorCode::Io, fmt::format("compressing failed (zlib says {})", result));
    }
    done = out.size() - state.avail_out;
  } while (state.avail_out == 0);
  out.resize(done);
  return true;
}

}  // namespace voxmark
