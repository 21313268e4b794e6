// Voxmark itself, through the library's public interface.
#include <filesystem>
#include <stdexcept>

#include "bench/peers/peer.h"
#include "core/backend/backend.h"
#include "core/base/parallel_for.h"
#include "core/io/gzip_index_file.h"
#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"
#include "core/memory/buffer_pool.h"
#include "core/ops/plan.h"

namespace voxmark::peers {
namespace {

struct Library {
  SourceRegistry sources;
  WriterRegistry writers;
  std::shared_ptr<Backend> backend;

  explicit Library(int threads) : backend(makeCpuBackend(threads)) {
    addNativeReaders(sources);
    addNativeWriters(writers);
    setDefaultThreads(threads);
  }
  [[nodiscard]] VolumePtr load(const std::string& path) const {
    JobContext job;
    return readVolume(*sources.open(path), job);
  }
  void save(const VolumePtr& volume, const std::string& path, const WriteOptions& options) const {
    JobContext job;
    MemorySource source(volume);
    const auto sink = writers.create(path, options);
    (void)backend->execute(plan({}, volume->info()), source, *sink, wholeOf(volume->geometry().size), job);
  }
};

WriteOptions writeOptions(int level, int threads) {
  WriteOptions out;
  out.level = level;
  out.overwrite = true;
  out.threads = threads;
  return out;
}

std::span<const std::byte> voxelsOf(const Volume& volume) {
  return {volume.frameData(0), volume.info().totalBytes()};
}

Outcome outcomeOf(VolumePtr& volume) {
  Outcome out{crcOf(voxelsOf(*volume)), 0, BufferPool::global().usage().highWater, volume->info().totalBytes()};
  volume.reset();
  return out;
}

void open(const Library& library, const Options& options, const Task& task) {
  std::string check;
  Steps steps;
  VolumeInfo info;
  steps.run = [&] { info = library.sources.open(options.plain(task))->info(); };
  steps.outcome = [&] {
    const auto& spacing = info.geometry.spacing;
    return Outcome{describeGrid(info.geometry.size, std::string(pixelTypeName(info.pixelType)),
                                {spacing[0], spacing[1], spacing[2]})};
  };
  measure(options, task, steps);
}

void load(const Library& library, const Options& options, const Task& task) {
  VolumePtr volume;
  Steps steps;
  steps.before = [] {
    waitForSavedIndexes();  // that of the run before, which a single core would have to do beside this one
    BufferPool::global().resetHighWater();
  };
  steps.run = [&] { volume = library.load(options.gzipped(task)); };
  steps.outcome = [&] { return outcomeOf(volume); };
  measure(options, task, steps);
}

void materialise(const Library& library, const Options& options, const Task& task) {
  VolumePtr volume;
  Steps steps;
  steps.before = [] { BufferPool::global().resetHighWater(); };
  steps.run = [&] {
    JobContext job;
    const auto source = library.sources.open(options.plain(task));
    const Plan steps32 = plan({Cast{PixelType::F32}}, source->info());
    MemorySink sink;
    (void)library.backend->execute(steps32, *source, sink, wholeOf(steps32.output.geometry.size), job);
    volume = sink.take();
  };
  steps.outcome = [&] { return outcomeOf(volume); };
  measure(options, task, steps);
}

void crop(const Library& library, const Options& options, const Task& task, const std::string& path) {
  std::unique_ptr<Storage> box;  // from the pool, as a Volume's voxels are
  std::size_t bytes = 0;
  Steps steps;
  steps.run = [&] {
    JobContext job;
    const auto source = library.sources.open(path);
    const VolumeInfo& info = source->info();
    const Region region{cropStart(info.geometry.size), {kCropSize, kCropSize, kCropSize}};
    bytes = static_cast<std::size_t>(region.voxels()) * info.voxelBytes();
    box = BufferPool::global().acquire(bytes);
    source->read({region, 0}, {box->mutableData(), bytes}, {}, job);
  };
  steps.outcome = [&] {
    Outcome out{crcOf({box->data(), bytes})};
    box.reset();
    return out;
  };
  measure(options, task, steps);
}

void save(const Library& library, const Options& options, const Task& task, const std::string& extension) {
  const VolumePtr volume = library.load(options.plain(task));
  const std::string path = options.output(extension);
  Steps steps;
  steps.before = [&] { std::filesystem::remove(path); };
  steps.run = [&] { library.save(volume, path, writeOptions(options.level, options.threads)); };
  steps.outcome = [&] { return Outcome{crcOfFile(path), std::filesystem::file_size(path)}; };
  measure(options, task, steps);
  std::filesystem::remove(path);
}

void perform(const Options& options, const Task& task) {
  const Library library(options.threads);
  const std::string& operation = task.operation;
  if (operation == "open") return open(library, options, task);
  if (operation == "materialise") return materialise(library, options, task);
  if (operation == "load_gz") return load(library, options, task);
  if (operation == "crop") return crop(library, options, task, options.plain(task));
  if (operation == "crop_gz") return crop(library, options, task, options.gzipped(task));
  if (operation == "crop_gz_indexed") {
    (void)library.load(options.gzipped(task));  // whoever has read the whole file once has its index
    return crop(library, options, task, options.gzipped(task));
  }
  if (operation == "crop_seekable") return crop(library, options, task, options.seekable(task));
  if (operation == "save_gz") return save(library, options, task, ".nii.gz");
  if (operation == "save_nii") return save(library, options, task, ".nii");
  if (operation == "write_seekable") {
    std::filesystem::create_directories(options.scratch + "/seekable");
    return library.save(library.load(options.plain(task)), options.seekable(task), writeOptions(options.level, 0));
  }
  throw std::runtime_error(operation + ": Voxmark's program has no such operation");
}

}  // namespace
}  // namespace voxmark::peers

int main(int argc, char** argv) {
  return voxmark::peers::runTasks(argc, argv, voxmark::peers::perform);
}
