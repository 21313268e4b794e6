#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

const std::string kNrrd = "NRRD0004\ntype: uchar\nencoding: raw\n";

TEST(Nrrd, componentAxisMayLieAnywhere) {
  TemporaryFolder folder;
  // Voxel (i, j) has component c = 100c + 10j + i; sizes 2 × 3, two components.
  const auto value = [](int i, int j, int c) { return static_cast<char>(100 * c + 10 * j + i); };
  std::string first, middle, last;
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 2; ++i)
      for (int c = 0; c < 2; ++c) first += value(i, j, c);
  for (int j = 0; j < 3; ++j)
    for (int c = 0; c < 2; ++c)
      for (int i = 0; i < 2; ++i) middle += value(i, j, c);
  for (int c = 0; c < 2; ++c)
    for (int j = 0; j < 3; ++j)
      for (int i = 0; i < 2; ++i) last += value(i, j, c);
  const std::string one = "dimension: 3\nsizes: 2 2 3\nkinds: vector domain domain\n\n" + first;
  const std::string two = "dimension: 3\nsizes: 2 2 3\nkinds: domain vector domain\n\n" + middle;
  const std::string three = "dimension: 3\nsizes: 2 3 2\nkinds: domain domain vector\n\n" + last;
  for (const std::string& rest : {one, two, three}) {
    const auto volume = readFile(folder.write("v.nrrd", kNrrd + rest));
    ASSERT_EQ(volume->info().components, 2);
    ASSERT_EQ(volume->geometry().size, (Index3{2, 3, 1}));
    for (int c = 0; c < 2; ++c) {
      EXPECT_EQ(volume->valueAt(0, {1, 2, 0}, c), 100 * c + 21);
      EXPECT_EQ(volume->valueAt(0, {0, 1, 0}, c), 100 * c + 10);
    }
  }
}

TEST(Nrrd, textEncodingsAndSkips) {
  TemporaryFolder folder;
  const std::string sizes = "dimension: 3\nsizes: 2 1 2\n";
  const std::string ascii =
      folder.write("a.nrrd", "NRRD0001\ntype: short\nencoding: ascii\n" + sizes + "\n-300 2\n3 4\n");
  EXPECT_EQ(readFile(ascii)->valueAt(0, {0, 0, 0}), -300);
  EXPECT_EQ(readFile(ascii)->valueAt(0, {1, 0, 1}), 4);
  const std::string hex = folder.write(
      "h.nrrd", "NRRD0001\ntype: ushort\nendian: big\nencoding: hex\n" + sizes + "\n0102 0304\n0a0b 0C0D\n");
  EXPECT_EQ(readFile(hex)->valueAt(0, {0, 0, 0}), 0x0102);
  EXPECT_EQ(readFile(hex)->valueAt(0, {1, 0, 1}), 0x0C0D);
  (void)folder.write("d.raw", "line one\nline two\n..abcd");
  const std::string skips = folder.write("s.nhdr", kNrrd + sizes + "line skip: 2\nbyte skip: 2\ndata file: d.raw\n");
  EXPECT_EQ(readFile(skips)->valueAt(0, {0, 0, 0}), 'a');
  const std::string end = folder.write("e.nhdr", kNrrd + sizes + "byte skip: -1\ndata file: d.raw\n");
  EXPECT_EQ(readFile(end)->valueAt(0, {1, 0, 1}), 'd');
  const std::string bad = folder.write("b.nrrd", "NRRD0001\ntype: uchar\nencoding: ascii\n" + sizes + "\n1 2 300 4\n");
  EXPECT_EQ(errorOf([&] { (void)readFile(bad); }), ErrorCode::Format);
}

TEST(Nrrd, aTextNumberBeyondItsTypeIsRefusedNotReadAsZero) {
  TemporaryFolder folder;
  const std::string header = "NRRD0001\ntype: double\nencoding: ascii\ndimension: 3\nsizes: 2 1 1\n\n";
  EXPECT_EQ(readFile(folder.write("a.nrrd", header + "1e308 -inf"))->valueAt(0, {0, 0, 0}), 1e308);
  const std::string beyond = folder.write("b.nrrd", header + "1e400 1");
  EXPECT_EQ(errorOf([&] { (void)readFile(beyond); }), ErrorCode::Format);
}

TEST(Nrrd, lineSkipCountsEveryLineEndOnce) {
  TemporaryFolder folder;
  const std::string lines(100000, '\n');  // more than are looked at together
  (void)folder.write("d.raw", lines + "abcd");
  const std::string header = kNrrd + "dimension: 3\nsizes: 2 1 2\ndata file: d.raw\nline skip: ";
  EXPECT_EQ(readFile(folder.write("all.nhdr", header + "100000\n"))->valueAt(0, {0, 0, 0}), 'a');
  EXPECT_EQ(readFile(folder.write("less.nhdr", header + "99999\n"))->valueAt(0, {1, 0, 0}), 'a');
  const std::string more = folder.write("more.nhdr", header + "100001\n");
  EXPECT_EQ(errorOf([&] { (void)openFile(more); }), ErrorCode::Truncated);
}

TEST(Nrrd, frameAxesMultiplyAndStayBelowAnyMemory) {
  TemporaryFolder folder;
  const std::string good = folder.write("g.nrrd", kNrrd + "dimension: 6\nsizes: 2 1 1 2 1 3\n\nabcdefghijkl");
  const auto volume = readFile(good);
  EXPECT_EQ(volume->info().frames, 6);
  EXPECT_EQ(volume->info().frameAxes, (std::vector<std::int64_t>{2, 1, 3}));
  EXPECT_EQ(volume->valueAt(5, {1, 0, 0}), 'l');
  const std::string huge =
      folder.write("h.nrrd", kNrrd + "dimension: 5\nsizes: 1 1 1 1099511627776 1099511627776\n\nx");
  EXPECT_EQ(errorOf([&] { (void)openFile(huge); }), ErrorCode::Format);
}

TEST(Nrrd, listsAndPatternsOfFiles) {
  TemporaryFolder folder;
  for (int n = 0; n < 3; ++n)
    (void)folder.write("s" + std::to_string(8 + n) + ".raw", std::string(2, static_cast<char>('a' + n)));
  const std::string sizes = "dimension: 3\nsizes: 2 1 3\n";
  const std::string pattern = folder.write("p.nhdr", kNrrd + sizes + "data file: s%d.raw 8 10 1\n");
  const std::string backwards = folder.write("q.nhdr", kNrrd + sizes + "data file: s%d.raw 10 8 -1\n");
  const std::string list = folder.write("l.nhdr", kNrrd + sizes + "data file: LIST\ns10.raw\ns8.raw\ns9.raw\n");
  EXPECT_EQ(readFile(pattern)->valueAt(0, {1, 0, 2}), 'c');
  EXPECT_EQ(readFile(backwards)->valueAt(0, {1, 0, 2}), 'a');
  EXPECT_EQ(readFile(list)->valueAt(0, {0, 0, 0}), 'c');
}

TEST(Nrrd, spaceIsTurnedIntoLps) {
  TemporaryFolder folder;
  const std::string common =
      kNrrd +
      "dimension: 4\nsizes: 2 1 1 2\nspace directions: (2,0,0) (0,3,0) (0,0,4) none\nspace origin: (10,20,30)\n";
  for (const auto& [space, x, y] : {std::tuple{"right-anterior-superior", -1.0, -1.0},
                                    {"LAS", 1.0, -1.0},
                                    {"left-posterior-superior", 1.0, 1.0},
                                    {"3D-right-handed", 1.0, 1.0}}) {
    const auto source = openFile(folder.write("v.nrrd", common + "space: " + space + "\n\nabcd"));
    const Geometry& g = source->info().geometry;
    EXPECT_EQ(g.spacing, (Vec3{2, 3, 4})) << space;
    EXPECT_EQ(g.origin, (Vec3{10 * x, 20 * y, 30})) << space;
    EXPECT_EQ(g.direction[0], x);
    EXPECT_EQ(g.direction[4], y);
    EXPECT_EQ(source->info().frames, 2);
  }
}

TEST(MetaImage, aRowOfTheMatrixIsTheDirectionOfAnAxis) {
  TemporaryFolder folder;
  const auto source = openFile(
      folder.write("v.mha",
                   "ObjectType = Image\nNDims = 3\nDimSize = 1 2 3\nElementSpacing = 2 3 4\nOffset = 5 6 7\n"
                   "TransformMatrix = 0 1 0 0 0 1 1 0 0\nElementType = MET_UCHAR\nElementDataFile = LOCAL\nabcdef"));
  const Geometry& g = source->info().geometry;
  EXPECT_EQ(axisDirection(g, 0), (Vec3{0, 1, 0}));
  EXPECT_EQ(axisDirection(g, 1), (Vec3{0, 0, 1}));
  EXPECT_EQ(axisDirection(g, 2), (Vec3{1, 0, 0}));
  EXPECT_EQ(g.spacing, (Vec3{2, 3, 4}));
  EXPECT_EQ(g.origin, (Vec3{5, 6, 7}));
}

TEST(MetaImage, byteOrderHeaderSizeAndLists) {
  TemporaryFolder folder;
  (void)folder.write("big.raw", std::string("\x01\x02\x03\x04", 4));
  const std::string head = "NDims = 2\nDimSize = 2 1\nElementType = MET_USHORT\n";
  const auto big = folder.write("b.mhd", head + "ElementByteOrderMSB = True\nElementDataFile = big.raw\n");
  EXPECT_EQ(readFile(big)->valueAt(0, {0, 0, 0}), 0x0102);
  const auto little = folder.write("l.mhd", head + "ElementByteOrderMSB = False\nElementDataFile = big.raw\n");
  EXPECT_EQ(readFile(little)->valueAt(0, {1, 0, 0}), 0x0403);
  (void)folder.write("one slice.raw", "##ab");
  (void)folder.write("two.raw", "##cd");
  const auto list = folder.write("i.mhd",
                                 "NDims = 3\nDimSize = 2 1 2\nElementType = MET_UCHAR\nHeaderSize = 2\nElementDataFile "
                                 "= LIST\none slice.raw\ntwo.raw\n");
  EXPECT_EQ(readFile(list)->valueAt(0, {1, 0, 1}), 'd');
  const auto end = folder.write(
      "e.mhd", "NDims = 2\nDimSize = 2 1\nElementType = MET_UCHAR\nHeaderSize = -1\nElementDataFile = two.raw\n");
  EXPECT_EQ(readFile(end)->valueAt(0, {0, 0, 0}), 'c');
}

}  // namespace
}  // namespace voxmark::testing
