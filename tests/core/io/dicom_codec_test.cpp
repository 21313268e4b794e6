#include <gdcmImage.h>
#include <gdcmImageChangeTransferSyntax.h>
#include <gdcmSequenceOfFragments.h>

#include "tests/core/io/dicom_test_support.h"

namespace voxmark {
namespace {

using test::Dicom;
using test::DicomSlice;
using test::sliceAt;

constexpr int kSide = 64;

/// 12-bit samples as a JPEG stream of the extended process (precision 12), made by GDCM.
std::string twelveBitJpeg(const std::vector<std::uint8_t>& samples) {
  const gdcm::SmartPointer<gdcm::Image> image = new gdcm::Image;
  const unsigned int size[3] = {kSide, kSide, 1};
  image->SetNumberOfDimensions(2);
  image->SetDimensions(size);
  image->SetPixelFormat(gdcm::PixelFormat(1, 16, 12, 11, 0));
  image->SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
  image->SetTransferSyntax(gdcm::TransferSyntax::ExplicitVRLittleEndian);
  gdcm::DataElement pixels(gdcm::Tag(0x7fe0, 0x0010));
  pixels.SetByteValue(reinterpret_cast<const char*>(samples.data()), static_cast<std::uint32_t>(samples.size()));
  image->SetDataElement(pixels);
  gdcm::ImageChangeTransferSyntax change;
  change.SetTransferSyntax(gdcm::TransferSyntax::JPEGExtendedProcess2_4);
  change.SetInput(*image);
  EXPECT_TRUE(change.Change());
  const auto* fragments = change.GetOutput().GetDataElement().GetSequenceOfFragments();
  if (fragments == nullptr) return {};
  const gdcm::ByteValue* value = fragments->GetFragment(0).GetByteValue();
  return {value->GetPointer(), value->GetLength()};
}

DicomSlice twelveBitSlice() {
  std::vector<int> samples;
  for (int n = 0; n < kSide * kSide; ++n) samples.push_back(20 * (n % kSide) + 40 * (n / kSide));
  DicomSlice slice = sliceAt(0, samples);
  slice.rows = slice.columns = kSide;
  slice.bitsStored = 12;
  slice.transferSyntax = "1.2.840.10008.1.2.4.51";
  slice.fragments = {twelveBitJpeg(slice.pixels)};
  return slice;
}

class DicomCodec : public Dicom {};

TEST_F(DicomCodec, decodesTwelveBitJpegWithoutAWordOnStandardError) {
  write("a", twelveBitSlice());
  ::testing::internal::CaptureStderr();
  const auto source = open({}, "a");
  const auto volume = load(*source);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_NEAR(volume->valueAt(0, {10, 20, 0}), 1000, 24);  // lossy
  EXPECT_NEAR(volume->valueAt(0, {63, 63, 0}), 3780, 24);
  EXPECT_TRUE(source->readWarnings().empty());
}

TEST_F(DicomCodec, saysQuietlyThatJpegDataAreDamaged) {
  DicomSlice slice = twelveBitSlice();
  std::string& stream = slice.fragments.front();
  stream.resize(stream.size() / 2);
  stream += stream.size() % 2 == 0 ? "" : std::string(1, '\0');
  write("a", slice);
  ::testing::internal::CaptureStderr();
  const auto source = open({}, "a");
  std::vector<std::string> said;
  if (const auto error = errorOf([&] { static_cast<void>(load(*source)); })) {
    said = {error->what()};
  } else {
    said = source->readWarnings();
  }
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(said.size(), 1U);
}

}  // namespace
}  // namespace voxmark
