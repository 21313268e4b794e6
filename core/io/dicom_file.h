#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/io/dicom_data_set.h"
#include "core/io/dicom_palette.h"
#include "core/volume/volume_info.h"

namespace voxmark {

/// How the pixels of a file are written.
enum class DicomEncoding {
  Native,      ///< uncompressed: the bytes of the element are the pixels
  Bits,        ///< one bit a pixel, uncompressed
  Float,       ///< FloatPixelData or DoubleFloatPixelData
  Compressed,  ///< fragments, which a codec of GDCM turns into pixels
};

/// One image plane: a single-frame file, or a frame of a multi-frame one.
struct DicomPlane {
  std::size_t file = 0;                              ///< index into the list of files
  std::int64_t frame = 0;                            ///< inside its file
  std::optional<Vec3> position;                      ///< centre of its first pixel, mm LPS
  std::optional<std::array<double, 6>> orientation;  ///< directions of a row and of a column
  std::optional<double> location;                    ///< SliceLocation, where there is no position
  LinearScale scale;
  double acquisition = 0;  ///< AcquisitionNumber
  double order = 0;        ///< InstanceNumber, or the number of the frame
};

/// What the header of one DICOM image file says.
struct DicomFile {
  std::string path;
  std::string seriesUid, description, modality, photometric, transferSyntax;
  std::int64_t columns = 0, rows = 0, frames = 1;
  std::int64_t tilesAcross = 1;  ///< of a mosaic: `rows` and `columns` are a tile's, and planes count its tiles
  int components = 1, bitsAllocated = 0, bitsStored = 0, highBit = 0;
  bool isSigned = false, planar = false;
  DicomEncoding encoding = DicomEncoding::Native;
  dicom::PixelElement pixels;
  bool deflated = false;
  std::uint64_t dataOffset = 0;  ///< where the (deflated) data set starts
  PixelType pixelType = PixelType::U8;
  ByteOrder byteOrder = ByteOrder::Little;
  std::optional<std::array<double, 2>> pixelSpacing;  ///< as written: between rows, between columns, mm
  std::optional<double> sliceStep;                    ///< SpacingBetweenSlices, else SliceThickness, mm
  double repetitionTime = 0;                          ///< ms; 0 unknown
  std::optional<DisplayWindow> window;
  std::optional<dicom::Palette> palette;  ///< where it is there and is to be applied: voxels are then RGB of u8
  /// Technical elements only. Who the patient is, who examined him, where and when (names, numbers, dates, free text of
  /// the study) is never taken over: metadata travel with a volume into windows, reports, sessions and other
  /// containers, and converting a file must not pass on by the way what has to be protected. The series' UID is kept
  /// because
  /// --series names it; no writer stores it.
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<std::string> warnings;
  std::vector<DicomPlane> planes;  ///< one a frame, in file order; `file` is set by whoever collects the files

  /// Bytes of one frame once decoded, all tiles together.
  [[nodiscard]] std::uint64_t planeBytes() const {
    return static_cast<std::uint64_t>(columns) * static_cast<std::uint64_t>(rows) *
           static_cast<std::uint64_t>(components) * bytesOf(pixelType) *
           static_cast<std::uint64_t>(tilesAcross * tilesAcross);
  }
  /// Bytes of all frames as an uncompressed file stores them.
  [[nodiscard]] std::uint64_t storedBytes() const {
    const std::uint64_t all = planeBytes() * static_cast<std::uint64_t>(frames);
    return encoding == DicomEncoding::Bits ? (all + 7) / 8 : all;
  }
};

/// Reads the header up to the pixels. Empty for a file that is no DICOM image (text, RT structures, reports, DICOMDIR).
/// Throws Error for an image whose description is impossible (Format), longer than its file (Truncated) or beyond this
/// build (Unsupported).
[[nodiscard]] std::optional<DicomFile> readDicomFile(const std::string& path);

}  // namespace voxmark
