#include "core/profiling/scenario_input.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/io/steps.h"
#include "core/profiling/synthetic_volume.h"

namespace voxmark::profiling {
namespace {

std::string contentKey(const ScenarioSpec& spec) {
  return spec.file.empty()
             ? fmt::format("{}_{}_{}_{}", spec.value("content"), spec.value("type"), spec.value("shape"), spec.seed)
             : spec.file;
}

}  // namespace

std::string extensionOf(const std::string& container) {
  std::string out = '.' + container;
  std::replace(out.begin(), out.end(), '_', '.');
  return out;
}

std::string containerOf(const std::string& path) {
  const std::filesystem::path p(path);
  if (std::filesystem::is_directory(p)) return "folder";
  std::string extension = p.extension() == ".gz" ? p.stem().extension().string() + "_gz" : p.extension().string();
  if (!extension.empty() && extension.front() == '.') extension.erase(0, 1);
  return extension.empty() ? "file" : extension;
}

void writeVolume(const Volume& volume, const std::string& path, const WriterRegistry& writers,
                 const WriteOptions& options, JobContext& job) {
  const VolumeInfo& info = volume.info();
  const auto sink = writers.create(path, options);
  sink->begin(info);
  const Region whole = wholeOf(info.geometry.size);
  const std::uint64_t sliceBytes =
      info.frameBytes() / static_cast<std::uint64_t>(std::max<std::int64_t>(1, whole.size[2]));
  const auto slices = static_cast<std::int64_t>(
      std::max<std::uint64_t>(1, (std::uint64_t{8} << 20) / std::max<std::uint64_t>(1, sliceBytes)));
  for (std::int64_t frame = 0; frame < info.frames; ++frame) {
    for (std::int64_t k = 0; k < whole.size[2]; k += slices) {
      const Region part = slab(whole, k, std::min(k + slices, whole.size[2]));
      const std::byte* from = volume.frameData(frame) + static_cast<std::uint64_t>(k) * sliceBytes;
      sink->write(part, frame, {from, static_cast<std::size_t>(part.size[2]) * sliceBytes}, job);
    }
  }
  sink->finish(job);
}

InputStore::InputStore(const SourceRegistry& sources) : sources_(sources) {
  addNativeWriters(writers_);
}

ScratchFolder& InputStore::folder() {
  if (folder_ == nullptr) folder_ = std::make_unique<ScratchFolder>();
  return *folder_;
}

std::string InputStore::output(const std::string& name) {
  return folder().file(name);
}

std::string InputStore::file(const ScenarioSpec& spec, JobContext& job) {
  return spec.file.empty() ? fileIn(spec, spec.value("container"), job) : spec.file;
}

std::string InputStore::fileIn(const ScenarioSpec& spec, const std::string& container, JobContext& job) {
  const std::string name = std::filesystem::path(contentKey(spec)).filename().string() + extensionOf(container);
  std::string& path = files_[contentKey(spec) + extensionOf(container)];
  if (path.empty()) {
    const std::string wanted = folder().file(name);
    JobContext quiet(job.token(), {});
    WriteOptions options;
    options.overwrite = true;
    writeVolume(*volume(spec, quiet), wanted, writers_, options, quiet);
    path = wanted;
  }
  return path;
}

VolumePtr InputStore::volume(const ScenarioSpec& spec, JobContext& job) {
  std::weak_ptr<const Volume>& kept = volumes_[contentKey(spec)];
  if (VolumePtr there = kept.lock()) return there;
  VolumePtr made;
  JobContext quiet(job.token(), {});
  if (!spec.file.empty()) {
    made = readVolume(*sources_.open(spec.file), quiet);
  } else {
    made = makeSynthetic({spec.value("content"), parseExtent(spec.value("shape")),
                          parsePixelType(spec.value("type")).value_or(PixelType::I16), spec.seed});
  }
  kept = made;
  return made;
}

}  // namespace voxmark::profiling
