// The NIfTI project's own C library (nifti_clib).
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include <nifti2_io.h>

#include "bench/peers/peer.h"

namespace voxmark::peers {
namespace {

using ImagePtr = std::unique_ptr<nifti_image, void (*)(nifti_image*)>;

ImagePtr read(const std::string& path, bool voxels) {
  ImagePtr out(nifti_image_read(path.c_str(), voxels ? 1 : 0), nifti_image_free);
  if (out == nullptr) throw std::runtime_error(path + ": nifti_clib cannot read it");
  return out;
}

std::string typeName(const nifti_image& image) {
  if (image.datatype == NIFTI_TYPE_UINT8) return "u8";
  return image.datatype == NIFTI_TYPE_INT16 ? "i16" : "f32";
}

void measureOpen(const Options& options, const Task& task) {
  ImagePtr image(nullptr, nifti_image_free);
  Steps steps;
  steps.run = [&] { image = read(options.plain(task), false); };
  steps.outcome = [&] {
    Outcome out{describeGrid({image->nx, image->ny, image->nz}, typeName(*image), {image->dx, image->dy, image->dz})};
    image.reset();
    return out;
  };
  measure(options, task, steps);
}

void measureLoad(const Options& options, const Task& task) {
  ImagePtr image(nullptr, nifti_image_free);
  Steps steps;
  steps.run = [&] { image = read(options.gzipped(task), true); };
  steps.outcome = [&] {
    const auto bytes = static_cast<std::size_t>(image->nvox) * static_cast<std::size_t>(image->nbyper);
    Outcome out{crcOf({static_cast<const std::byte*>(image->data), bytes})};
    image.reset();
    return out;
  };
  measure(options, task, steps);
}

void measureCrop(const Options& options, const Task& task, const std::string& path) {
  void* box = nullptr;
  std::int64_t bytes = 0;
  Steps steps;
  steps.run = [&] {
    const ImagePtr image = read(path, false);
    const auto start = cropStart({image->nx, image->ny, image->nz});
    std::int64_t first[7] = {start[0], start[1], start[2], 0, 0, 0, 0};
    std::int64_t size[7] = {kCropSize, kCropSize, kCropSize, 1, 1, 1, 1};
    bytes = nifti_read_subregion_image(image.get(), first, size, &box);
    if (bytes < 0) throw std::runtime_error(path + ": nifti_clib cannot read a part of it");
  };
  steps.outcome = [&] {
    Outcome out{crcOf({static_cast<const std::byte*>(box), static_cast<std::size_t>(bytes)})};
    std::free(box);
    box = nullptr;
    return out;
  };
  measure(options, task, steps);
}

void measureSave(const Options& options, const Task& task, const std::string& extension) {
  const ImagePtr image = read(options.plain(task), true);
  const std::string path = options.output(extension);
  if (nifti_set_filenames(image.get(), path.c_str(), 0, 1) != 0) {
    throw std::runtime_error(path + ": nifti_clib cannot write under this name");
  }
  Steps steps;
  steps.before = [&] { std::filesystem::remove(path); };
  steps.run = [&] { nifti_image_write(image.get()); };
  steps.outcome = [&] { return Outcome{crcOfFile(path), std::filesystem::file_size(path)}; };
  measure(options, task, steps);
  std::filesystem::remove(path);
}

void perform(const Options& options, const Task& task) {
  nifti_set_debug_level(0);
  const std::string& operation = task.operation;
  if (operation == "open") return measureOpen(options, task);
  if (operation == "load_gz") return measureLoad(options, task);
  if (operation == "crop") return measureCrop(options, task, options.plain(task));
  if (operation == "crop_gz") return measureCrop(options, task, options.gzipped(task));
  if (operation == "save_gz") return measureSave(options, task, ".nii.gz");
  if (operation == "save_nii") return measureSave(options, task, ".nii");
  throw std::runtime_error(operation + ": nifti_clib's program has no such operation");
}

}  // namespace
}  // namespace voxmark::peers

int main(int argc, char** argv) {
  return voxmark::peers::runTasks(argc, argv, voxmark::peers::perform);
}
