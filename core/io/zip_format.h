#pragma once

#include <cstddef>
#include <cstdint>

/// Marks and lengths of the parts of a zip archive (PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.3).
namespace voxmark::zip {

inline constexpr std::uint32_t kLocalMark = 0x04034B50;
inline constexpr std::uint32_t kEntryMark = 0x02014B50;
inline constexpr std::uint32_t kEndMark = 0x06054B50;
inline constexpr std::uint32_t kEnd64Mark = 0x06064B50;
inline constexpr std::uint32_t kLocatorMark = 0x07064B50;

inline constexpr std::size_t kLocalBytes = 30;
inline constexpr std::size_t kEntryBytes = 46;
inline constexpr std::size_t kEndBytes = 22;
inline constexpr std::size_t kEnd64Bytes = 56;
inline constexpr std::size_t kLocatorBytes = 20;

/// The extra field with 64-bit numbers, for those that say kInZip64.
inline constexpr std::uint16_t kZip64Tag = 1;
inline constexpr std::uint32_t kInZip64 = 0xFFFFFFFF;

}  // namespace voxmark::zip
