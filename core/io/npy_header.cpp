#include "core/io/npy_header.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"
#include "core/io/field_text.h"

namespace voxmark {
namespace {

constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::size_t kMostAxes = 64;  // NumPy's own limit

constexpr std::array<std::pair<std::string_view, PixelType>, 12> kTypes{{{"u1", PixelType::U8},
                                                                         {"i1", PixelType::I8},
                                                                         {"u2", PixelType::U16},
                                                                         {"i2", PixelType::I16},
                                                                         {"u4", PixelType::U32},
                                                                         {"i4", PixelType::I32},
                                                                         {"u8", PixelType::U64},
                                                                         {"i8", PixelType::I64},
                                                                         {"f2", PixelType::F16},
                                                                         {"f4", PixelType::F32},
                                                                         {"f8", PixelType::F64},
                                                                         {"b1", PixelType::U8}}};

/// The header's dictionary, which is text as Python writes it: quoted strings, True, False and tuples of whole numbers.
class Dictionary {
 public:
  Dictionary(const std::string& path, std::string_view text) : path_(path), rest_(text) {}

  NpyHeader parse() {
    expect('{');
    while (!take('}')) {
      const std::string key = quoted();
      expect(':');
      if (std::find(seen_.begin(), seen_.end(), key) != seen_.end()) throw wrong("each key once", key);
      seen_.push_back(key);
      if (key == "descr") {
        readDescriptor();
      } else if (key == "fortran_order") {
        header_.firstAxisFastest = truth();
      } else if (key == "shape") {
        readShape();
      } else {
        throw wrong("descr, fortran_order and shape", key);
      }
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    if (seen_.size() != 3) throw wrong("descr, fortran_order and shape", fmt::format("{} of them", seen_.size()));
    if (!trim(rest_).empty()) throw wrong("nothing after the dictionary", printable(rest_.substr(0, 40)));
    return std::move(header_);
  }

 private:
  [[nodiscard]] Error wrong(const std::string& expected, const std::string& found) const {
    return fieldError(path_, "NPY header", expected, "\"" + printable(found.substr(0, 60)) + "\"");
  }
  void skipBlanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size())); }
  [[nodiscard]] bool take(char c) {
    skipBlanks();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) {
    if (!take(c)) throw wrong(fmt::format("'{}'", c), std::string(rest_.substr(0, 20)));
  }
  std::string quoted() {
    const char quote = take('"') ? '"' : '\'';
    if (quote == '\'') expect(quote);
    const std::size_t end = rest_.find(quote);
    if (end == std::string_view::npos) throw wrong("a closing quote", std::string(rest_.substr(0, 20)));
    std::string out(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return out;
  }
  bool truth() {
    skipBlanks();
    for (const auto& [word, value] : {std::pair{std::string_view("True"), true}, {"False", false}}) {
      if (!rest_.starts_with(word)) continue;
      rest_.remove_prefix(word.size());
      return value;
    }
    throw wrong("True or False", std::string(rest_.substr(0, 20)));
  }
  void readDescriptor() {
    if (take('[')) throw fileError(ErrorCode::Unsupported, path_, "an array of records is not supported");
    std::string text = quoted();
    header_.byteOrder = kNativeOrder;
    if (!text.empty() && std::string_view("<>|=").find(text.front()) != std::string_view::npos) {
      if (text.front() == '<') header_.byteOrder = ByteOrder::Little;
      if (text.front() == '>') header_.byteOrder = ByteOrder::Big;
      text.erase(0, 1);
    }
    header_.type = std::move(text);
  }
  void readShape() {
    expect('(');
    while (!take(')')) {
      const std::size_t end = std::min(rest_.find_first_of(",)"), rest_.size());
      std::string_view number = trim(rest_.substr(0, end));
      if (number.ends_with('L')) number.remove_suffix(1);  // as Python 2 wrote long ones
      const std::int64_t size = toInteger(path_, "shape", number);
      if (size < 0) throw fieldError(path_, "shape", "sizes of 0 or more", std::to_string(size));
      if (header_.shape.size() == kMostAxes) throw wrong("at most 64 axes", "more");
      header_.shape.push_back(size);
      rest_.remove_prefix(end);
      if (!take(',')) {
        expect(')');
        break;
      }
    }
  }

  const std::string& path_;
  std::string_view rest_;
  std::vector<std::string> seen_;
  NpyHeader header_;
};

}  // namespace

bool startsNpy(std::span<const std::byte> head) {
  const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
  return text.starts_with(kMagic);
}

NpyHeader parseNpyHeader(const std::string& path, std::span<const std::byte> head) {
  const auto ends = [&] { return fileError(ErrorCode::Truncated, path, "ends inside its NPY header"); };
  if (!startsNpy(head)) {
    if (head.size() < kMagic.size()) throw ends();
    throw fieldError(path, "signature", "\"\\x93NUMPY\"", "something else");
  }
  if (head.size() < 12) throw ends();
  const auto version = std::to_integer<int>(head[6]);
  if (version < 1 || version > 3) {
    throw fileError(ErrorCode::Unsupported, path, fmt::format("version {} of NPY is not supported", version));
  }
  const HeaderBytes numbers(head, ByteOrder::Little);
  const std::size_t start = version == 1 ? 10 : 12;
  const std::size_t length = version == 1 ? numbers.get<std::uint16_t>(8) : numbers.get<std::uint32_t>(8);
  if (length > kMostNpyHeader - start) {
    throw fieldError(path, "length of the NPY header", fmt::format("at most {}", kMostNpyHeader - start),
                     std::to_string(length));
  }
  if (head.size() < start + length) throw ends();
  const std::string_view text(reinterpret_cast<const char*>(head.data()) + start, length);
  NpyHeader header = Dictionary(path, text).parse();
  header.bytes = start + length;
  return header;
}

PixelType npyPixelType(const std::string& path, const NpyHeader& header) {
  for (const auto& [name, type] : kTypes) {
    if (name == header.type) return type;
  }
  throw fileError(ErrorCode::Unsupported, path,
                  fmt::format("elements of type \"{}\" are not supported (expected whole numbers of 1 to 8 bytes, or "
                              "floating-point ones of 2 to 8)",
                              printable(header.type.substr(0, 40))));
}

std::string npyDescriptor(const std::string& path, PixelType type) {
  for (const auto& [name, known] : kTypes) {
    if (known == type) return std::string(name);
  }
  throw fileError(ErrorCode::Unsupported, path,
                  fmt::format("NumPy has no {} (write f16 or f32, or .safetensors)", pixelTypeName(type)));
}

std::vector<std::byte> npyHeaderBytes(const std::string& descriptor, const std::vector<std::int64_t>& shape) {
  const char order = descriptor.ends_with('1') && descriptor.size() == 2 ? '|'
                     : kNativeOrder == ByteOrder::Little                 ? '<'
                                                                         : '>';
  std::string sizes;
  for (const std::int64_t size : shape) sizes += fmt::format("{},", size);
  std::string text =
      fmt::format("{{'descr': '{}{}', 'fortran_order': False, 'shape': ({}), }}", order, descriptor, sizes);
  // Version 1.0 holds every header that can be written here: at most five sizes. The line ends with a newline.
  constexpr std::size_t kStart = 10;
  constexpr std::size_t kAlignment = 64;
  const std::size_t whole = (kStart + text.size() + 1 + kAlignment - 1) / kAlignment * kAlignment;
  text.resize(whole - kStart - 1, ' ');
  text += '\n';
  std::string out(kMagic);
  out += {'\x01', '\x00', static_cast<char>(text.size() & 0xFF), static_cast<char>(text.size() >> 8)};
  out += text;
  const auto* first = reinterpret_cast<const std::byte*>(out.data());
  return {first, first + out.size()};
}

}  // namespace voxmark
