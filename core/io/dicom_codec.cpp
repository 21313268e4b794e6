#include "core/io/dicom_codec.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <gdcmFragment.h>
#include <gdcmImage.h>
#include <gdcmSequenceOfFragments.h>
#include <gdcmTrace.h>
#include <gdcmTransferSyntax.h>

#include "core/base/error.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark::dicom {
namespace {

std::uint32_t u32(const Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
  return value;
}

struct Fragment {
  std::size_t mark = 0, begin = 0, length = 0;  ///< of the item's tag; of its value; bytes
};

constexpr std::uint32_t kItem = 0xe000fffeU;
constexpr std::uint32_t kEnd = 0xe0ddfffeU;

std::vector<Fragment> fragmentsOf(const DicomFile& file, const Bytes& bytes) {
  std::vector<Fragment> found;
  std::size_t at = 0;
  while (at + 8 <= bytes.size()) {
    const std::uint32_t mark = u32(bytes, at);
    const std::size_t length = u32(bytes, at + 4);
    if (mark == kEnd) return found;
    if (mark != kItem) throw fileError(ErrorCode::Format, file.path, "PixelData holds something that is no fragment");
    if (length > bytes.size() - at - 8) throw fileError(ErrorCode::Truncated, file.path, "ends inside a fragment");
    found.push_back({at, at + 8, length});
    at += 8 + length;
  }
  throw fileError(ErrorCode::Truncated, file.path, "the list of fragments has no end");
}

/// Index of the frame that each fragment behind the offset table belongs to.
std::vector<std::size_t> framesOfFragments(const DicomFile& file, const Bytes& bytes,
                                           const std::vector<Fragment>& fragments) {
  const auto frames = static_cast<std::size_t>(file.frames);
  const std::size_t count = fragments.size() - 1;
  std::vector<std::size_t> owner(count, 0);
  if (frames == 1) return owner;
  if (count == frames) {
    for (std::size_t i = 0; i < count; ++i) owner[i] = i;
    return owner;
  }
  const Fragment& table = fragments.front();
  if (table.length / 4 != frames) {
    throw fileError(
        ErrorCode::Format, file.path,
        fmt::format("{} fragments cannot be assigned to {} frames: the offset table is missing", count, frames));
  }
  const std::size_t base = table.begin + table.length;
  for (std::size_t i = 0; i < count; ++i) {
    while (owner[i] + 1 < frames && u32(bytes, table.begin + 4 * (owner[i] + 1)) + base <= fragments[i + 1].mark) {
      ++owner[i];
    }
  }
  return owner;
}

gdcm::PixelFormat formatOf(const DicomFile& file) {
  const auto narrow = [](int value) { return static_cast<unsigned short>(value); };
  return gdcm::PixelFormat(narrow(file.components), narrow(file.bitsAllocated), narrow(file.bitsStored),
                           narrow(file.highBit), narrow(file.isSigned ? 1 : 0));
}

void describe(const DicomFile& file, gdcm::TransferSyntax::TSType syntax, gdcm::Image& image) {
  const unsigned int size[3] = {static_cast<unsigned int>(file.columns), static_cast<unsigned int>(file.rows), 1};
  image.SetNumberOfDimensions(2);
  image.SetDimensions(size);
  image.SetPixelFormat(formatOf(file));
  image.SetTransferSyntax(gdcm::TransferSyntax(syntax));
  image.SetPhotometricInterpretation(
      gdcm::PhotometricInterpretation(gdcm::PhotometricInterpretation::GetPIType(file.photometric.c_str())));
  image.SetPlanarConfiguration(0);
}

void setStream(const Bytes& stream, gdcm::Image& image) {
  const gdcm::SmartPointer<gdcm::SequenceOfFragments> sequence = new gdcm::SequenceOfFragments;
  gdcm::Fragment fragment;
  fragment.SetByteValue(reinterpret_cast<const char*>(stream.data()), static_cast<std::uint32_t>(stream.size()));
  sequence->AddFragment(fragment);
  gdcm::DataElement element(gdcm::Tag(0x7fe0, 0x0010));
  element.SetVR(gdcm::VR::OB);
  element.SetValue(*sequence);
  image.SetDataElement(element);
}

/// GDCM says what it thinks of a file on stderr; ours are exceptions and warnings.
void quietGdcm() {
  static const bool quiet = [] {
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
    gdcm::Trace::DebugOff();
    return true;
  }();
  static_cast<void>(quiet);
}

}  // namespace

std::vector<Bytes> frameStreams(const DicomFile& file) {
  const std::uint64_t size = std::filesystem::file_size(file.path);
  trace::Scope scope("read", size);
  const Bytes bytes = readBytes(file.path, file.pixels.offset, size - std::min(size, file.pixels.offset));
  const auto fragments = fragmentsOf(file, bytes);
  if (fragments.size() < 2) throw fileError(ErrorCode::Format, file.path, "has no compressed pixels");
  const auto owner = framesOfFragments(file, bytes, fragments);
  std::vector<Bytes> streams(static_cast<std::size_t>(file.frames));
  for (std::size_t i = 0; i < owner.size(); ++i) {
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(fragments[i + 1].begin);
    Bytes& stream = streams[owner[i]];
    stream.insert(stream.end(), begin, begin + static_cast<std::ptrdiff_t>(fragments[i + 1].length));
  }
  for (const Bytes& stream : streams) {
    if (stream.empty()) throw fileError(ErrorCode::Truncated, file.path, "a frame has no compressed pixels");
  }
  return streams;
}

Bytes decodeStream(const DicomFile& file, const Bytes& stream, bool& planar) {
  trace::Scope scope("decode", file.planeBytes());
  trace::counters().bytesInflated.fetch_add(file.planeBytes());
  if (file.transferSyntax == "1.2.840.10008.1.2.5") {
    planar = file.components > 1;
    return decodeRle(file, stream);
  }
  quietGdcm();
  const auto syntax = gdcm::TransferSyntax::GetTSType(file.transferSyntax.c_str());
  if (syntax == gdcm::TransferSyntax::TS_END) {
    throw fileError(ErrorCode::Unsupported, file.path,
                    fmt::format("the transfer syntax {} cannot be read", file.transferSyntax));
  }
  checkStream(file, stream);
  gdcm::Image image;
  describe(file, syntax, image);
  setStream(stream, image);
  Bytes out(file.planeBytes());
  if (image.GetBufferLength() != out.size() || !image.GetBuffer(reinterpret_cast<char*>(out.data()))) {
    throw fileError(ErrorCode::Format, file.path, "the compressed pixels cannot be decoded");
  }
  planar = image.GetPlanarConfiguration() == 1 && file.components > 1;
  return out;
}

}  // namespace voxmark::dicom
