#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace voxmark::test {

/// One small single-frame image, for tests that need a series with known properties.
struct DicomSlice {
  std::string series = "1.2.3";
  int instance = 1;
  std::string position = "0\\0\\0";
  std::string orientation = "1\\0\\0\\0\\1\\0";
  std::string pixelSpacing = "2\\3";  ///< between rows, between columns
  std::optional<std::string> slope, intercept;
  std::string photometric = "MONOCHROME2";
  int columns = 2, rows = 2, components = 1, bitsStored = 16;
  bool isSigned = false, planar = false;
  int bitsAllocated = 16;
  std::vector<std::uint8_t> pixels;  ///< as stored
  int frames = 1;
  std::string transferSyntax = "1.2.840.10008.1.2.1";
  std::vector<std::string>
      fragments;  ///< written instead of `pixels` where there are any, behind an empty offset table
  std::string patientName, patientId;
  struct Palette {
    int first = 0, bits = 16;  ///< first index mapped; bits an entry
    std::vector<int> red, green, blue;
  };
  std::optional<Palette> palette;
};

/// 16-bit samples as their little-endian bytes.
[[nodiscard]] std::vector<std::uint8_t> littleEndian(const std::vector<int>& samples);

/// Writes an explicit-VR little-endian DICOM file.
void writeDicom(const std::string& path, const DicomSlice& slice);

}  // namespace voxmark::test
