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

void palette(std::string& out, const DicomSlice::Palette& palette) {
  const std::vector<int>* colours[] = {&palette.red, &palette.green, &palette.blue};
  for (int c = 0; c < 3; ++c) {
    std::string descriptor;
    u16(descriptor, static_cast<int>(colours[c]->size()));
    u16(descriptor, palette.first);
    u16(descriptor, palette.bits);
    element(out, 0x0028, 0x1101 + c, "US", descriptor);
  }
  for (int c = 0; c < 3; ++c) {
    std::string entries;
    for (const int entry : *colours[c]) {
      if (palette.bits == 8) {
        entries += static_cast<char>(entry);
      } else {
        u16(entries, entry);
      }
    }
    element(out, 0x0028, 0x1201 + c, "OW", entries, '\0');
  }
}

void encapsulated(std::string& out, const std::vector<std::string>& fragments) {
  const auto item = [&](int number, const std::string& value) {
    u16(out, 0xfffe);
    u16(out, number);
    u16(out, static_cast<int>(value.size() & 0xFFFF));
    u16(out, static_cast<int>(value.size() >> 16));
    out += value;
  };
  u16(out, 0x7fe0);
  u16(out, 0x0010);
  out += std::string("OB\0\0\xFF\xFF\xFF\xFF", 8);
  item(0xe000, {});
  for (const std::string& fragment : fragments) item(0xe000, fragment);
  item(0xe0dd, {});
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
  element(out, 0x0002, 0x0010, "UI", slice.transferSyntax, '\0');
  element(out, 0x0008, 0x0060, "CS", "CT");
  if (!slice.patientName.empty()) element(out, 0x0010, 0x0010, "PN", slice.patientName);
  if (!slice.patientId.empty()) element(out, 0x0010, 0x0020, "LO", slice.patientId);
  element(out, 0x0020, 0x000e, "UI", slice.series, '\0');
  element(out, 0x0020, 0x0013, "IS", std::to_string(slice.instance));
  element(out, 0x0020, 0x0032, "DS", slice.position);
  element(out, 0x0020, 0x0037, "DS", slice.orientation);
  number(out, 0x0028, 0x0002, slice.components);
  element(out, 0x0028, 0x0004, "CS", slice.photometric);
  if (slice.components > 1) number(out, 0x0028, 0x0006, slice.planar ? 1 : 0);
  if (slice.frames > 1) element(out, 0x0028, 0x0008, "IS", std::to_string(slice.frames));
  number(out, 0x0028, 0x0010, slice.rows);
  number(out, 0x0028, 0x0011, slice.columns);
  element(out, 0x0028, 0x0030, "DS", slice.pixelSpacing);
  number(out, 0x0028, 0x0100, slice.bitsAllocated);
  number(out, 0x0028, 0x0101, slice.bitsStored);
  number(out, 0x0028, 0x0102, slice.bitsStored - 1);
  number(out, 0x0028, 0x0103, slice.isSigned ? 1 : 0);
  if (slice.intercept) element(out, 0x0028, 0x1052, "DS", *slice.intercept);
  if (slice.slope) element(out, 0x0028, 0x1053, "DS", *slice.slope);
  if (slice.palette) palette(out, *slice.palette);
  if (slice.fragments.empty()) {
    element(out, 0x7fe0, 0x0010, "OW", std::string(slice.pixels.begin(), slice.pixels.end()), '\0');
  } else {
    encapsulated(out, slice.fragments);
  }
  std::ofstream(path, std::ios::binary) << out;
}

}  // namespace voxmark::test
