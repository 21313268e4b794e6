// ITK's filters, as its examples use them, on a volume in memory.
#include <stdexcept>

#include <itkBSplineInterpolateImageFunction.h>
#include <itkCastImageFilter.h>
#include <itkIdentityTransform.h>
#include <itkImageFileReader.h>
#include <itkLinearInterpolateImageFunction.h>
#include <itkMultiThreaderBase.h>
#include <itkNiftiImageIOFactory.h>
#include <itkNormalizeImageFilter.h>
#include <itkPermuteAxesImageFilter.h>
#include <itkRegionOfInterestImageFilter.h>
#include <itkResampleImageFilter.h>
#include <itkRescaleIntensityImageFilter.h>

#include "bench/peers/peer.h"
#include "bench/peers/turned_grid.h"

namespace voxmark::peers {
namespace {

using Image = itk::Image<float, 3>;

Image::Pointer read(const std::string& path) {
  const auto reader = itk::ImageFileReader<Image>::New();
  reader->SetFileName(path);
  reader->Update();
  Image::Pointer image = reader->GetOutput();
  image->DisconnectPipeline();
  return image;
}

std::array<std::int64_t, 3> sizeOf(const Image& image) {
  const auto size = image.GetLargestPossibleRegion().GetSize();
  return {static_cast<std::int64_t>(size[0]), static_cast<std::int64_t>(size[1]), static_cast<std::int64_t>(size[2])};
}

Image::Pointer loaded(const Options& options, const Task& task, bool middle) {
  Image::Pointer image = read(options.plain(task));
  if (middle) {
    Image::RegionType region = image->GetLargestPossibleRegion();
    for (unsigned a = 0; a < 3; ++a) {
      region.SetSize(a, region.GetSize(a) / 2);
      region.SetIndex(a, static_cast<itk::IndexValueType>(region.GetSize(a) / 2));
    }
    const auto filter = itk::RegionOfInterestImageFilter<Image, Image>::New();
    filter->SetInput(image);
    filter->SetRegionOfInterest(region);
    filter->Update();
    image = filter->GetOutput();
    image->DisconnectPipeline();
  }
  const std::array<double, 3> ones{1, 1, 1}, zeros{0, 0, 0};
  image->SetSpacing(ones.data());
  image->SetOrigin(zeros.data());
  Image::DirectionType direction;
  direction.SetIdentity();
  image->SetDirection(direction);
  return image;
}

template <typename Filter>
auto outputOf(Filter& filter) {
  filter->Update();
  auto image = typename Filter::ObjectType::OutputImageType::Pointer(filter->GetOutput());
  image->DisconnectPipeline();
  return image;
}

Image::Pointer resampled(const Image::Pointer& image, const TurnedGrid& grid, bool cubic) {
  const auto filter = itk::ResampleImageFilter<Image, Image>::New();
  filter->SetInput(image);
  filter->SetTransform(itk::IdentityTransform<double, 3>::New());
  if (cubic) {
    filter->SetInterpolator(itk::BSplineInterpolateImageFunction<Image>::New());
  } else {
    filter->SetInterpolator(itk::LinearInterpolateImageFunction<Image>::New());
  }
  Image::SizeType size;
  Image::PointType origin;
  Image::SpacingType spacing;
  Image::DirectionType direction;
  for (unsigned a = 0; a < 3; ++a) {
    size[a] = static_cast<itk::SizeValueType>(grid.size.at(a));
    origin[a] = grid.origin.at(a);
    spacing[a] = grid.spacing;
    for (unsigned c = 0; c < 3; ++c) direction(a, c) = grid.rotation.at(3 * a + c);
  }
  filter->SetSize(size);
  filter->SetOutputOrigin(origin);
  filter->SetOutputSpacing(spacing);
  filter->SetOutputDirection(direction);
  return outputOf(filter);
}

Image::Pointer performOn(const std::string& operation, const Image::Pointer& image) {
  const auto size = sizeOf(*image);
  if (operation == "zscore" || operation == "load_zscore") {
    const auto filter = itk::NormalizeImageFilter<Image, Image>::New();
    filter->SetInput(image);
    return outputOf(filter);
  }
  if (operation == "minmax") {
    const auto filter = itk::RescaleIntensityImageFilter<Image, Image>::New();
    filter->SetInput(image);
    filter->SetOutputMinimum(0);
    filter->SetOutputMaximum(1);
    return outputOf(filter);
  }
  if (operation == "permute") {
    const auto filter = itk::PermuteAxesImageFilter<Image>::New();
    filter->SetInput(image);
    itk::PermuteAxesImageFilter<Image>::PermuteOrderArrayType order;
    for (unsigned a = 0; a < 3; ++a) order[a] = 2 - a;
    filter->SetOrder(order);
    return outputOf(filter);
  }
  if (operation == "up2") {
    TurnedGrid grid{{2 * size[0], 2 * size[1], 2 * size[2]}, 0.5, {1, 0, 0, 0, 1, 0, 0, 0, 1}, {-0.25, -0.25, -0.25}};
    return resampled(image, grid, false);
  }
  if (operation == "affine") return resampled(image, turnedVolume(size), false);
  if (operation == "cubic") return resampled(image, turnedVolume(size), true);
  if (operation == "slice") return resampled(image, turnedSlice(size), false);
  throw std::runtime_error(operation + ": ITK's program has no such operation");
}

template <typename Result>
std::string checkOf(const Result& image) {
  const auto* voxels = image->GetBufferPointer();
  return probesOf(image->GetBufferedRegion().GetNumberOfPixels(),
                  [&](std::size_t n) { return static_cast<double>(voxels[n]); });
}

void castTo16(const Options& options, const Task& task, const Image::Pointer& image) {
  itk::Image<short, 3>::Pointer result;
  Steps steps;
  steps.run = [&] {
    const auto filter = itk::CastImageFilter<Image, itk::Image<short, 3>>::New();
    filter->SetInput(image);
    result = outputOf(filter);
  };
  steps.outcome = [&] { return Outcome{checkOf(result)}; };
  measure(options, task, steps);
}

void perform(const Options& options, const Task& task) {
  itk::NiftiImageIOFactory::RegisterOneFactory();
  itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(static_cast<itk::ThreadIdType>(options.threads));
  const bool fromFile = task.operation == "load_zscore";
  Image::Pointer image;
  if (!fromFile) image = loaded(options, task, task.operation == "up2" || task.operation == "cubic");
  if (task.operation == "cast_i16") return castTo16(options, task, image);
  Image::Pointer result;
  Steps steps;
  steps.run = [&] { result = performOn(task.operation, fromFile ? read(options.plain(task)) : image); };
  steps.outcome = [&] {
    Outcome out{checkOf(result)};
    result = nullptr;
    return out;
  };
  measure(options, task, steps);
}

}  // namespace
}  // namespace voxmark::peers

int main(int argc, char** argv) {
  return voxmark::peers::runTasks(argc, argv, voxmark::peers::perform);
}
