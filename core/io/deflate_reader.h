#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/io/deflate_codes.h"

namespace voxmark {

/// Compressed bytes at hand. A reader takes from the front.
struct DeflateInput {
  const std::uint8_t* next = nullptr;
  const std::uint8_t* end = nullptr;
  bool last = true;  ///< no more will follow behind `end`
};

/// Decodes bare deflated data (RFC 1951) piece by piece. It can stop wherever a block begins, so that decoding can
/// begin there again.
class DeflateReader {
 public:
  /// How far back deflated data refer to what came before.
  static constexpr std::size_t kWindow = 32768;
  /// Unless the input is the last, it has to hold this much: the longest header of a block and some more.
  static constexpr std::size_t kLeastInput = 1024;

  enum class Stop {
    OutputFull,
    InputShort,  ///< less than kLeastInput is left and more will follow
    BlockBegins,
    StreamEnds,  ///< the input's front is the byte behind the stream
  };

  /// Begins at the header of a block, `skipBits` (0 to 7) bits into the input's first byte, with up to kWindow decoded
  /// bytes before it.
  void start(unsigned skipBits = 0, std::span<const std::byte> window = {});
  /// Decodes into `out` behind its first `done` bytes, which are the last that were decoded and still as they were, and
  /// counts on. Stops at the beginning of the next block behind `blockAfter` bytes of `out`, where that comes first.
  /// Throws Error: Format (damaged), Truncated.
  [[nodiscard]] Stop decode(DeflateInput& input, std::span<std::byte> out, std::size_t& done,
                            std::size_t blockAfter = SIZE_MAX);
  /// Bits of the byte before the input's front that have not been used: 0 to 7. At the stream's end they are padding.
  [[nodiscard]] unsigned unusedBits() const { return count_; }
  /// Where in an input that began at `begin` and was given whole the header of the latest block is, in bits.
  [[nodiscard]] std::size_t headerBit(const std::uint8_t* begin) const {
    return static_cast<std::size_t>(header_ - begin) * 8 - headerUnused_;
  }
  /// The last bytes decoded, up to kWindow. Valid until the next call.
  [[nodiscard]] std::span<const std::byte> window() const;

  /// What the inner loop works on.
  struct Cursor {
    const std::uint8_t* in;
    const std::uint8_t* inEnd;
    std::uint8_t* out;
    std::uint8_t* outBegin;
    std::uint8_t* outEnd;
    std::uint64_t bits;
    unsigned count;  ///< bits at hand in `bits`
  };

 private:
  enum class State { Header, Stored, Coded, Ended };

  /// Decodes until something is to be said; `blockAfter`: where in the output a block's beginning is
  /// to be said from; null: nowhere.
  [[nodiscard]] Stop advance(Cursor& at, bool last, const std::uint8_t* blockAfter);
  void readHeader(Cursor& at);
  void readCodes(Cursor& at);
  void copyStored(Cursor& at);
  /// False where the input is short.
  [[nodiscard]] bool decodeCoded(Cursor& at, bool last);
  void decodeOne(Cursor& at);
  void copyPending(Cursor& at);
  void endBlock();
  [[nodiscard]] static unsigned take(Cursor& at, unsigned bits);

  State state_ = State::Header;
  bool final_ = false;
  std::uint64_t bits_ = 0;
  unsigned count_ = 0;
  unsigned skip_ = 0;
  const std::uint8_t* header_ = nullptr;
  unsigned headerUnused_ = 0;
  std::size_t storedLeft_ = 0;
  std::size_t matchLeft_ = 0;
  std::size_t distance_ = 0;
  DeflateCodes codes_;
  std::vector<std::uint8_t> bounce_;  ///< the window, and room to decode behind it
  std::size_t windowBytes_ = 0;
};

}  // namespace voxmark
