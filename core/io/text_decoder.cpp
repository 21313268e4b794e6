#include <charconv>
#include <cstring>

#include "core/base/error.h"
#include "core/io/decoder.h"

namespace voxmark {
namespace {

bool isSpace(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v' || c == ',';
}

/// Numbers as text, separated by white space, or pairs of hexadecimal digits.
class TextDecoder final : public Decoder {
 public:
  TextDecoder(ChunkedInput input, bool hex, PixelType type) : input_(std::move(input)), hex_(hex), type_(type) {}

  std::size_t decode(std::span<std::byte> out, const JobContext& job) override {
    std::size_t done = 0;
    while (done < out.size()) {
      if (pendingAt_ == pending_.size() && !nextElement(job)) break;
      const std::size_t take = std::min(out.size() - done, pending_.size() - pendingAt_);
      std::memcpy(out.data() + done, pending_.data() + pendingAt_, take);
      pendingAt_ += take;
      done += take;
    }
    return done;
  }

 private:
  /// The next character, or 0 at the end.
  char nextChar(const JobContext& job) {
    if (at_ == chunk_.size()) {
      chunk_ = input_.next(job);
      at_ = 0;
      if (chunk_.empty()) return '\0';
    }
    return static_cast<char>(chunk_[at_++]);
  }

  bool nextElement(const JobContext& job) {
    char c = nextChar(job);
    while (isSpace(c)) c = nextChar(job);
    if (c == '\0') return false;
    std::string token;
    while (c != '\0' && !isSpace(c)) {
      token += c;
      if (token.size() > 400) bad(token);
      if (hex_ && token.size() == 2) break;
      c = nextChar(job);
    }
    pendingAt_ = 0;
    if (hex_) {
      parse<std::uint8_t>(token, 16);
    } else {
      visitPixelType(type_, [&](auto tag) { parseAs<typename decltype(tag)::type>(token); });
    }
    return true;
  }

  template <typename T>
  void parseAs(const std::string& token) {
    if constexpr (std::is_integral_v<T>) {
      parse<T>(token, 10);
    } else {
      double value = 0;
      const char* first = token.data() + (token.front() == '+' ? 1 : 0);
      const auto result = std::from_chars(first, token.data() + token.size(), value);
      if (result.ec != std::errc() || result.ptr != token.data() + token.size()) bad(token);
      if constexpr (std::is_same_v<T, double>) {
        store(value);
      } else {
        store(T(static_cast<float>(value)));
      }
    }
  }

  template <typename T>
  void parse(const std::string& token, int base) {
    T value{};
    const auto result = std::from_chars(token.data(), token.data() + token.size(), value, base);
    if (result.ec != std::errc() || result.ptr != token.data() + token.size()) bad(token);
    store(value);
  }

  template <typename T>
  void store(const T& value) {
    pending_.resize(sizeof(T));
    std::memcpy(pending_.data(), &value, sizeof(T));
  }

  [[noreturn]] void bad(const std::string& token) const {
    throw fieldError(input_.path(), "voxel value", hex_ ? "two hexadecimal digits" : "a number of its type",
                     "\"" + token.substr(0, 60) + "\"");
  }

  ChunkedInput input_;
  bool hex_;
  PixelType type_;
  std::span<std::byte> chunk_;
  std::size_t at_ = 0;
  std::vector<std::byte> pending_;
  std::size_t pendingAt_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> makeTextDecoder(ChunkedInput input, bool hex, PixelType type) {
  return std::make_unique<TextDecoder>(std::move(input), hex, type);
}

}  // namespace voxmark
