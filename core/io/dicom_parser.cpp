#include "core/io/dicom_parser.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace voxmark::dicom {
namespace {

constexpr Tag kItem(0xfffe, 0xe000);
constexpr Tag kItemEnd(0xfffe, 0xe00d);
constexpr Tag kSequenceEnd(0xfffe, 0xe0dd);
constexpr int kDeepest = 24;
/// Longer values are private data and tables that nobody asks for.
constexpr std::uint32_t kLongestKept = 1U << 17;  // the longest table of a palette

/// The sequences that are looked into. Implicit encodings do not say what is one.
constexpr std::array kSequences = {Tag(0x5200, 0x9229), Tag(0x5200, 0x9230), Tag(0x0020, 0x9113), Tag(0x0020, 0x9116),
                                   Tag(0x0028, 0x9145), Tag(0x0028, 0x9110), Tag(0x0054, 0x0022)};

bool isPixels(const Tag& tag) {
  return tag == Tag(0x7fe0, 0x0010) || tag == Tag(0x7fe0, 0x0008) || tag == Tag(0x7fe0, 0x0009);
}

bool hasLongLength(std::string_view vr) {
  constexpr std::array<std::string_view, 13> kLong = {"OB", "OW", "OF", "OL", "OD", "OV", "SQ",
                                                      "UC", "UR", "UT", "UN", "SV", "UV"};
  return std::find(kLong.begin(), kLong.end(), vr) != kLong.end();
}

}  // namespace

void Parser::require(std::uint64_t count) const {
  if (count > bytes_.size() || pos_ > bytes_.size() - count) throw NeedsMore{};
}

std::uint16_t Parser::u16() {
  require(2);
  const auto first = std::to_integer<unsigned>(bytes_[pos_]);
  const auto second = std::to_integer<unsigned>(bytes_[pos_ + 1]);
  pos_ += 2;
  return static_cast<std::uint16_t>(bigEndian_ ? first << 8 | second : second << 8 | first);
}

std::uint32_t Parser::u32() {
  const std::uint32_t first = u16();
  const std::uint32_t second = u16();
  return bigEndian_ ? first << 16 | second : second << 16 | first;
}

Tag Parser::tag() {
  const std::uint16_t group = u16();
  return {group, u16()};
}

Parser::Start Parser::start() {
  Start head;
  head.tag = tag();
  if (head.tag.group == 0xfffe || !explicitVr_) {
    head.length = u32();
    const bool known = std::find(kSequences.begin(), kSequences.end(), head.tag) != kSequences.end();
    head.sequence = known || (head.length == kUndefinedLength && head.tag.group != 0xfffe);
    return head;
  }
  require(2);
  const std::string vr = {static_cast<char>(bytes_[pos_]), static_cast<char>(bytes_[pos_ + 1])};
  pos_ += 2;
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!capital(vr[0]) || !capital(vr[1])) {
    throw Malformed{
        fmt::format("element ({:04x},{:04x}) has no value representation", head.tag.group, head.tag.element)};
  }
  if (hasLongLength(vr)) {
    static_cast<void>(u16());
    head.length = u32();
  } else {
    head.length = u16();
  }
  head.sequence = vr == "SQ" || (vr == "UN" && head.length == kUndefinedLength);
  head.implicitItems = vr == "UN";
  return head;
}

DataSet Parser::metaInformation() {
  explicitVr_ = true;
  bigEndian_ = false;
  DataSet meta;
  while (pos_ < bytes_.size()) {
    const std::uint64_t before = pos_;
    if (tag().group != 2) {
      pos_ = before;
      break;
    }
    pos_ = before;
    readElement(start(), meta, 0);
  }
  return meta;
}

DataSet Parser::dataSet(bool explicitVr, bool bigEndian) {
  explicitVr_ = explicitVr;
  bigEndian_ = bigEndian;
  DataSet set(bigEndian);
  while (pos_ < bytes_.size()) {
    const Start head = start();
    if (isPixels(head.tag)) {
      pixels_ = PixelElement{head.tag, pos_, head.length};
      break;
    }
    readElement(head, set, 0);
  }
  return set;
}

void Parser::readElement(const Start& head, DataSet& into, int depth) {
  if (head.sequence) {
    const bool outer = explicitVr_;
    if (head.implicitItems) explicitVr_ = false;
    Element element{{}, sequence(head.length, depth + 1)};
    explicitVr_ = outer;
    into.add(head.tag, std::move(element));
    return;
  }
  if (head.length == kUndefinedLength) {
    skipFragments();
    return;
  }
  require(head.length);
  Element element;
  if (head.length <= kLongestKept) {
    element.value.assign(reinterpret_cast<const char*>(bytes_.data()) + pos_, head.length);
  }
  pos_ += head.length;
  into.add(head.tag, std::move(element));
}

/// Encapsulated pixels inside an item (an icon).
void Parser::skipFragments() {
  for (;;) {
    const Tag mark = tag();
    const std::uint32_t length = u32();
    if (mark == kSequenceEnd) return;
    if (mark != kItem || length == kUndefinedLength) throw Malformed{"a fragmented element has no proper end"};
    require(length);
    pos_ += length;
  }
}

std::vector<DataSet> Parser::sequence(std::uint32_t length, int depth) {
  if (depth > kDeepest) throw Malformed{"sequences are nested too deeply"};
  const bool open = length == kUndefinedLength;
  if (!open) require(length);
  const std::uint64_t end = open ? bytes_.size() : pos_ + length;
  std::vector<DataSet> found;
  for (;;) {
    if (!open && pos_ >= end) break;
    const Tag mark = tag();
    const std::uint32_t itemLength = u32();
    if (mark == kSequenceEnd) break;
    if (mark != kItem) {
      throw Malformed{fmt::format("a sequence holds ({:04x},{:04x}) instead of an item", mark.group, mark.element)};
    }
    found.push_back(item(itemLength, depth));
  }
  return found;
}

DataSet Parser::item(std::uint32_t length, int depth) {
  const bool open = length == kUndefinedLength;
  if (!open) require(length);
  const std::uint64_t end = open ? 0 : pos_ + length;
  DataSet set(bigEndian_);
  while (open || pos_ < end) {
    const Start head = start();
    if (head.tag == kItemEnd) break;
    readElement(head, set, depth);
  }
  return set;
}

}  // namespace voxmark::dicom
