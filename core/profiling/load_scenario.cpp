#include "core/profiling/load_scenario.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <libdeflate.h>

#include "core/profiling/data_files.h"

namespace voxmark::profiling {
namespace {

std::uint32_t checksum(const Volume& volume) {
  return libdeflate_crc32(libdeflate_crc32(0, nullptr, 0), volume.frameData(0), volume.info().totalBytes());
}

/// Boxes that are read by themselves to check a whole read: the first slice, the last one, and the middle of the
/// volume.
std::vector<Region> checkedRegions(const Index3& size) {
  const Region whole = wholeOf(size);
  Region middle = whole;
  for (std::size_t a = 0; a < 3; ++a) {
    middle.start[a] = size[a] / 4;
    middle.size[a] = std::max<std::int64_t>(1, size[a] / 2);
  }
  return {slab(whole, 0, 1), slab(whole, size[2] - 1, size[2]), middle};
}

class LoadScenario final : public Scenario {
 public:
  LoadScenario(ScenarioInfo info, std::string path, std::string series, const SourceRegistry& sources)
      : Scenario(std::move(info)), path_(std::move(path)), series_(std::move(series)), sources_(sources) {}

  void prepare(JobContext& job) override {
    (void)describeData(path_, job);  // reads every byte
    run(job);
    expected_ = checksum(*volume_);
    const auto source = open();
    const std::int64_t lastFrame = source->info().frames - 1;
    for (const Region& region : checkedRegions(source->info().geometry.size)) {
      compare(*source, {region, 0}, job);
      if (lastFrame > 0) compare(*source, {region, lastFrame}, job);
    }
    volume_.reset();
    describeCache();
  }
  void run(JobContext& job) override {
    JobContext quiet(job.token(), {});
    const auto source = open();
    volume_ = readVolume(*source, quiet);
  }
  void check() override {
    if (!expected_ || checksum(*volume_) != *expected_) {
      throw fileError(ErrorCode::Verification, path_, "two reads gave different voxels");
    }
    volume_.reset();
  }
  void release() override { volume_.reset(); }
  [[nodiscard]] std::string label() const override { return label_; }

 private:
  [[nodiscard]] std::unique_ptr<VolumeSource> open() const { return sources_.open(path_, {series_}); }

  void compare(VolumeSource& source, const ReadRequest& request, JobContext& job) const {
    const std::size_t bytes = static_cast<std::size_t>(request.region.voxels()) * source.info().voxelBytes();
    std::vector<std::byte> alone(bytes);
    std::vector<std::byte> part(bytes);
    JobContext quiet(job.token(), {});
    source.read(request, alone, {}, quiet);
    copyRegion(*volume_, request, part);
    if (std::memcmp(alone.data(), part.data(), bytes) != 0) {
      throw fileError(ErrorCode::Verification, path_,
                      fmt::format("the region {} of frame {} read by itself differs from the whole volume",
                                  toString(request.region), request.frame));
    }
  }

  void describeCache() {
    const auto share = cachedShare(filesOf(path_));
    label_ = share ? fmt::format("page cache: {:.0f} % resident", std::floor(*share * 100))
                   : std::string("page cache: read just before, residence unknown");
  }

  std::string path_;
  std::string series_;
  const SourceRegistry& sources_;
  std::shared_ptr<Volume> volume_;
  std::optional<std::uint32_t> expected_;
  std::string label_;
};

}  // namespace

std::unique_ptr<Scenario> makeLoadScenario(ScenarioInfo info, std::string path, std::string series,
                                           const SourceRegistry& sources) {
  return std::make_unique<LoadScenario>(std::move(info), std::move(path), std::move(series), sources);
}

}  // namespace voxmark::profiling
