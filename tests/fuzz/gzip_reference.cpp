#include "tests/fuzz/gzip_reference.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <zlib.h>

namespace voxmark::fuzz {
namespace {

constexpr std::array kMagic{std::byte{0x1F}, std::byte{0x8B}};

Bytef* forZlib(const std::byte* bytes) {
  // zlib's interface is without const; inputs are not written to.
  return reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes));
}

struct Inflated {
  bool ended = false;
  std::size_t stored = 0;
};

/// One stream from the start of `input`, appended to `out` until that holds `limit` bytes.
Inflated inflateOne(Bytes input, int windowBits, std::size_t limit, std::vector<std::byte>& out) {
  z_stream stream{};
  require(inflateInit2(&stream, windowBits) == Z_OK, "zlib can be started");
  stream.next_in = forZlib(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  int result = Z_OK;
  std::array<std::byte, std::size_t{1} << 15> room;
  while (result == Z_OK && out.size() < limit) {
    stream.next_out = forZlib(room.data());
    stream.avail_out = static_cast<uInt>(room.size());
    result = inflate(&stream, Z_NO_FLUSH);
    out.insert(out.end(), room.begin(), room.end() - stream.avail_out);
  }
  const Inflated told{result == Z_STREAM_END, input.size() - stream.avail_in};
  inflateEnd(&stream);
  return told;
}

void append(std::vector<std::byte>& out, std::uint32_t number) {
  for (unsigned shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::byte>(number >> shift));
}

}  // namespace

GzipReference inflateReference(Bytes file, std::size_t limit) {
  GzipReference reference;
  do {
    const std::size_t before = reference.bytes.size();
    const Inflated member = inflateOne(file, 15 + 16, limit, reference.bytes);
    if (!member.ended) {
      reference.tooLong = reference.bytes.size() >= limit;
      reference.bytes.resize(before);
      return reference;
    }
    file = file.subspan(member.stored);
  } while (file.size() >= kMagic.size() && std::equal(kMagic.begin(), kMagic.end(), file.begin()));
  reference.whole = true;
  return reference;
}

DeflateReference inflateBare(Bytes stream, std::size_t limit) {
  DeflateReference reference;
  const Inflated told = inflateOne(stream, -15, limit, reference.bytes);
  reference.ended = told.ended;
  reference.stored = told.stored;
  return reference;
}

std::vector<std::byte> gzipMember(Bytes deflated, Bytes contents) {
  constexpr std::array<unsigned char, 10> kHead{0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255};
  std::vector<std::byte> member(kHead.size() + deflated.size());
  std::memcpy(member.data(), kHead.data(), kHead.size());
  std::copy(deflated.begin(), deflated.end(), member.begin() + kHead.size());
  append(member, static_cast<std::uint32_t>(crc32(0, forZlib(contents.data()), static_cast<uInt>(contents.size()))));
  append(member, static_cast<std::uint32_t>(contents.size()));
  return member;
}

std::vector<std::byte> gzipped(Bytes contents, int level, std::size_t stretch, bool fullFlush) {
  z_stream stream{};
  require(deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib can be started");
  if (stretch == 0) stretch = std::max<std::size_t>(contents.size(), 1);
  const std::size_t flushes = contents.size() / stretch + 1;
  std::vector<std::byte> out(deflateBound(&stream, static_cast<uLong>(contents.size())) + 16 * flushes);
  stream.next_out = forZlib(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  int result = Z_OK;
  do {
    const Bytes part = contents.first(std::min(stretch, contents.size()));
    contents = contents.subspan(part.size());
    stream.next_in = forZlib(part.data());
    stream.avail_in = static_cast<uInt>(part.size());
    result = deflate(&stream, contents.empty() ? Z_FINISH : fullFlush ? Z_FULL_FLUSH : Z_SYNC_FLUSH);
  } while (result == Z_OK && !contents.empty());
  require(result == Z_STREAM_END, "zlib compresses what it is given");
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace voxmark::fuzz
