#include "core/io/itk_readers.h"

#include <string_view>

#include "core/io/dicom_source.h"
#include "core/io/mgh_source.h"

namespace voxmark {
namespace {

bool endsWith(std::string_view text, std::string_view end) {
  return text.ends_with(end);
}

/// Files older than the preamble start with an element of group 2 or 8, in little-endian order.
bool startsLikeDataSet(std::span<const std::byte> head) {
  if (head.size() < 8) return false;
  const auto group = std::to_integer<int>(head[0]) | (std::to_integer<int>(head[1]) << 8);
  return (group == 2 || group == 8) && head[3] == std::byte{0};
}

int scoreDicom(const Probe& probe) {
  if (probe.isDirectory) return 50;
  if (probe.head.size() >= 132) {
    const std::string_view mark(reinterpret_cast<const char*>(probe.head.data()) + 128, 4);
    if (mark == "DICM") return 100;
  }
  for (const char* extension : {".dcm", ".dicom", ".ima"}) {
    if (endsWith(probe.lowerName, extension)) return 60;
  }
  return startsLikeDataSet(probe.head) ? 40 : 0;
}

}  // namespace

void addItkReaders(SourceRegistry& registry) {
  registry.add({"DICOM", {".dcm", ".dicom", ".ima"}, scoreDicom, openDicom});
  registry.add({"MGH", {".mgh", ".mgz"}, scoreMgh, openMgh});
}

}  // namespace voxmark
