#include "core/io/dicom_file.h"

#include <filesystem>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/dicom_data_set.h"
#include "core/io/dicom_mosaic.h"
#include "core/io/dicom_planes.h"

namespace voxmark {
namespace {

using dicom::DataSet;
using dicom::Tag;

/// How the image was made, and nothing of whom and when: see DicomFile::metadata.
constexpr struct {
  std::uint16_t group, element;
  const char* name;
} kShown[] = {{0x0008, 0x0008, "ImageType"},
              {0x0008, 0x0016, "SOPClassUID"},
              {0x0008, 0x0060, "Modality"},
              {0x0008, 0x0070, "Manufacturer"},
              {0x0008, 0x103e, "SeriesDescription"},
              {0x0008, 0x1090, "ManufacturerModelName"},
              {0x0018, 0x0015, "BodyPartExamined"},
              {0x0018, 0x0020, "ScanningSequence"},
              {0x0018, 0x0021, "SequenceVariant"},
              {0x0018, 0x0023, "MRAcquisitionType"},
              {0x0018, 0x0050, "SliceThickness"},
              {0x0018, 0x0060, "KVP"},
              {0x0018, 0x0080, "RepetitionTime"},
              {0x0018, 0x0081, "EchoTime"},
              {0x0018, 0x0082, "InversionTime"},
              {0x0018, 0x0083, "NumberOfAverages"},
              {0x0018, 0x0084, "ImagingFrequency"},
              {0x0018, 0x0087, "MagneticFieldStrength"},
              {0x0018, 0x0088, "SpacingBetweenSlices"},
              {0x0018, 0x0091, "EchoTrainLength"},
              {0x0018, 0x0095, "PixelBandwidth"},
              {0x0018, 0x1100, "ReconstructionDiameter"},
              {0x0018, 0x1120, "GantryDetectorTilt"},
              {0x0018, 0x1150, "ExposureTime"},
              {0x0018, 0x1151, "XRayTubeCurrent"},
              {0x0018, 0x1152, "Exposure"},
              {0x0018, 0x1160, "FilterType"},
              {0x0018, 0x1210, "ConvolutionKernel"},
              {0x0018, 0x1250, "ReceiveCoilName"},
              {0x0018, 0x1314, "FlipAngle"},
              {0x0020, 0x000e, "SeriesInstanceUID"},
              {0x0020, 0x0011, "SeriesNumber"},
              {0x0028, 0x0004, "PhotometricInterpretation"},
              {0x0028, 0x0030, "PixelSpacing"},
              {0x0028, 0x1050, "WindowCenter"},
              {0x0028, 0x1051, "WindowWidth"},
              {0x0028, 0x1052, "RescaleIntercept"},
              {0x0028, 0x1053, "RescaleSlope"},
              {0x0028, 0x1054, "RescaleType"},
              {0x0028, 0x2110, "LossyImageCompression"},
              {0x0054, 0x1001, "Units"},
              {0x3004, 0x000e, "DoseGridScaling"}};

void readTexts(const DataSet& header, DicomFile& file) {
  for (const auto& shown : kShown) {
    if (auto value = header.text(Tag(shown.group, shown.element))) file.metadata.emplace_back(shown.name, *value);
  }
  file.metadata.emplace_back("TransferSyntaxUID", file.transferSyntax);
  file.seriesUid = header.text(Tag(0x0020, 0x000e)).value_or("");
  file.description = header.text(Tag(0x0008, 0x103e)).value_or("");
  file.modality = header.text(Tag(0x0008, 0x0060)).value_or("");
  file.photometric = header.text(Tag(0x0028, 0x0004)).value_or("MONOCHROME2");
  file.repetitionTime = header.number(Tag(0x0018, 0x0080)).value_or(0);
  const auto centre = header.number(Tag(0x0028, 0x1050));
  const auto width = header.number(Tag(0x0028, 0x1051));
  if (centre && width && *width > 0) file.window = DisplayWindow{*width, *centre};
  if (header.has(Tag(0x0028, 0x3000))) {
    file.warnings.push_back("the Modality LUT Sequence is not applied: stored values are shown");
  }
}

void readPixelDescription(const DataSet& header, DicomFile& file) {
  file.rows = header.unsignedShort(Tag(0x0028, 0x0010)).value_or(0);
  file.columns = header.unsignedShort(Tag(0x0028, 0x0011)).value_or(0);
  file.frames = static_cast<std::int64_t>(header.number(Tag(0x0028, 0x0008)).value_or(1));
  file.components = header.unsignedShort(Tag(0x0028, 0x0002)).value_or(1);
  file.bitsAllocated = header.unsignedShort(Tag(0x0028, 0x0100)).value_or(0);
  file.bitsStored = header.unsignedShort(Tag(0x0028, 0x0101)).value_or(file.bitsAllocated);
  file.highBit = header.unsignedShort(Tag(0x0028, 0x0102)).value_or(file.bitsStored - 1);
  file.isSigned = header.unsignedShort(Tag(0x0028, 0x0103)).value_or(0) == 1;
  file.planar = header.unsignedShort(Tag(0x0028, 0x0006)).value_or(0) == 1 && file.components > 1;
}

void checkPixelDescription(const DicomFile& file) {
  const auto positive = [&](const char* name, std::int64_t value) {
    if (value < 1) throw fieldError(file.path, name, "1 or more", value == 0 ? "none" : fmt::format("{}", value));
  };
  positive("Rows", file.rows);
  positive("Columns", file.columns);
  positive("NumberOfFrames", file.frames);
  if (file.components != 1 && file.components != 3) {
    throw fieldError(file.path, "SamplesPerPixel", "1 or 3", fmt::format("{}", file.components));
  }
  const int bits = file.bitsAllocated;
  if (bits != 1 && bits != 8 && bits != 16 && bits != 32 && bits != 64) {
    throw fieldError(file.path, "BitsAllocated", "1, 8, 16 or 32", fmt::format("{}", bits));
  }
  if (file.bitsStored < 1 || file.bitsStored > bits) {
    throw fieldError(file.path, "BitsStored", fmt::format("1 to {}", bits), fmt::format("{}", file.bitsStored));
  }
}

void chooseEncoding(const dicom::Header& header, DicomFile& file) {
  file.byteOrder = header.syntax.bigEndian ? ByteOrder::Big : ByteOrder::Little;
  file.encoding = header.syntax.encapsulated ? DicomEncoding::Compressed : DicomEncoding::Native;
  const bool isFloat = file.pixels.tag != Tag(0x7fe0, 0x0010);
  if (isFloat || file.bitsAllocated == 1) {
    if (file.encoding != DicomEncoding::Native) {
      throw fileError(ErrorCode::Unsupported, file.path, "compressed bit or floating-point pixels cannot be read");
    }
    file.encoding = isFloat ? DicomEncoding::Float : DicomEncoding::Bits;
  }
  const bool s = file.isSigned;
  switch (file.bitsAllocated) {
    case 1:
    case 8:
      file.pixelType = s && file.bitsAllocated == 8 ? PixelType::I8 : PixelType::U8;
      break;
    case 16:
      file.pixelType = s ? PixelType::I16 : PixelType::U16;
      break;
    case 32:
      file.pixelType = isFloat ? PixelType::F32 : s ? PixelType::I32 : PixelType::U32;
      break;
    default:
      if (!isFloat) throw fileError(ErrorCode::Unsupported, file.path, "64-bit integer pixels cannot be read");
      file.pixelType = PixelType::F64;
  }
}

void checkSupported(const DicomFile& file) {
  const std::string& colours = file.photometric;
  const bool colour = file.components == 3;
  if (colour && colours != "RGB" && !colours.starts_with("YBR_")) {
    throw fileError(ErrorCode::Unsupported, file.path, fmt::format("{} pixels cannot be read", colours));
  }
  if (colour && file.encoding != DicomEncoding::Compressed && colours != "RGB" && colours != "YBR_FULL") {
    throw fileError(ErrorCode::Unsupported, file.path, fmt::format("uncompressed {} pixels cannot be read", colours));
  }
}

/// Nothing is allocated for pixels that the file cannot hold.
void checkLength(const DicomFile& file) {
  const std::uint64_t size = std::filesystem::file_size(file.path);
  const std::uint64_t left = size - std::min(size, file.pixels.offset);
  if (file.encoding == DicomEncoding::Compressed) {
    // Each frame has a fragment of its own, whose item alone takes eight bytes.
    if (static_cast<std::uint64_t>(file.frames) > left / 8) {
      throw fieldError(file.path, "NumberOfFrames", fmt::format("at most {}", left / 8),
                       fmt::format("{}", file.frames));
    }
    return;
  }
  const std::uint64_t needed = file.storedBytes();
  if (file.pixels.length == dicom::kUndefinedLength || file.pixels.length < needed) {
    throw fileError(ErrorCode::Truncated, file.path,
                    fmt::format("PixelData is too short for {}x{}x{} pixels (expected {} bytes, found {})",
                                file.columns, file.rows, file.frames, needed, file.pixels.length));
  }
  if (file.deflated) return;
  if (needed > left) {
    throw fileError(
        ErrorCode::Truncated, file.path,
        fmt::format("ends inside its pixels (expected {} bytes, found {})", file.pixels.offset + needed, size));
  }
}

}  // namespace

std::optional<DicomFile> readDicomFile(const std::string& path) {
  const auto found = dicom::readHeader(path);
  if (!found) return std::nullopt;
  const DataSet& header = found->elements;
  if (!header.has(Tag(0x0028, 0x0010)) && !header.has(Tag(0x0028, 0x0100))) return std::nullopt;
  if (!found->pixels) throw fileError(ErrorCode::Format, path, "has no pixel data");
  DicomFile file;
  file.path = path;
  file.transferSyntax = found->syntax.uid;
  file.deflated = found->syntax.deflated;
  file.dataOffset = found->dataOffset;
  file.pixels = *found->pixels;
  readTexts(header, file);
  readPixelDescription(header, file);
  checkPixelDescription(file);
  chooseEncoding(*found, file);
  checkSupported(file);
  checkLength(file);
  if (file.photometric == "PALETTE COLOR" && file.components == 1 && file.encoding != DicomEncoding::Float) {
    file.palette = dicom::readPalette(header, file.isSigned);
  }
  readPlanes(header, file);
  if (isMosaic(header)) splitMosaic(header, file);
  return file;
}

}  // namespace voxmark
