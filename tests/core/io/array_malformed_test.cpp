// Headers that lie, and archives that do not hold together.
#include <fmt/format.h>

#include "core/io/zip_archive.h"
#include "tests/core/io/io_test_support.h"
#include "tests/core/io/python_check.h"

namespace voxmark::testing {
namespace {

std::string number(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t n = 0; n < bytes; ++n) out += static_cast<char>(value >> (8 * n));
  return out;
}

std::string npy(const std::string& dictionary, const std::string& data = std::string(64, 'x')) {
  return std::string("\x93NUMPY\x01\x00", 8) + number(dictionary.size(), 2) + dictionary + data;
}

std::string dictionary(const std::string& descriptor, const std::string& shape) {
  return fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}\n", descriptor, shape);
}

std::string safetensors(const std::string& json, const std::string& data = std::string(64, 'x')) {
  return number(json.size(), 8) + json + data;
}

class Malformed : public ::testing::Test {
 protected:
  [[nodiscard]] ErrorCode opening(const std::string& name, const std::string& bytes) const {
    const std::string path = folder_.write(name, bytes);
    return errorOf([&] { (void)openFile(path); });
  }
  TemporaryFolder folder_;
};

TEST_F(Malformed, npyHeadersThatAreReadNeverthelessHoldWhatTheySay) {
  for (const char* text : {"{'shape':(2,4,),'fortran_order':False,'descr':'|u1'}",
                           "{\"descr\": \"u1\", \"fortran_order\": False, \"shape\": (2L, 4L)}   \n"}) {
    EXPECT_EQ(readFile(folder_.write("v.npy", npy(text, "abcdefgh")))->valueAt(0, {1, 1, 0}), 'f') << text;
  }
}

TEST_F(Malformed, shapesThatLieAreRefusedBeforeMemoryIsTaken) {
  EXPECT_EQ(opening("v.npy", npy(dictionary("<i2", "(1000, 100000, 100000)"))), ErrorCode::Truncated);
  EXPECT_EQ(opening("v.npy", npy(dictionary("<i2", "(33,)"))), ErrorCode::Truncated);
  EXPECT_EQ(opening("v.npy", npy(dictionary("<i2", "(4294967296, 4294967296, 4294967296)"))), ErrorCode::Format);
  EXPECT_EQ(opening("v.npy", npy(dictionary("<i2", "(2, 9223372036854775807)"))), ErrorCode::Format);
  for (const char* shape :
       {"(99999999999999999999,)", "(-1, 3)", "(2, 0)", "(2.5,)", "(a,)", "(", "(2,", "(2 3)", "2"}) {
    EXPECT_EQ(opening("v.npy", npy(dictionary("<i2", shape))), ErrorCode::Format) << shape;
  }
  std::string many = "(";
  for (int n = 0; n < 5000; ++n) many += "1,";
  EXPECT_EQ(opening("v.npy", npy(dictionary("<i2", many + ")"))), ErrorCode::Format);
  EXPECT_EQ(opening("v.npy", npy(dictionary("<i2", "(1, 1, 1, 1, 1, 1)"))), ErrorCode::Unsupported);
}

TEST_F(Malformed, npyHeadersThatAreNoDictionary) {
  const std::string good = dictionary("<i2", "(2,)");
  EXPECT_EQ(opening("v.npy", std::string("\x93NUMPY\x01\x00\xFF\xFF", 10) + good), ErrorCode::Format);
  EXPECT_EQ(opening("v.npy", std::string("\x93NUMPY\x01\x00\xF0\x00", 10) + good), ErrorCode::Truncated);
  EXPECT_EQ(opening("v.npy", std::string("\x93NUMPY\x02\x00\xFF\xFF\xFF\xFF", 12) + good), ErrorCode::Format);
  EXPECT_EQ(opening("v.npy", std::string("\x93NUMPY\x09\x00", 8) + good), ErrorCode::Unsupported);
  EXPECT_EQ(opening("v.npy", "\x93NUMPY"), ErrorCode::Truncated);
  EXPECT_EQ(opening("v.npy", "\x93NU"), ErrorCode::Truncated);
  EXPECT_EQ(opening("v.npy", "something else"), ErrorCode::Format);
  for (const char* text :
       {"", "{", "{}", "[]", "{'descr': '<i2'", "{'descr': '<i2', 'fortran_order': 0, 'shape': (2,)}",
        "{'descr': '<i2', 'descr': '<i2', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), 'more': 1}",
        "{'descr': '<i2', 'fortran_order': False, 'shape': (2,)} {}", "{'descr", "{'descr': '<i2"}) {
    EXPECT_EQ(opening("v.npy", npy(text)), ErrorCode::Format) << text;
  }
  EXPECT_EQ(opening("v.npy", npy(dictionary("<c8", "(2,)"))), ErrorCode::Unsupported);
  EXPECT_EQ(opening("v.npy", npy(dictionary("", "(2,)"))), ErrorCode::Unsupported);
}

TEST_F(Malformed, safetensorsHeadersThatLie) {
  const auto tensor = [](const std::string& type, const std::string& shape, const std::string& offsets) {
    return safetensors(fmt::format(R"({{"t":{{"dtype":"{}","shape":{},"data_offsets":{}}}}})", type, shape, offsets));
  };
  const auto open = [&](const std::string& bytes) { return opening("v.safetensors", bytes); };
  EXPECT_EQ(readFile(folder_.write("v.safetensors", tensor("U8", "[2,4,8]", "[0,64]")))->valueAt(0, {0, 0, 0}), 'x');
  EXPECT_EQ(open(tensor("U8", "[2,4,8]", "[0,63]")), ErrorCode::Format);
  EXPECT_EQ(open(tensor("U8", "[2,4,8]", "[64,0]")), ErrorCode::Format);
  EXPECT_EQ(open(tensor("U8", "[2,4,8]", "[1,65]")), ErrorCode::Truncated);
  EXPECT_EQ(open(tensor("U8", "[2,4,8]", "[1152921504606846976,1152921504606847040]")), ErrorCode::Truncated);
  EXPECT_EQ(open(tensor("U8", "[2,4,8]", "[0]")), ErrorCode::Format);
  EXPECT_EQ(open(tensor("U8", "[4611686018427387904,4611686018427387904]", "[0,0]")), ErrorCode::Format);
  EXPECT_EQ(open(tensor("U8", "[18446744073709551615]", "[0,64]")), ErrorCode::Format);
  for (const char* shape : {"[-1]", "[1.5]", "\"2\"", "[[2]]", "{}", "null", "[0]"}) {
    EXPECT_EQ(open(tensor("U8", shape, "[0,64]")), ErrorCode::Format) << shape;
  }
  EXPECT_EQ(open(tensor("F8_E4M3", "[64]", "[0,64]")), ErrorCode::Unsupported);
  EXPECT_EQ(open(safetensors("{}")), ErrorCode::Format);
  EXPECT_EQ(open(safetensors("[]")), ErrorCode::Format);
  EXPECT_EQ(open(safetensors("{\"t\":3}")), ErrorCode::Format);
  EXPECT_EQ(open(safetensors("{\"t\"")), ErrorCode::Format);
  EXPECT_EQ(open(safetensors("{\"t\":{},\"t\":{}}")), ErrorCode::Format);
  EXPECT_EQ(open(safetensors("{\"\xFF\":{}}")), ErrorCode::Format);
  EXPECT_EQ(open(safetensors(std::string(1000000, '['))), ErrorCode::Format);
  EXPECT_EQ(open(safetensors("{\"t\":" + std::string(1000000, '[') + std::string(1000000, ']') + "}")),
            ErrorCode::Format);
  EXPECT_EQ(open("1234"), ErrorCode::Truncated);
  EXPECT_EQ(open(number(~std::uint64_t{0}, 8) + "{}"), ErrorCode::Truncated);
  EXPECT_EQ(open(safetensors("{" + std::string(std::size_t{9} << 20, ' ') + "}")), ErrorCode::Unsupported);
}

TEST_F(Malformed, ofSeveralTensorsTheirNamesAreTold) {
  const std::string path = folder_.write("v.safetensors", safetensors(R"({"image":{},"mask":{}})"));
  try {
    (void)openFile(path);
    ADD_FAILURE() << "expected an Error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unsupported);
    EXPECT_NE(std::string(error.what()).find("image, mask"), std::string::npos) << error.what();
  }
}

class MalformedZip : public Malformed {
 protected:
  void SetUp() override {
    writeVolume(*sampleVolume(PixelType::I16), folder_.file("good.npz"));
    good_ = contentsOf(folder_.file("good.npz"));
    end_ = good_.size() - 22;
    directory_ = good_.find("PK\x01\x02");
    voxels_ = good_.find("voxels.npy", directory_) - 46;
  }
  /// The good archive with `value` at `at`, in as many bytes as it has in the file.
  [[nodiscard]] ErrorCode openingWith(std::size_t at, std::uint64_t value, std::size_t bytes) const {
    return opening("bad.npz", std::string(good_).replace(at, bytes, number(value, bytes)));
  }
  std::string good_;
  std::size_t end_ = 0, directory_ = 0, voxels_ = 0;
};

TEST_F(MalformedZip, placesBeyondTheFileAreRefused) {
  EXPECT_EQ(openingWith(end_, 0, 4), ErrorCode::Truncated);               // no end
  EXPECT_EQ(openingWith(end_ + 16, good_.size(), 4), ErrorCode::Format);  // where the directory is
  EXPECT_EQ(openingWith(end_ + 16, directory_ + 1, 4), ErrorCode::Format);
  EXPECT_EQ(openingWith(end_ + 16, 0xFFFFFFFF, 4), ErrorCode::Format);  // in a 64-bit record that is not there
  EXPECT_EQ(openingWith(end_ + 12, good_.size(), 4), ErrorCode::Format);
  EXPECT_EQ(openingWith(end_ + 4, 1, 2), ErrorCode::Unsupported);
  EXPECT_EQ(openingWith(voxels_ + 28, 0xFFFF, 2), ErrorCode::Format);        // length of the name
  EXPECT_EQ(openingWith(voxels_ + 42, good_.size(), 4), ErrorCode::Format);  // where the member is
  EXPECT_EQ(openingWith(voxels_ + 42, 1, 4), ErrorCode::Format);
  EXPECT_EQ(openingWith(voxels_ + 42, 0xFFFFFFFF, 4), ErrorCode::Format);
}

TEST_F(MalformedZip, sizesAndMethodsThatCannotBeAreRefused) {
  EXPECT_EQ(openingWith(voxels_ + 8, 1, 2), ErrorCode::Unsupported);    // encrypted
  EXPECT_EQ(openingWith(voxels_ + 10, 12, 2), ErrorCode::Unsupported);  // bzip2
  EXPECT_EQ(openingWith(voxels_ + 24, 200, 4), ErrorCode::Format);      // another size than is stored
  std::string longer = good_;
  for (const std::size_t at : {voxels_ + 20, voxels_ + 24}) longer.replace(at, 4, number(100000, 4));
  EXPECT_EQ(opening("bad.npz", longer), ErrorCode::Truncated);
  std::string shorter = good_;
  for (const std::size_t at : {voxels_ + 20, voxels_ + 24}) shorter.replace(at, 4, number(200, 4));
  EXPECT_EQ(opening("bad.npz", shorter), ErrorCode::Truncated);
  std::string bomb = good_;
  const std::size_t shape = bomb.find("(3,4,5,)");
  bomb.replace(shape, 8, "(3,4,9,)");
  EXPECT_EQ(opening("bad.npz", bomb), ErrorCode::Truncated);
}

TEST_F(MalformedZip, aNameTwiceIsRefused) {
  std::string twice = good_;
  for (std::size_t at = twice.find("origin.npy"); at != std::string::npos; at = twice.find("origin.npy", at)) {
    twice.replace(at, 10, "voxels.npy");
  }
  EXPECT_EQ(opening("bad.npz", twice), ErrorCode::Format);
}

TEST_F(MalformedZip, notesThatAreOfNoUseAreWarnings) {
  const std::size_t spacing = good_.find("\x93NUMPY", good_.find("spacing.npy"));
  const std::string bad = std::string(good_).replace(spacing, 1, "x");
  const auto volume = readFile(folder_.write("bad.npz", bad));
  EXPECT_NE(volume->info().warnings.front().find("spacing.npy is left aside"), std::string::npos);
  const std::size_t negative = good_.find(number(0x3FE0000000000000, 8), spacing);  // 0.5
  EXPECT_EQ(openingWith(negative, 0xBFE0000000000000, 8), ErrorCode::Format);
}

TEST(Zip64, archivesOfMoreThanFourGibibytesAreFoundByOthersAndByUs) {
  TemporaryFolder folder;
  const std::string path = folder.file("large.npz");
  constexpr std::uint64_t kBytes = (std::uint64_t{5} << 30) + 7;
  std::vector<ZipMember> members(2);
  members[0].name = "a";
  members[1].name = "b";
  members[0].bytes = members[0].stored = kBytes;
  members[1].bytes = members[1].stored = 3;
  const auto text = [](const std::vector<std::byte>& bytes) {
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  {
    std::ofstream out(path, std::ios::binary);
    const std::string first = text(zipLocalHeader(members[0]));
    members[1].offset = first.size() + kBytes;
    const std::string second = text(zipLocalHeader(members[1]));
    out << first;
    out.seekp(static_cast<std::streamoff>(members[1].offset));  // the content is a hole of zeros
    out << second << "xyz" << text(zipDirectory(members, members[1].offset + second.size() + 3));
    ASSERT_TRUE(out.flush());
    EXPECT_EQ((members[1].offset + second.size()) % 64, 0U);
    EXPECT_EQ(first.size() % 64, 0U);
  }
  const File file(path);
  const auto found = readZipDirectory(file);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].bytes, kBytes);
  EXPECT_EQ(found[1].offset, members[1].offset);
  std::vector<std::byte> content(3);
  file.readAt(zipContentOffset(file, found[1]), content);
  EXPECT_EQ(text(content), "xyz");
  const std::string script = R"(
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print([(i.filename, i.file_size, i.compress_size) for i in z.infolist()], z.open("a").read(2))
)";
  EXPECT_EQ(askPython(script, path), fmt::format("[('a', {0}, {0}), ('b', 3, 3)] b'\\x00\\x00'\n", kBytes));
}

}  // namespace
}  // namespace voxmark::testing
