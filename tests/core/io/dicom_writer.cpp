#include "tests/core/io/dicom_writer.h"

#include <fstream>

namespace voxmark::test {
namespace {

void u16(std::string& out, int value) {
  out += static_cast<char>(value & 0xFF);
  out += static_cast<char>((value >> 8) & 0xFF);
}

void element(std::string& out, int group, int number, const std::string& vr, std::string value, char pad = ' ') {
  if (value.size() % 2 != 0) value += pad;
  u16(out, group);
  u16(out, number);
  out += vr;
  if (vr == "OW" || vr == "OB") {
    u16(out, 0);
    u16(out, static_cast<int>(value.size() & 0xFFFF));
    u16(out, static_cast<int>(value.size() >> 16));
  } else {
    u16(out, static_cast<int>(value.size()));
  }
  out += value;
}

void number(std::string& out, int group, int tag, int value) {
  std::string bytes;
  u16(bytes, value);
  element(out, group, tag, "US", bytes);
}

}  // namespace

std::vector<std::uint8_t> littleEndian(const std::vector<int>& samples) {
  std::vector<std::uint8_t> bytes;
  for (const int sample : samples) {
    bytes.push_back(static_cast<std::uint8_t>(sample & 0xFF));
    bytes.push_back(static_cast<std::uint8_t>((sample >> 8) & 0xFF));
  }
  return bytes;
}

void writeDicom(const std::string& path, const DicomSlice& slice) {
  std::string out(128, '\0');
  out += "DICM";
  element(out, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1", '\0');
  element(out, 0x0008, 0x0060, "CS", "CT");
  element(out, 0x0020, 0x000e, "UI", slice.series, '\0');
  element(out, 0x0020, 0x0013, "IS", std::to_string(slice.instance));
  element(out, 0x0020, 0x0032, "DS", slice.position);
  element(out, 0x0020, 0x0037, "DS", slice.orientation);
  number(out, 0x0028, 0x0002, slice.components);
  element(out, 0x0028, 0x0004, "CS", slice.photometric);
  if (slice.components > 1) number(out, 0x0028, 0x0006, slice.planar ? 1 : 0);
  number(out, 0x0028, 0x0010, slice.rows);
  number(out, 0x0028, 0x0011, slice.columns);
  element(out, 0x0028, 0x0030, "DS", slice.pixelSpacing);
  number(out, 0x0028, 0x0100, slice.bitsAllocated);
  number(out, 0x0028, 0x0101, slice.bitsStored);
  number(out, 0x0028, 0x0102, slice.bitsStored - 1);
  number(out, 0x0028, 0x0103, slice.isSigned ? 1 : 0);
  if (slice.intercept) element(out, 0x0028, 0x1052, "DS", *slice.intercept);
  if (slice.slope) element(out, 0x0028, 0x1053, "DS", *slice.slope);
  element(out, 0x7fe0, 0x0010, "OW", std::string(slice.pixels.begin(), slice.pixels.end()), '\0');
  std::ofstream(path, std::ios::binary) << out;
}

}  // namespace voxmark::test
