#include <cmath>
#include <cstdlib>

#include <gtest/gtest.h>
#include <itkImageFileReader.h>
#include <itkNiftiImageIO.h>

#include "tests/app/run_program.h"
#include "tests/interop/written_files.h"

namespace voxmark::testing {
namespace {

using Image = itk::Image<double, 4>;

/// Through ITK's NIfTI reader, whatever other readers are registered.
Image::Pointer readWithItk(const std::string& path, itk::NiftiImageIO* io) {
  const auto reader = itk::ImageFileReader<Image>::New();
  reader->SetImageIO(io);
  reader->SetFileName(path);
  reader->Update();
  return reader->GetOutput();
}

TEST(Interop, itkReadsTheSameValuesAndGeometry) {
  for (const Written& file : writtenFiles()) {
    SCOPED_TRACE(file.path);
    const auto io = itk::NiftiImageIO::New();
    ASSERT_TRUE(io->CanReadFile(file.path.c_str()));
    const auto image = readWithItk(file.path, io);
    ASSERT_EQ(io->GetNumberOfDimensions(), file.shape.size());
    std::size_t count = 1;
    for (unsigned axis = 0; axis < file.shape.size(); ++axis) {
      EXPECT_EQ(io->GetDimensions(axis), static_cast<itk::SizeValueType>(file.shape[axis]));
      count *= static_cast<std::size_t>(file.shape[axis]);
    }
    ASSERT_EQ(count, file.values.size());
    ASSERT_EQ(image->GetLargestPossibleRegion().GetNumberOfPixels(), count);
    for (std::size_t n = 0; n < count; ++n) {
      ASSERT_NEAR(image->GetBufferPointer()[n], file.values[n], 1e-6 * std::abs(file.values[n])) << n;
    }
    for (unsigned row = 0; row < 3; ++row) {
      const double sign = row < 2 ? -1 : 1;  // RAS to ITK's LPS
      EXPECT_NEAR(sign * image->GetOrigin()[row], file.affine[4 * row + 3], 1e-4);
      for (unsigned column = 0; column < 3; ++column) {
        EXPECT_NEAR(sign * image->GetDirection()[row][column] * image->GetSpacing()[column],
                    file.affine[4 * row + column], 1e-5);
      }
    }
  }
}

TEST(Interop, itkStepsOverHeaderExtensions) {
  const std::string source = std::string(std::getenv("VOXMARK_SOURCE_DIR")) + "/tests/data/nifti/extension.nii";
  const std::string path = beside("extension_itk.nii.gz");
  ASSERT_EQ(runProgram("convert " + source + " " + path).code, 0);
  const auto image = readWithItk(path, itk::NiftiImageIO::New());
  const auto original = readWithItk(source, itk::NiftiImageIO::New());
  const std::size_t count = image->GetLargestPossibleRegion().GetNumberOfPixels();
  ASSERT_EQ(count, 11U * 9 * 7);
  for (std::size_t n = 0; n < count; ++n) {
    ASSERT_EQ(image->GetBufferPointer()[n], original->GetBufferPointer()[n]) << n;
  }
  EXPECT_EQ(image->GetOrigin(), original->GetOrigin());
  EXPECT_EQ(image->GetDirection(), original->GetDirection());
}

}  // namespace
}  // namespace voxmark::testing
