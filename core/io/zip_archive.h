#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/io/file_access.h"

namespace voxmark {

/// How the bytes of a member are stored: the two methods that NumPy writes.
enum class ZipMethod : std::uint16_t { Stored = 0, Deflated = 8 };

/// A member of a zip archive (PKWARE's APPNOTE 6.3), as its directory lists it.
struct ZipMember {
  std::string name;
  std::uint16_t method = 0;  ///< a ZipMethod, or one that is not read here
  bool encrypted = false;
  std::uint32_t crc = 0;
  std::uint64_t bytes = 0;   ///< of the content
  std::uint64_t stored = 0;  ///< of the content as it lies in the file
  std::uint64_t offset = 0;  ///< of the member's own header in the file
};

/// The members of an archive in the order of its directory, read from its end; zip64 included. Throws Error: Format (no
/// directory, one that does not lie inside the file, a name twice), Truncated, Unsupported (several disks, more than
/// 16 MiB of directory).
[[nodiscard]] std::vector<ZipMember> readZipDirectory(const File& file);

/// Where the content of a member begins. Throws Error: Format (no header of a member there, or content beyond the end
/// of the file), Truncated.
[[nodiscard]] std::uint64_t zipContentOffset(const File& file, const ZipMember& member);

/// The header in front of a member's content, of a length that makes the content begin at a multiple of 64 in the file.
/// Its length depends on name, bytes and offset alone: written with what is known beforehand, it can be written over
/// with all the rest afterwards.
[[nodiscard]] std::vector<std::byte> zipLocalHeader(const ZipMember& member);

/// The directory of an archive, which lies at `offset` in its file, behind the last member, and ends it.
[[nodiscard]] std::vector<std::byte> zipDirectory(const std::vector<ZipMember>& members, std::uint64_t offset);

}  // namespace voxmark
