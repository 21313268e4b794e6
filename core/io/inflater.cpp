#include <fmt/format.h>
#include <isa-l.h>

#include "core/base/error.h"
#include "core/io/decoder.h"
#include "core/trace/counters.h"

namespace voxmark {
namespace {

/// Streaming inflate of gzip (one or several members), zlib or bare data; checksums are verified at each end.
class Inflater final : public Decoder {
 public:
  Inflater(ChunkedInput input, Wrapper wrapper, std::optional<std::uint32_t> crc)
      : input_(std::move(input)), state_(std::make_unique<inflate_state>()), wrapper_(wrapper), crc_(crc) {
    start();
  }

  std::size_t decode(std::span<std::byte> out, const JobContext& job) override {
    std::size_t done = 0;
    while (done < out.size() && !ended_) {
      if (state_->avail_in == 0) refill(job);
      // ISA-L counts in 32 bits.
      const std::size_t room = std::min<std::size_t>(out.size() - done, std::size_t{1} << 30);
      state_->next_out = reinterpret_cast<std::uint8_t*>(out.data() + done);
      state_->avail_out = static_cast<std::uint32_t>(room);
      step(job);
      done += room - state_->avail_out;
    }
    trace::counters().bytesInflated.fetch_add(done);
    return done;
  }

 private:
  void start() {
    isal_inflate_init(state_.get());
    state_->crc_flag = wrapper_ == Wrapper::Gzip ? ISAL_GZIP : wrapper_ == Wrapper::Zlib ? ISAL_ZLIB : ISAL_DEFLATE;
    if (wrapper_ == Wrapper::Nothing && crc_) state_->crc_flag = ISAL_GZIP_NO_HDR;  // computed, nothing follows
  }

  void refill(const JobContext& job) {
    const std::span<std::byte> chunk = input_.next(job);
    state_->next_in = reinterpret_cast<std::uint8_t*>(chunk.data());
    state_->avail_in = static_cast<std::uint32_t>(chunk.size());
    inputEnded_ = chunk.empty();
  }

  void step(const JobContext& job) {
    const std::uint32_t inBefore = state_->avail_in;
    const std::uint32_t outBefore = state_->avail_out;
    const int result = isal_inflate(state_.get());
    const bool wrongCrc = crc_ && state_->block_state == ISAL_BLOCK_FINISH && state_->crc != *crc_;
    if (result == ISAL_INCORRECT_CHECKSUM || wrongCrc) {
      throw fileError(ErrorCode::Format, input_.path(),
                      "the compressed data are damaged (the checksum does not match)");
    }
    if (result < 0 || result == ISAL_NEED_DICT) {
      throw fileError(ErrorCode::Format, input_.path(),
                      fmt::format("the compressed data are damaged (inflate says {})", result));
    }
    if (state_->block_state == ISAL_BLOCK_FINISH) {
      nextMember(job);
    } else if (inputEnded_ && inBefore == state_->avail_in && outBefore == state_->avail_out) {
      throw fileError(ErrorCode::Truncated, input_.path(), "the compressed data break off before their end");
    }
  }

  /// After a member: another one follows, or whatever follows is no gzip and is left alone.
  void nextMember(const JobContext& job) {
    ended_ = true;
    if (wrapper_ != Wrapper::Gzip) return;
    if (state_->avail_in == 0) refill(job);
    if (state_->avail_in == 0 || *state_->next_in != 0x1F) return;
    std::uint8_t* next = state_->next_in;
    const std::uint32_t available = state_->avail_in;
    start();
    state_->next_in = next;
    state_->avail_in = available;
    ended_ = false;
  }

  ChunkedInput input_;
  std::unique_ptr<inflate_state> state_;
  Wrapper wrapper_;
  std::optional<std::uint32_t> crc_;
  bool ended_ = false;
  bool inputEnded_ = false;
};

}  // namespace

std::unique_ptr<Decoder> makeInflater(ChunkedInput input, Wrapper wrapper, std::optional<std::uint32_t> crc) {
  return std::make_unique<Inflater>(std::move(input), wrapper, crc);
}

}  // namespace voxmark
