#pragma once

#include <filesystem>
#include <fstream>
#include <optional>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/io/itk_readers.h"
#include "core/io/volume_source.h"
#include "tests/core/io/dicom_writer.h"

namespace voxmark::test {

class Dicom : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("voxmark_dicom_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "sub");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const DicomSlice& slice) const { writeDicom((folder_ / name).string(), slice); }
  [[nodiscard]] std::unique_ptr<VolumeSource> open(const std::string& series = {}, const std::string& name = {}) const {
    SourceRegistry registry;
    addItkReaders(registry);
    return registry.readers().front().open((name.empty() ? folder_ : folder_ / name).string(), {series});
  }
  [[nodiscard]] static std::shared_ptr<Volume> load(VolumeSource& source) {
    JobContext job;
    return readVolume(source, job);
  }
  /// Runs `action` and gives back the Error that it throws.
  template <typename F>
  [[nodiscard]] static std::optional<Error> errorOf(F&& action) {
    try {
      action();
    } catch (const Error& error) {
      return error;
    }
    return std::nullopt;
  }
  [[nodiscard]] static bool warnsOf(const VolumeInfo& info, const std::string& part) {
    for (const std::string& warning : info.warnings) {
      if (warning.find(part) != std::string::npos) return true;
    }
    return false;
  }

  std::filesystem::path folder_;
};

inline DicomSlice sliceAt(int z, const std::vector<int>& samples) {
  DicomSlice slice;
  slice.instance = 100 - z;
  slice.position = "10\\20\\" + std::to_string(z);
  slice.pixels = littleEndian(samples);
  return slice;
}

}  // namespace voxmark::test
