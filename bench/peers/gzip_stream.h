#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include <isa-l.h>

namespace voxmark::peers {

/// ISA-L's inflate over a gzip file in memory, members one after the other, checksums left out: how fast the stream can
/// be decoded, whatever is done with it.
class GzipStream {
 public:
  explicit GzipStream(std::span<const std::byte> file) : file_(file), state_(std::make_unique<inflate_state>()) {
    startMember();
  }

  /// The next `out.size()` bytes. Throws where the stream ends before or is damaged.
  void inflate(std::span<std::byte> out) {
    constexpr std::size_t kMost = std::size_t{1} << 30;  // ISA-L counts in 32 bits
    while (!out.empty()) {
      const std::size_t room = std::min(out.size(), kMost);
      state_->next_out = reinterpret_cast<std::uint8_t*>(out.data());
      state_->avail_out = static_cast<std::uint32_t>(room);
      const std::uint32_t before = state_->avail_in;
      if (isal_inflate(state_.get()) != ISAL_DECOMP_OK) throw std::runtime_error("the gzip stream is damaged");
      const std::size_t got = room - state_->avail_out;
      out = out.subspan(got);
      if (state_->block_state == ISAL_BLOCK_FINISH) {
        if (!out.empty()) nextMember();
      } else if (got == 0 && before == state_->avail_in) {
        throw std::runtime_error("the gzip stream breaks off");
      }
    }
  }

 private:
  void startMember() {
    isal_inflate_init(state_.get());
    state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(file_.data() + at_));
    state_->avail_in = static_cast<std::uint32_t>(file_.size() - at_);
    isal_gzip_header header{};
    isal_gzip_header_init(&header);
    if (isal_read_gzip_header(state_.get(), &header) != ISAL_DECOMP_OK) {
      throw std::runtime_error("no gzip member begins here");
    }
    state_->crc_flag = ISAL_DEFLATE;
  }
  void nextMember() {
    constexpr std::size_t kTrailer = 8;
    const std::size_t unread = state_->avail_in + static_cast<std::size_t>(state_->read_in_length) / 8;
    at_ = file_.size() - unread + kTrailer;
    if (at_ >= file_.size()) throw std::runtime_error("the gzip file ends too early");
    startMember();
  }

  std::span<const std::byte> file_;
  std::size_t at_ = 0;
  std::unique_ptr<inflate_state> state_;
};

}  // namespace voxmark::peers
