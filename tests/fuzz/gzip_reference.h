#pragma once

#include <cstddef>
#include <vector>

#include "tests/fuzz/fuzz_support.h"

namespace voxmark::fuzz {

/// What zlib makes of a gzip file.
struct GzipReference {
  std::vector<std::byte> bytes;  ///< of the members whose checksum and length are right, up to the first that is not
  bool whole = false;            ///< every member is right, and nothing but bytes that begin no member follows them
  bool tooLong = false;          ///< given up: more than the limit
};

/// Inflates members until one is damaged, the file ends, or what follows has no gzip signature.
[[nodiscard]] GzipReference inflateReference(Bytes file, std::size_t limit);

/// How far a bare deflate stream can be inflated, and how many stored bytes that took.
struct DeflateReference {
  std::vector<std::byte> bytes;
  std::size_t stored = 0;
  bool ended = false;  ///< the last block is whole
};
[[nodiscard]] DeflateReference inflateBare(Bytes stream, std::size_t limit);

/// One gzip member around a deflate stream of which the contents are known.
[[nodiscard]] std::vector<std::byte> gzipMember(Bytes deflated, Bytes contents);

/// One gzip member made by zlib: level 0 to 9; a flush after every `stretch` bytes (0: none), which leaves places where
/// decoding can begin.
[[nodiscard]] std::vector<std::byte> gzipped(Bytes contents, int level, std::size_t stretch = 0, bool fullFlush = true);

}  // namespace voxmark::fuzz
