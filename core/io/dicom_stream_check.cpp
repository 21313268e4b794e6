#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_codec.h"

namespace voxmark::dicom {
namespace {

struct StreamSize {
  std::int64_t columns = 0, rows = 0;
  int components = 0, bits = 0;
};

std::int64_t bigEndian(const Bytes& bytes, std::size_t at, std::size_t count) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | std::to_integer<int>(bytes[at + i]);
  return value;
}

bool isFrameHeader(int marker) {
  const bool jpeg = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  return jpeg || marker == 0xf7;  // 0xf7: JPEG-LS
}

/// The frame header of a JPEG or JPEG-LS stream.
std::optional<StreamSize> jpegSize(const Bytes& bytes) {
  std::size_t at = 2;
  while (at + 10 <= bytes.size()) {
    const auto marker = static_cast<int>(bigEndian(bytes, at, 2));
    if (marker < 0xff00) return std::nullopt;
    if (marker == 0xffff) {
      ++at;
      continue;
    }
    if (isFrameHeader(marker & 0xff)) {
      return StreamSize{bigEndian(bytes, at + 7, 2), bigEndian(bytes, at + 5, 2),
                        static_cast<int>(bigEndian(bytes, at + 9, 1)), static_cast<int>(bigEndian(bytes, at + 4, 1))};
    }
    at += 2 + static_cast<std::size_t>(bigEndian(bytes, at + 2, 2));
  }
  return std::nullopt;
}

/// The SIZ segment of a JPEG 2000 code stream, which may lie in boxes.
std::optional<StreamSize> jpeg2000Size(const Bytes& bytes) {
  constexpr std::array kStart = {std::byte{0xff}, std::byte{0x4f}, std::byte{0xff}, std::byte{0x51}};
  const auto found = std::search(bytes.begin(), bytes.end(), kStart.begin(), kStart.end());
  if (bytes.end() - found < 43) return std::nullopt;
  const auto at = static_cast<std::size_t>(found - bytes.begin());
  return StreamSize{bigEndian(bytes, at + 8, 4) - bigEndian(bytes, at + 16, 4),
                    bigEndian(bytes, at + 12, 4) - bigEndian(bytes, at + 20, 4),
                    static_cast<int>(bigEndian(bytes, at + 40, 2)),
                    static_cast<int>(bigEndian(bytes, at + 42, 1) & 0x7f) + 1};
}

}  // namespace

void checkStream(const DicomFile& file, const Bytes& stream) {
  const bool jpeg = stream.size() > 2 && stream[0] == std::byte{0xff} && stream[1] == std::byte{0xd8};
  const auto size = jpeg ? jpegSize(stream) : jpeg2000Size(stream);
  if (!size) throw fileError(ErrorCode::Format, file.path, "the compressed pixels have no image header");
  if (size->columns != file.columns || size->rows != file.rows || size->components != file.components) {
    throw fieldError(file.path, "size of the compressed pixels",
                     fmt::format("{}×{}, {} component(s)", file.columns, file.rows, file.components),
                     fmt::format("{}×{}, {} component(s)", size->columns, size->rows, size->components));
  }
  const auto bytes = static_cast<std::size_t>((size->bits + 7) / 8);
  if (bytes != bytesOf(file.pixelType)) {
    throw fileError(ErrorCode::Unsupported, file.path,
                    fmt::format("compressed pixels of {} bits in a file of {} bits allocated cannot be read",
                                size->bits, file.bitsAllocated));
  }
}

}  // namespace voxmark::dicom
