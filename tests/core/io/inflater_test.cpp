// Gzip and zlib as zlib itself writes them, with all that their headers can hold.
#include "core/io/inflater.h"

#include <random>

#include "tests/core/io/io_test_support.h"
#include "tests/core/io/python_check.h"

namespace voxmark::testing {
namespace {

std::string text() {
  std::mt19937 random(5);
  std::string out;
  for (int n = 0; out.size() < 300000; ++n) out += "voxel " + std::to_string(n % 977 * (random() % 50)) + '\n';
  return out;
}

std::string decoded(const std::string& bytes, Wrapper wrapper, std::size_t step = 70000) {
  TemporaryFolder folder;
  const auto file = std::make_shared<File>(folder.write("s", bytes));
  Inflater inflater(ChunkedInput(file, 0), wrapper);
  JobContext job;
  std::string out;
  for (std::size_t got = step; got == step;) {
    std::string part(step, '\0');
    got = inflater.decode(std::as_writable_bytes(std::span(part)), job);
    out += part.substr(0, got);
  }
  return out;
}

std::string number(std::uint32_t value, int bytes) {
  std::string out;
  for (int n = 0; n < bytes; ++n) out += static_cast<char>(value >> (8 * n));
  return out;
}

/// A member with the optional fields of its header that `flags` asks for.
std::string member(const std::string& content, int flags) {
  std::string header("\x1F\x8B\x08", 3);
  header += static_cast<char>(flags);
  header += std::string(4, '\x11') + std::string("\x02\x03", 2);
  if ((flags & 4) != 0) header += number(9, 2) + "AB" + number(5, 2) + "extra";
  if ((flags & 8) != 0) header += std::string("a name\0", 7);
  if ((flags & 16) != 0) header += std::string("a comment\0", 10);
  if ((flags & 2) != 0) header += number(libdeflate_crc32(0, header.data(), header.size()) & 0xFFFF, 2);
  return header + gzippedByOthers(content).substr(10);
}

TEST(Inflater, ReadsWhatZlibWritesWithEveryStrategy) {
  TemporaryFolder folder;
  const std::string plain = text();
  (void)folder.write("plain", plain);
  const std::string script = R"(
import sys, zlib
folder = sys.argv[1]
plain = open(folder + "/plain", "rb").read()
n = 0
for level in (0, 1, 6, 9):
    for strategy in range(5):
        for wbits in (31, 25, 15, 9):
            c = zlib.compressobj(level, zlib.DEFLATED, wbits, 8, strategy)
            out = b""
            for at in range(0, len(plain), 60001):
                out += c.compress(plain[at:at + 60001])
                out += c.flush((zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH, zlib.Z_NO_FLUSH)[n % 3])
            open("%s/%d.%s" % (folder, n, "gz" if wbits > 15 else "zz"), "wb").write(out + c.flush())
            n += 1
print(n)
)";
  const int count = std::stoi(askPython(script, folder.file("")));
  ASSERT_EQ(count, 80);
  for (int n = 0; n < count; ++n) {
    const bool gzip = std::filesystem::exists(folder.file(std::to_string(n) + ".gz"));
    const std::string bytes = contentsOf(folder.file(std::to_string(n) + (gzip ? ".gz" : ".zz")));
    EXPECT_TRUE(decoded(bytes, gzip ? Wrapper::Gzip : Wrapper::Zlib) == plain) << n;
  }
}

TEST(Inflater, PassesOverWhatHeadersHoldInEveryMember) {
  std::string bytes, expected;
  for (int flags = 0; flags < 32; flags += 2) {
    const std::string content = "member " + std::to_string(flags) + std::string(2000, 'x');
    bytes += member(content, flags) + member({}, flags);
    expected += content;
  }
  for (const std::size_t step : {1, 100, 4096, 100000}) EXPECT_TRUE(decoded(bytes, Wrapper::Gzip, step) == expected);
}

TEST(Inflater, RefusesAWrongChecksumSizeOrHeaderInLaterMembers) {
  const std::string first = member("one", 0);
  const std::string second = member("two", 6);
  const auto refused = [&](std::string bytes) { return errorOf([&] { (void)decoded(bytes, Wrapper::Gzip); }); };
  const auto flip = [&](std::size_t fromEnd) {
    std::string bytes = first + second;
    bytes[bytes.size() - fromEnd] = static_cast<char>(bytes[bytes.size() - fromEnd] ^ 1);
    return bytes;
  };
  EXPECT_EQ(refused(flip(1)), ErrorCode::Format);  // size
  EXPECT_EQ(refused(flip(8)), ErrorCode::Format);  // checksum
  std::string headerCheck = first + second;
  const std::size_t at = first.size() + 10 + 11;
  headerCheck[at] = static_cast<char>(headerCheck[at] ^ 1);
  EXPECT_EQ(refused(headerCheck), ErrorCode::Format);
  std::string reserved = first + second;
  reserved[first.size() + 3] = '\x40';
  EXPECT_EQ(refused(reserved), ErrorCode::Format);
  for (std::size_t cut = 1; cut < second.size() - 4; ++cut) {
    const std::string bytes = first + second.substr(0, second.size() - cut);
    EXPECT_EQ(errorOf([&] { (void)decoded(bytes, Wrapper::Gzip); }), ErrorCode::Truncated) << cut;
  }
}

TEST(Inflater, IgnoresPaddingBehindTheLastMember) {
  for (const std::string& behind : {std::string(1, '\0'), std::string(600, '\0'), std::string("trailing words")}) {
    EXPECT_EQ(decoded(member("one", 0) + behind, Wrapper::Gzip), "one") << behind.size();
  }
}

TEST(Inflater, RefusesZlibDataThatNeedADictionary) {
  TemporaryFolder folder;
  (void)askPython(
      "import sys, zlib\nc = zlib.compressobj(zdict=b\"voxels\" * 9)\n"
      "open(sys.argv[1], \"wb\").write(c.compress(b\"voxels and more\") + c.flush())",
      folder.file("d"));
  EXPECT_EQ(errorOf([&] { (void)decoded(contentsOf(folder.file("d")), Wrapper::Zlib); }), ErrorCode::Format);
}

}  // namespace
}  // namespace voxmark::testing
