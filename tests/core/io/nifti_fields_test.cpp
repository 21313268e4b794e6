#include "core/io/nifti_fields.h"

#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

#include "tests/core/io/io_test_support.h"
#include "tests/core/io/python_check.h"

namespace voxmark {
namespace {

std::string bundled(const std::string& name) {
  return std::string(std::getenv("VOXMARK_SOURCE_DIR")) + "/tests/data/nifti/" + name;
}

/// One line a field: name, then its numbers or its text.
const char* const kNibabel = R"(
import gzip, sys
import nibabel as nib
import numpy as np
raw = (gzip.open if sys.argv[1].endswith("gz") else open)(sys.argv[1], "rb").read(540)
order = "<" if raw[0] in (0x5c, 0x1c) else ">"
large = int.from_bytes(raw[:4], "little" if order == "<" else "big") == 540
kind = nib.Nifti2Header if large else nib.Nifti1Header
s = kind(raw if large else raw[:348], endianness=order, check=False).structarr
for name in s.dtype.names:
    v = np.ravel(s[name])
    if v.dtype.kind in "SV":
        print(name, bytes(v.tobytes()).split(b"\0")[0].decode("latin-1").strip())
    else:
        print(name, *[repr(float(x)) for x in v])
)";

class NiftiFields : public ::testing::TestWithParam<const char*> {};

TEST_P(NiftiFields, AreThoseThatNibabelReadsInTheSameOrder) {
  const auto source = testing::openFile(bundled(GetParam()));
  const auto fields = niftiFields(source->info());
  std::istringstream lines(testing::askPython(kNibabel, bundled(GetParam())));
  std::size_t n = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::string name = line.substr(0, line.find(' '));
    const std::string expected = line.substr(std::min(line.size(), name.size() + 1));
    ASSERT_LT(n, fields.size()) << line;
    const HeaderField& field = fields[n++];
    ASSERT_EQ(field.name, name);
    std::istringstream theirs(expected);
    std::istringstream ours(field.value);
    std::string a;
    std::string b;
    while (theirs >> a) {
      ASSERT_TRUE(ours >> b) << line << " / " << field.value;
      char* end = nullptr;
      const double wanted = std::strtod(a.c_str(), &end);
      if (*end != 0) {
        EXPECT_EQ(a, b) << name;
      } else {
        EXPECT_NEAR(std::strtod(b.c_str(), nullptr), wanted, 1e-6 * std::max(1.0, std::abs(wanted))) << name;
      }
    }
  }
  EXPECT_EQ(n, fields.size());
}

INSTANTIATE_TEST_SUITE_P(Files, NiftiFields,
                         ::testing::Values("frames.nii.gz", "frames_be.nii", "be_v2_u2.nii", "le_v2_i2.nii",
                                           "oblique_qform.nii", "scaled.nii.gz", "extension.nii", "pair.hdr"));

std::map<std::string, HeaderField> byName(const std::string& file) {
  std::map<std::string, HeaderField> out;
  for (HeaderField& field : niftiFields(testing::openFile(bundled(file))->info())) out[field.name] = field;
  return out;
}

TEST(NiftiFieldMeanings, SayWhatCodesStandFor) {
  auto fields = byName("frames.nii.gz");
  EXPECT_EQ(fields["datatype"].meaning, niftiDatatypeName(std::atoi(fields["datatype"].value.c_str())));
  EXPECT_EQ(niftiDatatypeName(16), "float32");
  EXPECT_EQ(niftiUnitNames(10), "mm, s");
  EXPECT_EQ(niftiSpaceName(4), "MNI 152");
  EXPECT_EQ(niftiIntentName(1002), "labels");
  EXPECT_EQ(niftiSliceOrderName(3), "interleaved, increasing, from the first");
  EXPECT_EQ(niftiIntentName(-7), "not a code of the standard");
}

TEST(NiftiFieldMeanings, ExtensionsAreNamedAndTextsReadable) {
  const auto source = testing::openFile(bundled("extension.nii"));
  const auto fields = niftiExtensionFields(source->info());
  ASSERT_FALSE(fields.empty());
  EXPECT_EQ(fields[0].name, "extension 1");
  EXPECT_TRUE(fields[0].value.starts_with("code ")) << fields[0].value;
  VolumeInfo info;
  auto original = std::make_shared<OriginalHeader>();
  const auto add = [&](const std::string& text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    original->extensions.push_back({6, {bytes, bytes + text.size()}});
  };
  add(std::string("first line\nsecond\0\0\0", 20));
  add(std::string("\1\2\3", 3));
  info.original = original;
  const auto made = niftiExtensionFields(info);
  EXPECT_EQ(made.at(0).value, "code 6 (comment), 20 bytes");
  EXPECT_EQ(made.at(0).meaning, "first line\nsecond");
  EXPECT_EQ(made.at(1).meaning, "not a text");
}

TEST(NiftiFieldMeanings, OtherFormatsHaveNone) {
  EXPECT_TRUE(niftiFields(VolumeInfo{}).empty());
  EXPECT_TRUE(niftiExtensionFields(VolumeInfo{}).empty());
}

}  // namespace
}  // namespace voxmark
