#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"
#include "core/io/field_text.h"
#include "core/io/zip_archive.h"
#include "core/io/zip_format.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kMostDirectory = std::uint64_t{16} << 20;
constexpr std::size_t kMostComment = 0xFFFF;

Error damaged(const File& file, const std::string& what) {
  return fileError(ErrorCode::Format, file.path(), "the zip archive is damaged: " + what);
}

HeaderBytes numbersOf(std::span<const std::byte> bytes) {
  return {bytes, ByteOrder::Little};
}

struct Directory {
  std::uint64_t offset = 0, bytes = 0, entries = 0;
};

/// The record at the end of the file, behind which only a comment may follow.
std::optional<std::size_t> findEnd(std::span<const std::byte> tail) {
  if (tail.size() < zip::kEndBytes) return std::nullopt;
  const HeaderBytes numbers = numbersOf(tail);
  for (std::size_t at = tail.size() - zip::kEndBytes + 1; at-- > 0;) {
    if (numbers.get<std::uint32_t>(at) != zip::kEndMark) continue;
    if (at + zip::kEndBytes + numbers.get<std::uint16_t>(at + 20) == tail.size()) return at;
  }
  return std::nullopt;
}

/// What the 64-bit record says, to which a locator in front of the end leads; nothing where there is none.
std::optional<Directory> directory64(const File& file, std::uint64_t endOffset) {
  if (endOffset < zip::kLocatorBytes) return std::nullopt;
  const auto locator = file.readUpTo(endOffset - zip::kLocatorBytes, zip::kLocatorBytes);
  if (numbersOf(locator).get<std::uint32_t>(0) != zip::kLocatorMark) return std::nullopt;
  const auto at = numbersOf(locator).get<std::uint64_t>(8);
  const auto record = file.readUpTo(at, zip::kEnd64Bytes);
  if (record.size() < zip::kEnd64Bytes || numbersOf(record).get<std::uint32_t>(0) != zip::kEnd64Mark) {
    throw damaged(file, "its 64-bit end is not where it should be");
  }
  const HeaderBytes numbers = numbersOf(record);
  return Directory{numbers.get<std::uint64_t>(48), numbers.get<std::uint64_t>(40), numbers.get<std::uint64_t>(32)};
}

Directory findDirectory(const File& file) {
  const std::uint64_t tailBytes = std::min<std::uint64_t>(file.size(), zip::kEndBytes + kMostComment);
  const auto tail = file.readUpTo(file.size() - tailBytes, static_cast<std::size_t>(tailBytes));
  const auto end = findEnd(tail);
  if (!end) throw fileError(ErrorCode::Truncated, file.path(), "the zip archive has no directory at its end");
  const HeaderBytes numbers = numbersOf(std::span(tail).subspan(*end));
  if (numbers.get<std::uint16_t>(4) != numbers.get<std::uint16_t>(6)) {
    throw fileError(ErrorCode::Unsupported, file.path(), "zip archives of several disks are not supported");
  }
  Directory out{numbers.get<std::uint32_t>(16), numbers.get<std::uint32_t>(12), numbers.get<std::uint16_t>(10)};
  const std::uint64_t endOffset = file.size() - tailBytes + *end;
  const bool elsewhere = out.offset == zip::kInZip64 || out.bytes == zip::kInZip64 || out.entries == 0xFFFF;
  if (elsewhere) out = directory64(file, endOffset).value_or(out);
  if (out.offset > endOffset || out.bytes > endOffset - out.offset) {
    throw damaged(file, "its directory does not lie inside the file");
  }
  if (out.bytes > kMostDirectory) {
    throw fileError(ErrorCode::Unsupported, file.path(),
                    fmt::format("a zip directory of {} bytes is not supported (at most 16 MiB)", out.bytes));
  }
  return out;
}

/// 64-bit numbers for the fields that say they are there, in their order.
void readZip64(const File& file, std::span<const std::byte> extra, ZipMember& member) {
  while (extra.size() >= 4) {
    const HeaderBytes numbers = numbersOf(extra);
    const std::size_t length = numbers.get<std::uint16_t>(2);
    if (length > extra.size() - 4) break;
    if (numbers.get<std::uint16_t>(0) == zip::kZip64Tag) {
      std::size_t at = 4;
      for (std::uint64_t* value : {&member.bytes, &member.stored, &member.offset}) {
        if (*value != zip::kInZip64) continue;
        if (at + 8 > 4 + length) throw damaged(file, "a 64-bit size is missing");
        *value = numbers.get<std::uint64_t>(at);
        at += 8;
      }
      return;
    }
    extra = extra.subspan(4 + length);
  }
}

}  // namespace

std::vector<ZipMember> readZipDirectory(const File& file) {
  const Directory directory = findDirectory(file);
  const auto bytes = file.readUpTo(directory.offset, static_cast<std::size_t>(directory.bytes));
  std::vector<ZipMember> members;
  std::set<std::string> names;
  std::span<const std::byte> rest(bytes);
  while (!rest.empty()) {
    if (rest.size() < zip::kEntryBytes || numbersOf(rest).get<std::uint32_t>(0) != zip::kEntryMark) {
      throw damaged(file, "its directory is not made of entries");
    }
    const HeaderBytes numbers = numbersOf(rest);
    const std::size_t nameBytes = numbers.get<std::uint16_t>(28);
    const std::size_t extraBytes = numbers.get<std::uint16_t>(30);
    const std::size_t whole = zip::kEntryBytes + nameBytes + extraBytes + numbers.get<std::uint16_t>(32);
    if (whole > rest.size()) throw damaged(file, "an entry of its directory is cut off");
    ZipMember member;
    member.name.assign(reinterpret_cast<const char*>(rest.data()) + zip::kEntryBytes, nameBytes);
    member.encrypted = (numbers.get<std::uint16_t>(8) & 1) != 0;
    member.method = numbers.get<std::uint16_t>(10);
    member.crc = numbers.get<std::uint32_t>(16);
    member.stored = numbers.get<std::uint32_t>(20);
    member.bytes = numbers.get<std::uint32_t>(24);
    member.offset = numbers.get<std::uint32_t>(42);
    readZip64(file, rest.subspan(zip::kEntryBytes + nameBytes, extraBytes), member);
    if (!names.insert(member.name).second) {
      throw damaged(file, "it holds \"" + printable(member.name.substr(0, 60)) + "\" twice");
    }
    members.push_back(std::move(member));
    rest = rest.subspan(whole);
  }
  return members;
}

std::uint64_t zipContentOffset(const File& file, const ZipMember& member) {
  const std::string name = "\"" + printable(member.name.substr(0, 60)) + "\"";
  const auto header = file.readUpTo(member.offset, zip::kLocalBytes);
  if (header.size() < zip::kLocalBytes || numbersOf(header).get<std::uint32_t>(0) != zip::kLocalMark) {
    throw damaged(file, name + " is not where the directory says");
  }
  const HeaderBytes numbers = numbersOf(header);
  const std::uint64_t begin =
      member.offset + zip::kLocalBytes + numbers.get<std::uint16_t>(26) + numbers.get<std::uint16_t>(28);
  if (begin > file.size() || member.stored > file.size() - begin) {
    throw fileError(ErrorCode::Truncated, file.path(), name + " does not lie inside the file");
  }
  return begin;
}

}  // namespace voxmark
