#include "core/profiling/file_scenarios.h"

#include <cmath>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <fnmatch.h>

#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/ops/statistics.h"

namespace voxmark::profiling {
namespace {

/// Sum over the bytes, enough to see that a read gave the same voxels as the first one.
std::uint64_t checksum(const Volume& volume) {
  std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a over 8-byte words
  const std::byte* data = volume.frameData(0);
  const std::uint64_t bytes = volume.info().totalBytes();
  for (std::uint64_t at = 0; at < bytes; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data + at, std::min<std::uint64_t>(8, bytes - at));
    hash = (hash ^ word) * 1099511628211ULL;
  }
  return hash;
}

class LoadScenario final : public Scenario {
 public:
  LoadScenario(ScenarioInfo info, std::string path, const SourceRegistry& sources)
      : Scenario(std::move(info)), path_(std::move(path)), sources_(sources) {}

  void prepare(JobContext& job) override {
    run(job);
    expected_ = checksum(*volume_);
    // Another way to the same voxels: the last slice read by itself.
    const auto source = sources_.open(path_);
    const Index3& size = source->info().geometry.size;
    const Region last = slab(wholeOf(size), size[2] - 1, size[2]);
    std::vector<std::byte> slice(static_cast<std::size_t>(last.voxels()) * source->info().voxelBytes());
    source->read({last, 0}, slice, {}, job);
    const std::byte* whole = volume_->frameData(0) + volume_->info().frameBytes() - slice.size();
    if (std::memcmp(whole, slice.data(), slice.size()) != 0) {
      throw Error(ErrorCode::Verification, path_ + ": a slice read by itself differs from the whole volume");
    }
    volume_.reset();
  }
  void run(JobContext& job) override {
    const auto source = sources_.open(path_);
    JobContext quiet(job.token(), {});
    volume_ = readVolume(*source, quiet);
  }
  void check() override {
    if (expected_ && checksum(*volume_) != *expected_) {
      throw Error(ErrorCode::Verification, path_ + ": two reads gave different voxels");
    }
    volume_.reset();
  }
  void release() override { volume_.reset(); }
  [[nodiscard]] std::string label() const override { return "warm: the file was read just before"; }

 private:
  std::string path_;
  const SourceRegistry& sources_;
  std::shared_ptr<Volume> volume_;
  std::optional<std::uint64_t> expected_;
};

class NormaliseScenario final : public Scenario {
 public:
  NormaliseScenario(ScenarioInfo info, NormalizeMethod method, std::string path, const SourceRegistry& sources,
                    std::shared_ptr<Backend> backend)
      : Scenario(std::move(info)),
        method_(method),
        path_(std::move(path)),
        sources_(sources),
        backend_(std::move(backend)) {}

  void prepare(JobContext& job) override {
    const auto source = sources_.open(path_);
    JobContext quiet(job.token(), {});
    input_ = readVolume(*source, quiet);
    run(job);
    check();
  }
  void run(JobContext& job) override {
    MemorySource source(input_);
    MemorySink sink;
    const Plan steps = plan({Normalize{method_}}, input_->info());
    JobContext quiet(job.token(), {});
    (void)backend_->execute(steps, source, sink, wholeOf(steps.output.geometry.size), quiet);
    output_ = sink.take();
  }
  void check() override {
    const VolumePtr output = std::move(output_);
    JobContext quiet;
    MemorySource source(output);
    const Statistics found = computeStatistics(source, {}, quiet);
    const bool constant = found.min == found.max;
    const bool right =
        constant || (method_ == NormalizeMethod::ZScore ? std::abs(found.mean) < 1e-4 && std::abs(found.std - 1) < 1e-4
                                                        : found.min == 0 && std::abs(found.max - 1) < 1e-6);
    if (!right) throw Error(ErrorCode::Verification, "the normalised volume has the wrong statistics");
  }
  void release() override {
    input_.reset();
    output_.reset();
  }

 private:
  NormalizeMethod method_;
  std::string path_;
  const SourceRegistry& sources_;
  std::shared_ptr<Backend> backend_;
  VolumePtr input_;
  VolumePtr output_;
};

std::string containerOf(const std::string& path) {
  std::filesystem::path p(path);
  if (std::filesystem::is_directory(p)) return "folder";
  std::string extension = p.extension() == ".gz" ? p.stem().extension().string() + "_gz" : p.extension().string();
  if (!extension.empty() && extension.front() == '.') extension.erase(0, 1);
  return extension.empty() ? "file" : extension;
}

bool matches(const std::string& name, const std::string& family, const std::vector<std::string>& patterns) {
  if (patterns.empty()) return true;
  for (const std::string& pattern : patterns) {
    if (fnmatch(pattern.c_str(), name.c_str(), 0) == 0 || fnmatch(pattern.c_str(), family.c_str(), 0) == 0) return true;
    if (name.rfind(pattern + "/", 0) == 0) return true;
  }
  return false;
}

}  // namespace

const std::vector<std::string>& fileScenarioNames() {
  static const std::vector<std::string> names{"load", "normalise/zscore", "normalise/minmax"};
  return names;
}

ScenarioList makeFileScenarios(const std::string& path, const std::string& device,
                               const std::vector<std::string>& patterns, const SourceRegistry& sources,
                               const BackendRegistry& backends) {
  const VolumeInfo info = sources.open(path)->info();
  const auto backend = backends.get(device);
  const Index3& size = info.geometry.size;
  const std::string shape = fmt::format("{}/{}x{}x{}", pixelTypeName(info.pixelType), size[0], size[1], size[2]);
  ScenarioInfo base;
  base.bytes = info.totalBytes();
  base.volumes = static_cast<std::uint64_t>(info.frames);
  base.threads = defaultThreads();
  ScenarioList out;
  for (const std::string& family : fileScenarioNames()) {
    ScenarioInfo about = base;
    if (family == "load") {
      about.kind = "load";
      about.name = fmt::format("load/{}/{}/warm", containerOf(path), shape);
      if (matches(about.name, family, patterns)) out.push_back(std::make_unique<LoadScenario>(about, path, sources));
      continue;
    }
    about.kind = "normalise";
    about.device = backend->info().id;
    about.name = fmt::format("{}/{}/{}", family, shape, about.device);
    if (!matches(about.name, family, patterns)) continue;
    const auto method = family == "normalise/zscore" ? NormalizeMethod::ZScore : NormalizeMethod::MinMax;
    out.push_back(std::make_unique<NormaliseScenario>(about, method, path, sources, backend));
  }
  return out;
}

}  // namespace voxmark::profiling
