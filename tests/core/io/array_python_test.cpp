// What NumPy, nibabel and a reader of a few lines find in the arrays written here, and what we find in theirs.
#include <fmt/format.h>

#include "tests/core/io/io_test_support.h"
#include "tests/core/io/python_check.h"

namespace voxmark::testing {
namespace {

/// The sum of n · value over the numbers of a volume in the order of memory, modulo a prime: as the scripts compute it.
std::string expectedMark(const Volume& volume) {
  std::int64_t mark = 0;
  std::int64_t n = 0;
  const VolumeInfo& info = volume.info();
  for (std::int64_t frame = 0; frame < info.frames; ++frame) {
    for (std::int64_t voxel = 0; voxel < info.voxelsPerFrame(); ++voxel) {
      const Index3 at{voxel % 5, voxel / 5 % 4, voxel / 20};
      for (int c = 0; c < info.components; ++c) {
        mark = (mark + ++n * static_cast<std::int64_t>(volume.valueAt(frame, at, c))) % 1000003;
      }
    }
  }
  return std::to_string(mark);
}

const std::string kMark = R"(
import sys, json, struct, zipfile, numpy as np
def mark(a):
    flat = np.ascontiguousarray(a).reshape(-1).astype(np.int64)
    return int((np.arange(1, flat.size + 1) * flat).sum() % 1000003)
)";

/// NumPy's name of a type; bf16 has none.
std::string numpyName(PixelType type) {
  static constexpr const char* kNames[] = {"uint8",  "int8",  "uint16",  "int16", "uint32",  "int32",
                                           "uint64", "int64", "float16", "",      "float32", "float64"};
  return kNames[static_cast<std::size_t>(type)];
}

TEST(ArrayPython, numpyOpensNpyAndNpzOfEveryTypeThatItKnows) {
  TemporaryFolder folder;
  std::string expected;
  for (const PixelType type : kAllPixelTypes) {
    if (type == PixelType::BF16) continue;
    const auto volume = sampleVolume(type, 2, 3);
    const std::string name = numpyName(type);
    writeVolume(*volume, folder.file(name + ".npy"));
    writeVolume(*volume, folder.file(name + ".npz"));
    writeVolume(*volume, folder.file(name + "_6.npz"), 2, {6, false, 0});
    const std::string one = fmt::format("{} (3, 3, 4, 5, 2) True {}\n", name, expectedMark(*volume));
    expected += one + one + "None [0, 0, 0, 0, 0, 0]\n" + one + "None [0, 0, 0, 0, 0, 8]\n";
  }
  const std::string script = kMark + R"(
def show(a):
    print(a.dtype, a.shape, a.flags.c_contiguous, mark(a))
for name in "uint8 int8 uint16 int16 uint32 int32 uint64 int64 float16 float32 float64".split():
    show(np.load(sys.argv[1] + name + ".npy"))
    for end in (".npz", "_6.npz"):
        show(np.load(sys.argv[1] + name + end)["voxels"])
        archive = zipfile.ZipFile(sys.argv[1] + name + end)
        print(archive.testzip(), [member.compress_type for member in archive.infolist()])
)";
  EXPECT_EQ(askPython(script, folder.file("")), expected);
}

TEST(ArrayPython, safetensorsOfEveryTypeHoldWhatTheirDescriptionSays) {
  TemporaryFolder folder;
  std::string expected, names;
  for (const PixelType type : kAllPixelTypes) {
    const auto volume = sampleVolume(type);
    const std::string name(pixelTypeName(type));
    names += name + " ";
    writeVolume(*volume, folder.file(name + ".safetensors"));
    expected += fmt::format(
        "{} (3, 4, 5) {}\n[0.5, 0.75, 2.0] [-10.5, 20.25, 3.0] "
        "[0.8, -0.6, 0.0, 0.6, 0.8, 0.0, 0.0, 0.0, 1.0]\nk j i LPS 1\n",
        name, expectedMark(*volume));
  }
  const std::string script = kMark + R"(
for name in sys.argv[2:]:
    data = open(sys.argv[1] + name + ".safetensors", "rb").read()
    length, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    notes = header.pop("__metadata__")
    assert all(type(v) is str for v in notes.values())
    tensor = header.pop("voxels")
    assert header == {} and length % 8 == 0
    kind = tensor["dtype"]
    begin, end = tensor["data_offsets"]
    assert 8 + length + end == len(data)
    held = "<u2" if kind == "BF16" else "<" + kind.lower()[0] + str(int(kind[1:]) // 8)
    a = np.frombuffer(data[8 + length + begin:8 + length + end], held).reshape(tensor["shape"])
    if kind == "BF16":
        a = (a.astype("<u4") << 16).view("<f4")
    print(kind.lower(), a.shape, mark(a))
    print(json.loads(notes["spacing"]), json.loads(notes["origin"]), json.loads(notes["direction"]))
    print(notes["axes"], notes["orientation"], notes["voxmarkGeometry"])
)";
  EXPECT_EQ(askPython(script, folder.file("") + " " + names), expected);
}

TEST(ArrayGeometry, nibabelPutsTheAffineWhereItPutsThatOfNifti) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::I16);
  for (const char* name : {"v.nii", "v.npz", "v.npy", "v.safetensors"}) writeVolume(*volume, folder.file(name));
  const std::string script = kMark + R"(
import nibabel as nib
folder = sys.argv[1]
image = nib.load(folder + "v.nii")
z = np.load(folder + "v.npz")
notes = json.load(open(folder + "v.npy.json"))
data = open(folder + "v.safetensors", "rb").read()
texts = json.loads(data[8:8 + struct.unpack("<Q", data[:8])[0]])["__metadata__"]
for affine in (z["affine"], np.array(notes["affine"]), np.array(json.loads(texts["affine"]))):
    print(affine.shape, affine.dtype, np.allclose(affine, image.affine, atol=1e-5))
    print("".join(nib.aff2axcodes(affine)) == notes["orientation"] == texts["orientation"])
print((np.asarray(image.dataobj) == z["voxels"].transpose(2, 1, 0)).all())
print(z["spacing"].tolist(), z["origin"].tolist(), z["direction"].tolist(), str(z["axes"]))
print(notes["spacing"], notes["shape"], notes["axes"], notes["pixelType"], notes["space"], notes["affineSpace"])
)";
  const std::string affine = "(4, 4) float64 True\nTrue\n";
  EXPECT_EQ(askPython(script, folder.file("")),
            affine + affine + affine +
                "True\n[0.5, 0.75, 2.0] [-10.5, 20.25, 3.0] [[0.8, -0.6, 0.0], [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]] k j "
                "i\n[0.5, 0.75, 2.0] [3, 4, 5] k j i i16 LPS mm RAS mm\n");
}

TEST(ArrayAlignment, theNumbersBeginAtMultiplesOf64) {
  TemporaryFolder folder;
  const auto volume = sampleVolume(PixelType::F64);
  for (const char* name : {"v.npy", "v.npz", "v.safetensors"}) {
    writeVolume(*volume, folder.file(name));
    const std::string content = contentsOf(folder.file(name));
    const auto voxels = bytesOfFrame(*volume, 0);
    const std::string wanted(reinterpret_cast<const char*>(voxels.data()), voxels.size());
    const std::size_t at = content.find(wanted);
    ASSERT_NE(at, std::string::npos) << name;
    EXPECT_EQ(at % 64, 0U) << name;
  }
}

/// Arrays that NumPy writes.
class NumpyWrites : public ::testing::Test {
 protected:
  [[nodiscard]] std::shared_ptr<Volume> read(const std::string& script, const std::string& name) const {
    (void)askPython("import sys, numpy as np\nf = sys.argv[1]\n" + script, folder_.file(""));
    return readFile(folder_.file(name));
  }
  TemporaryFolder folder_;
};

TEST_F(NumpyWrites, everyNumberOfAxesHasItsRule) {
  const auto one = read(R"(
sizes = (2, 3, 2, 3, 4)
for n, kind in enumerate(("u1", ">u2", ">f8", "<i8", "f4"), 1):
    np.save(f + f"{n}.npy", np.arange(np.prod(sizes[-n:]), dtype=kind).reshape(sizes[-n:]))
)",
                        "1.npy");
  EXPECT_EQ(one->geometry().size, (Index3{4, 1, 1}));
  const auto two = readFile(folder_.file("2.npy"));
  EXPECT_EQ(two->geometry().size, (Index3{4, 3, 1}));
  EXPECT_EQ(two->valueAt(0, {2, 1, 0}), 6);
  const auto three = readFile(folder_.file("3.npy"));
  EXPECT_EQ(three->geometry().size, (Index3{4, 3, 2}));
  EXPECT_EQ(three->valueAt(0, {3, 1, 1}), 19);
  const auto four = readFile(folder_.file("4.npy"));
  EXPECT_EQ(four->info().frames, 3);
  EXPECT_EQ(four->valueAt(2, {3, 1, 1}), 2 * 24 + 19);
  const auto five = readFile(folder_.file("5.npy"));
  EXPECT_EQ(five->info().frames, 2);
  EXPECT_EQ(five->info().components, 3);
  EXPECT_EQ(five->valueAt(1, {3, 1, 1}, 2), 72 + 2 * 24 + 19);
  for (const auto& volume : {one, two, three, four, five}) {
    ASSERT_EQ(volume->info().warnings.size(), 2U);  // the axes and the geometry
    EXPECT_EQ(volume->geometry().spacing, (Vec3{1, 1, 1}));
  }
}

TEST_F(NumpyWrites, fortranOrderChangesTheFileNotTheVolume) {
  const std::string make =
      "a = np.arange(120, dtype=\"i2\").reshape(5, 2, 3, 4)\nnp.save(f + \"a.npy\", a)\n"
      "np.save(f + \"b.npy\", np.asfortranarray(a))\nnp.savez(f + \"c.npz\", x=np.asfortranarray(a))";
  const auto c = read(make, "a.npy");
  EXPECT_NE(contentsOf(folder_.file("b.npy")).find("'fortran_order': True"), std::string::npos);
  expectSameVoxels(*c, *readFile(folder_.file("b.npy")));
  expectSameVoxels(*c, *readFile(folder_.file("c.npz")));
}

TEST_F(NumpyWrites, truthValuesAreNumbers) {
  const auto mask = read("np.save(f + \"m.npy\", np.arange(8).reshape(2, 2, 2) > 5)", "m.npy");
  EXPECT_EQ(mask->info().pixelType, PixelType::U8);
  EXPECT_EQ(mask->valueAt(0, {0, 1, 1}), 1);
  EXPECT_EQ(mask->valueAt(0, {1, 0, 1}), 0);
}

TEST_F(NumpyWrites, compressedArchivesAreReadAndTheirChecksumsVerified) {
  const auto volume = read(R"(
a = np.arange(6000, dtype="f4").reshape(10, 20, 30)
np.savez_compressed(f + "z.npz", spacing=np.array([0.5, 2, 3]), image=a, mask=a > 3)
)",
                           "z.npz");
  EXPECT_EQ(volume->geometry().size, (Index3{30, 20, 10}));
  EXPECT_EQ(volume->geometry().spacing, (Vec3{0.5, 2, 3}));
  EXPECT_EQ(volume->valueAt(0, {29, 19, 9}), 5999);
  EXPECT_NE(volume->info().warnings.front().find("the first of 2, \"image\""), std::string::npos);
  std::string bytes = contentsOf(folder_.file("z.npz"));
  const std::size_t entry = bytes.find("image.npy", bytes.find("PK\x01\x02")) - 46;
  bytes[entry + 16] = static_cast<char>(bytes[entry + 16] ^ 1);  // of the CRC-32 in the directory
  const std::string damaged = folder_.write("bad.npz", bytes);
  EXPECT_EQ(errorOf([&] { (void)readFile(damaged); }), ErrorCode::Format);
}

TEST_F(NumpyWrites, anAffineAloneMeansTheOrderOfNibabel) {
  const auto volume = read(R"(
a = np.arange(24, dtype="i4").reshape(4, 3, 2)
np.savez(f + "n.npz", data=a, affine=np.asfortranarray([[-2, 0, 0, 9], [0, 3, 0, 8], [0, 0, 4, 7], [0, 0, 0, 1.0]]))
)",
                           "n.npz");
  EXPECT_EQ(volume->geometry().size, (Index3{4, 3, 2}));
  EXPECT_EQ(volume->valueAt(0, {3, 1, 0}), 20);
  EXPECT_EQ(volume->geometry().spacing, (Vec3{2, 3, 4}));
  EXPECT_EQ(volume->geometry().origin, (Vec3{-9, -8, 7}));
  EXPECT_EQ(orientationOf(volume->geometry()), "LAS");
}

TEST_F(NumpyWrites, whatIsNoVolumeIsRefused) {
  (void)askPython(R"(
import sys, numpy as np
f = sys.argv[1]
np.save(f + "complex.npy", np.zeros((2, 2, 2), "c8"))
np.save(f + "text.npy", np.array(["a", "b"]))
np.save(f + "record.npy", np.zeros(3, [("a", "f4"), ("b", "i2")]))
np.save(f + "void.npy", np.zeros(3, "V2"))
np.save(f + "long.npy", np.zeros(3, "f16"))
np.save(f + "object.npy", np.array([{}, []], dtype=object), allow_pickle=True)
np.save(f + "six.npy", np.zeros((1,) * 6))
np.save(f + "scalar.npy", np.float32(3))
np.save(f + "empty.npy", np.zeros((2, 0, 3)))
np.savez(f + "none.npz", spacing=np.ones(3))
)",
                  folder_.file(""));
  for (const char* name : {"complex", "text", "record", "void", "long", "object", "six", "scalar"}) {
    EXPECT_EQ(errorOf([&] { (void)openFile(folder_.file(std::string(name) + ".npy")); }), ErrorCode::Unsupported)
        << name;
  }
  EXPECT_EQ(errorOf([&] { (void)openFile(folder_.file("empty.npy")); }), ErrorCode::Format);
  EXPECT_EQ(errorOf([&] { (void)openFile(folder_.file("none.npz")); }), ErrorCode::Format);
}

}  // namespace
}  // namespace voxmark::testing
