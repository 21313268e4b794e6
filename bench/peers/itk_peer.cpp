// ITK's NIfTI reader and writer, as its examples use them.
#include <filesystem>
#include <stdexcept>

#include <itkImageFileReader.h>
#include <itkImageFileWriter.h>
#include <itkImageIOFactory.h>
#include <itkMultiThreaderBase.h>
#include <itkNiftiImageIOFactory.h>
#include <itkRegionOfInterestImageFilter.h>

#include "bench/peers/peer.h"

namespace voxmark::peers {
namespace {

template <typename Voxel>
using Image = itk::Image<Voxel, 3>;

template <typename Voxel>
const char* typeName() {
  if constexpr (std::is_same_v<Voxel, unsigned char>) return "u8";
  return std::is_same_v<Voxel, short> ? "i16" : "f32";
}

template <typename Voxel>
typename Image<Voxel>::Pointer load(const std::string& path) {
  const auto reader = itk::ImageFileReader<Image<Voxel>>::New();
  reader->SetFileName(path);
  reader->Update();
  typename Image<Voxel>::Pointer image = reader->GetOutput();
  image->DisconnectPipeline();
  return image;
}

template <typename Voxel>
Outcome outcomeOf(typename Image<Voxel>::Pointer& image) {
  const std::size_t voxels = image->GetBufferedRegion().GetNumberOfPixels();
  Outcome out{crcOf(std::as_bytes(std::span(image->GetBufferPointer(), voxels)))};
  image = nullptr;
  return out;
}

template <typename Voxel>
void measureOpen(const Options& options, const Task& task) {
  typename itk::ImageFileReader<Image<Voxel>>::Pointer reader;
  Steps steps;
  steps.run = [&] {
    reader = itk::ImageFileReader<Image<Voxel>>::New();
    reader->SetFileName(options.plain(task));
    reader->UpdateOutputInformation();
  };
  steps.outcome = [&] {
    const auto size = reader->GetOutput()->GetLargestPossibleRegion().GetSize();
    const auto spacing = reader->GetOutput()->GetSpacing();
    reader = nullptr;
    const auto count = [&](unsigned axis) { return static_cast<std::int64_t>(size[axis]); };
    return Outcome{
        describeGrid({count(0), count(1), count(2)}, typeName<Voxel>(), {spacing[0], spacing[1], spacing[2]})};
  };
  measure(options, task, steps);
}

template <typename Voxel>
void measureLoad(const Options& options, const Task& task, const std::string& path) {
  typename Image<Voxel>::Pointer image;
  Steps steps;
  steps.run = [&] { image = load<Voxel>(path); };
  steps.outcome = [&] { return outcomeOf<Voxel>(image); };
  measure(options, task, steps);
}

template <typename Voxel>
void measureCrop(const Options& options, const Task& task, const std::string& path) {
  typename Image<Voxel>::Pointer image;
  Steps steps;
  steps.run = [&] {
    const auto reader = itk::ImageFileReader<Image<Voxel>>::New();
    reader->SetFileName(path);
    reader->UpdateOutputInformation();
    const auto size = reader->GetOutput()->GetLargestPossibleRegion().GetSize();
    const auto start = cropStart(
        {static_cast<std::int64_t>(size[0]), static_cast<std::int64_t>(size[1]), static_cast<std::int64_t>(size[2])});
    typename Image<Voxel>::RegionType region;
    for (unsigned axis = 0; axis < 3; ++axis) {
      region.SetIndex(axis, start.at(axis));
      region.SetSize(axis, kCropSize);
    }
    const auto filter = itk::RegionOfInterestImageFilter<Image<Voxel>, Image<Voxel>>::New();
    filter->SetInput(reader->GetOutput());
    filter->SetRegionOfInterest(region);
    filter->Update();
    image = filter->GetOutput();
    image->DisconnectPipeline();
  };
  steps.outcome = [&] { return outcomeOf<Voxel>(image); };
  measure(options, task, steps);
}

template <typename Voxel>
void measureSave(const Options& options, const Task& task, const std::string& extension) {
  const auto image = load<Voxel>(options.plain(task));
  const std::string path = options.output(extension);
  Steps steps;
  steps.before = [&] { std::filesystem::remove(path); };
  steps.run = [&] {
    const auto writer = itk::ImageFileWriter<Image<Voxel>>::New();
    writer->SetFileName(path);
    writer->SetInput(image);
    writer->Update();
  };
  steps.outcome = [&] { return Outcome{crcOfFile(path), std::filesystem::file_size(path)}; };
  measure(options, task, steps);
  std::filesystem::remove(path);
}

template <typename Voxel>
void performAs(const Options& options, const Task& task) {
  const std::string& operation = task.operation;
  if (operation == "open") return measureOpen<Voxel>(options, task);
  if (operation == "materialise") return measureLoad<float>(options, task, options.plain(task));
  if (operation == "load_gz") return measureLoad<Voxel>(options, task, options.gzipped(task));
  if (operation == "crop") return measureCrop<Voxel>(options, task, options.plain(task));
  if (operation == "crop_gz") return measureCrop<Voxel>(options, task, options.gzipped(task));
  if (operation == "save_gz") return measureSave<Voxel>(options, task, ".nii.gz");
  if (operation == "save_nii") return measureSave<Voxel>(options, task, ".nii");
  throw std::runtime_error(operation + ": ITK's program has no such operation");
}

void perform(const Options& options, const Task& task) {
  itk::NiftiImageIOFactory::RegisterOneFactory();
  itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(static_cast<itk::ThreadIdType>(options.threads));
  const std::string path = options.plain(task);
  const auto io = itk::ImageIOFactory::CreateImageIO(path.c_str(), itk::IOFileModeEnum::ReadMode);
  if (io == nullptr) throw std::runtime_error(path + ": ITK cannot read it");
  io->SetFileName(path);
  io->ReadImageInformation();
  switch (io->GetComponentType()) {
    case itk::IOComponentEnum::UCHAR:
      return performAs<unsigned char>(options, task);
    case itk::IOComponentEnum::SHORT:
      return performAs<short>(options, task);
    case itk::IOComponentEnum::FLOAT:
      return performAs<float>(options, task);
    default:
      throw std::runtime_error(path + ": expected u8, i16 or f32");
  }
}

}  // namespace
}  // namespace voxmark::peers

int main(int argc, char** argv) {
  return voxmark::peers::runTasks(argc, argv, voxmark::peers::perform);
}
