#include <algorithm>

#include <bzlib.h>
#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/decoder.h"
#include "core/trace/counters.h"

namespace voxmark {
namespace {

class Bzip2Decoder final : public Decoder {
 public:
  explicit Bzip2Decoder(ChunkedInput input) : input_(std::move(input)) {
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw Error(ErrorCode::Memory, "no memory for bzip2");
  }
  ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&stream_); }
  Bzip2Decoder(const Bzip2Decoder&) = delete;
  Bzip2Decoder& operator=(const Bzip2Decoder&) = delete;

  std::size_t decode(std::span<std::byte> out, const JobContext& job) override {
    std::size_t done = 0;
    while (done < out.size() && !ended_) {
      if (stream_.avail_in == 0) refill(job);
      const std::size_t room = std::min<std::size_t>(out.size() - done, std::size_t{1} << 30);
      stream_.next_out = reinterpret_cast<char*>(out.data() + done);
      stream_.avail_out = static_cast<unsigned>(room);
      const int result = BZ2_bzDecompress(&stream_);
      done += room - stream_.avail_out;
      if (result == BZ_STREAM_END) {
        ended_ = true;
      } else if (result != BZ_OK) {
        throw fileError(ErrorCode::Format, input_.path(),
                        fmt::format("the bzip2 data are damaged (bzip2 says {})", result));
      } else if (inputEnded_ && stream_.avail_out == room) {
        throw fileError(ErrorCode::Truncated, input_.path(), "the bzip2 data break off before their end");
      }
    }
    trace::counters().bytesInflated.fetch_add(done);
    return done;
  }

 private:
  void refill(const JobContext& job) {
    const std::span<std::byte> chunk = input_.next(job);
    stream_.next_in = reinterpret_cast<char*>(chunk.data());
    stream_.avail_in = static_cast<unsigned>(chunk.size());
    inputEnded_ = chunk.empty();
  }

  ChunkedInput input_;
  bz_stream stream_{};
  bool ended_ = false;
  bool inputEnded_ = false;
};

}  // namespace

std::unique_ptr<Decoder> makeBzip2Decoder(ChunkedInput input) {
  return std::make_unique<Bzip2Decoder>(std::move(input));
}

}  // namespace voxmark
