#include "core/io/dicom_codec.h"

#include <fmt/format.h>
#include <gdcmFragment.h>
#include <gdcmImage.h>
#include <gdcmSequenceOfFragments.h>
#include <gdcmTransferSyntax.h>

#include "core/base/error.h"
#include "core/io/gdcm_messages.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark::dicom {
namespace {

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

}  // namespace

Bytes decodeStream(const DicomFile& file, const Bytes& stream, bool& planar, const JobContext& job) {
  job.throwIfCancelled();
  trace::Scope scope("decode", file.planeBytes());
  trace::counters().bytesInflated.fetch_add(file.planeBytes());
  if (file.transferSyntax == "1.2.840.10008.1.2.5") {
    planar = file.components > 1;
    return decodeRle(file, stream, job);
  }
  silenceGdcm();
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
