#include "tests/interop/written_files.h"

#include <cmath>
#include <cstring>

#include "tests/app/run_program.h"
#include "tests/core/io/io_test_support.h"

namespace voxmark::testing {
namespace {

const TemporaryFolder& folder() {
  static const TemporaryFolder made;
  return made;
}

/// An oblique grid whose axes run to the right, the front and the top, so that no program has to turn it.
constexpr std::array<double, 12> kAffine{0.768, -0.72, 0.0, -61.5,  //
                                         0.576, 0.96,  0.0, 40.25,  //
                                         0.0,   0.0,   2.5, -17.0};

/// Smooth and noisy parts, so that levels differ and matches of every length occur.
double pattern(std::int64_t n, std::int64_t row) {
  const double wave =
      90 * std::sin(static_cast<double>(n % row) * 0.11) * std::cos(static_cast<double>(n / row) * 0.02);
  const auto noise = static_cast<double>(static_cast<std::uint32_t>(n) * 2654435761U >> 28);
  return std::floor(wave) + (n / 5000 % 3 == 0 ? noise : 0) + 100;
}

template <typename T>
void fill(Written& file, std::int64_t count) {
  for (std::int64_t n = 0; n < count; ++n) {
    double exact = pattern(n, file.shape[0]);
    if (file.type == "i16") exact = exact * 37 - 3000;
    if (file.type == "f32") exact = exact / 7;
    const auto stored = static_cast<T>(exact);
    file.voxels.append(reinterpret_cast<const char*>(&stored), sizeof(T));
    file.values.push_back(static_cast<double>(stored) * file.slope + file.inter);
  }
}

Written contentOf(const std::string& type, bool frames) {
  Written file;
  file.type = type;
  file.shape = frames ? std::vector<std::int64_t>{64, 60, 20, 4} : std::vector<std::int64_t>{96, 90, 40};
  for (std::size_t n = 0; n < 12; ++n) file.affine[n] = static_cast<double>(static_cast<float>(kAffine[n]));
  std::int64_t count = 1;
  for (const std::int64_t size : file.shape) count *= size;
  if (type == "u8") {
    fill<std::uint8_t>(file, count);
  } else if (type == "i16") {
    file.bits = 16;
    file.slope = 0.25;
    file.inter = -12.5;
    fill<std::int16_t>(file, count);
  } else {
    file.bits = 32;
    fill<float>(file, count);
  }
  return file;
}

/// An uncompressed NIfTI-1 file, put together field by field as in nifti1.h.
std::string plainFile(const Written& file) {
  std::string bytes(352, '\0');
  const auto put = [&](std::size_t offset, auto value) { std::memcpy(&bytes[offset], &value, sizeof(value)); };
  put(0, std::int32_t{348});
  put(40, static_cast<std::int16_t>(file.shape.size()));
  for (std::size_t n = 0; n < 7; ++n) {
    put(42 + 2 * n, static_cast<std::int16_t>(n < file.shape.size() ? file.shape[n] : 1));
    put(76 + 4 * n, 1.0F);
  }
  put(70, static_cast<std::int16_t>(file.type == "u8" ? 2 : file.type == "i16" ? 4 : 16));
  put(72, static_cast<std::int16_t>(file.bits));
  for (std::size_t column = 0; column < 3; ++column) {
    const auto& a = file.affine;
    put(80 + 4 * column, static_cast<float>(std::hypot(a[column], a[4 + column], a[8 + column])));
  }
  put(108, 352.0F);
  put(112, static_cast<float>(file.slope));
  put(116, static_cast<float>(file.inter));
  put(123, std::uint8_t{2 | 8});
  put(254, std::int16_t{1});
  for (std::size_t n = 0; n < 12; ++n) put(280 + 4 * n, static_cast<float>(file.affine[n]));
  bytes.replace(344, 4, std::string("n+1\0", 4));
  return bytes + file.voxels;
}

std::vector<Written> makeFiles() {
  std::vector<Written> out;
  for (const bool frames : {false, true}) {
    for (const char* type : {"u8", "i16", "f32"}) {
      Written file = contentOf(type, frames);
      const std::string name = std::string(type) + (frames ? "_4d" : "_3d");
      const std::string plain = folder().write(name + ".nii", plainFile(file));
      for (const int level : {1, 3, 6, 9}) {
        file.path = beside(name + "_" + std::to_string(level) + ".nii.gz");
        const Outcome done = runProgram("convert " + plain + " " + file.path + " --level " + std::to_string(level));
        if (done.code != 0) {
          ADD_FAILURE() << done.out;
          return {};
        }
        out.push_back(file);
      }
    }
  }
  return out;
}

}  // namespace

std::string beside(const std::string& name) {
  return folder().file(name);
}

const std::vector<Written>& writtenFiles() {
  static const std::vector<Written> files = makeFiles();
  EXPECT_EQ(files.size(), 24U);
  return files;
}

}  // namespace voxmark::testing
