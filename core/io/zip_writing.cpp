#include <algorithm>

#include "core/io/zip_archive.h"
#include "core/io/zip_format.h"

namespace voxmark {
namespace {

/// Little-endian fields one after another.
class Fields {
 public:
  template <typename T>
  Fields& put(T value) {
    for (std::size_t n = 0; n < sizeof(T); ++n) {
      bytes_.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(value) >> (8 * n)));
    }
    return *this;
  }
  Fields& put(const std::string& text) {
    for (const char c : text) bytes_.push_back(static_cast<std::byte>(c));
    return *this;
  }
  Fields& zeros(std::size_t count) {
    bytes_.resize(bytes_.size() + count);
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// Content that is deflated can become a little longer.
bool large(const ZipMember& member) {
  return member.bytes + member.bytes / 64 + (std::uint64_t{1} << 16) >= zip::kInZip64;
}

std::uint32_t shortened(std::uint64_t value, bool elsewhere) {
  return elsewhere ? zip::kInZip64 : static_cast<std::uint32_t>(value);
}

/// From the version needed to the two sizes: what both headers of a member have in common. No time is kept: the same
/// volume gives the same file (January 1st, 1980 is the first day that the format knows).
void putCommon(Fields& out, const ZipMember& member, bool zip64) {
  constexpr std::uint16_t kFirstDay = (1 << 5) | 1;
  out.put<std::uint16_t>(zip64 ? 45 : 20).put<std::uint16_t>(0).put<std::uint16_t>(member.method);
  out.put<std::uint16_t>(0).put<std::uint16_t>(kFirstDay).put<std::uint32_t>(member.crc);
  out.put(shortened(member.stored, zip64)).put(shortened(member.bytes, zip64));
  out.put(static_cast<std::uint16_t>(member.name.size()));
}

}  // namespace

std::vector<std::byte> zipLocalHeader(const ZipMember& member) {
  constexpr std::size_t kAlignment = 64;
  // A field of its own for the alignment, as Android's zipalign writes it: its tag, its size, the alignment, zeros.
  constexpr std::uint16_t kAlignmentTag = 0xD935;
  constexpr std::size_t kAlignmentField = 6;
  const bool zip64 = large(member);
  const std::size_t sizes = zip64 ? 20 : 0;
  const std::uint64_t end = member.offset + zip::kLocalBytes + member.name.size() + sizes + kAlignmentField;
  const std::size_t padding = (kAlignment - end % kAlignment) % kAlignment;
  Fields out;
  out.put(zip::kLocalMark);
  putCommon(out, member, zip64);
  out.put(static_cast<std::uint16_t>(sizes + kAlignmentField + padding)).put(member.name);
  if (zip64) out.put(zip::kZip64Tag).put<std::uint16_t>(16).put(member.bytes).put(member.stored);
  out.put(kAlignmentTag).put(static_cast<std::uint16_t>(2 + padding)).put<std::uint16_t>(kAlignment).zeros(padding);
  return out.take();
}

std::vector<std::byte> zipDirectory(const std::vector<ZipMember>& members, std::uint64_t offset) {
  Fields out;
  for (const ZipMember& member : members) {
    const bool far = member.offset >= zip::kInZip64;
    const bool zip64 = large(member);
    const std::size_t extra = (zip64 ? 16U : 0U) + (far ? 8U : 0U);
    out.put(zip::kEntryMark).put<std::uint16_t>(zip64 || far ? 45 : 20);
    putCommon(out, member, zip64);
    out.put(static_cast<std::uint16_t>(extra > 0 ? extra + 4 : 0)).zeros(10).put(shortened(member.offset, far));
    out.put(member.name);
    if (extra > 0) out.put(zip::kZip64Tag).put(static_cast<std::uint16_t>(extra));
    if (zip64) out.put(member.bytes).put(member.stored);
    if (far) out.put(member.offset);
  }
  const std::uint64_t length = out.size();
  const std::uint64_t count = members.size();
  const bool far = offset >= zip::kInZip64;
  if (far) {
    out.put(zip::kEnd64Mark).put<std::uint64_t>(zip::kEnd64Bytes - 12).put<std::uint16_t>(45).put<std::uint16_t>(45);
    out.zeros(8).put(count).put(count).put(length).put(offset);
    out.put(zip::kLocatorMark).put<std::uint32_t>(0).put(offset + length).put<std::uint32_t>(1);
  }
  const auto few = static_cast<std::uint16_t>(count);
  out.put(zip::kEndMark).zeros(4).put(few).put(few).put(static_cast<std::uint32_t>(length));
  out.put(shortened(offset, far)).put<std::uint16_t>(0);
  return out.take();
}

}  // namespace voxmark
