#include <algorithm>

#include "core/base/error.h"
#include "core/profiling/file_scenario.h"
#include "core/profiling/output_checks.h"
#include "core/profiling/reading_scenario.h"
#include "core/trace/counters.h"

namespace voxmark::profiling {
namespace {

class CropScenario final : public ReadingScenario {
 public:
  CropScenario(const ScenarioSpec& spec, ScenarioInfo info, std::shared_ptr<InputStore> store,
               std::shared_ptr<Backend> backend)
      : ReadingScenario(spec, std::move(info), std::move(store)),
        full_(spec.value("way") == "full"),
        backend_(std::move(backend)) {}

  void prepare(JobContext& job) override {
    locate(job);
    run(job);
    const VolumePtr found = std::move(output_);
    // The same box cut by hand out of the volume in memory.
    const VolumePtr whole = store().volume(spec(), job);
    VolumeInfo info = whole->info();
    const Region box = middleBox(info.geometry.size, parseExtent(spec().value("box")));
    info.geometry = cropped(info.geometry, box);
    info.frames = 1;
    info.frameAxes.clear();
    auto cut = std::make_shared<Volume>(info);
    copyRegion(*whole, {box, 0}, {cut->mutableFrameData(0), info.frameBytes()});
    if (const auto type = parsePixelType(spec().value("to"))) {
      checkOperation(Cast{*type}, cut, found);
    } else if (checksumOf(*cut) != checksumOf(*found)) {
      throw Error(ErrorCode::Verification, path() + ": the box differs from that of the whole volume");
    }
    expected_ = checksumOf(*found);
    boxBytes_ = static_cast<double>(info.frameBytes());
  }
  void run(JobContext& job) override {
    JobContext quiet(job.token(), {});
    const std::uint64_t before = trace::snapshot().bytesRead;
    auto source = open();
    if (full_) source = std::make_unique<MemorySource>(readVolume(*source, quiet, 0));
    Pipeline steps{Crop{middleBox(source->info().geometry.size, parseExtent(spec().value("box")))}};
    if (const auto type = parsePixelType(spec().value("to"))) steps.emplace_back(Cast{*type});
    const Plan cut = plan(steps, source->info(), 0);
    MemorySink sink;
    (void)backend_->execute(cut, *source, sink, wholeOf(cut.output.geometry.size), quiet);
    output_ = sink.take();
    bytesRead_ = static_cast<double>(trace::snapshot().bytesRead - before);
  }
  void check() override {
    const VolumePtr output = std::move(output_);
    if (checksumOf(*output) != expected_) throw Error(ErrorCode::Verification, "two runs gave different voxels");
  }
  void release() override { output_.reset(); }
  [[nodiscard]] std::map<std::string, double> metrics() const override {
    return {{"box_bytes", boxBytes_}, {"read_amplification", boxBytes_ > 0 ? bytesRead_ / boxBytes_ : 0}};
  }

 private:
  bool full_;
  std::shared_ptr<Backend> backend_;
  VolumePtr output_;
  std::uint64_t expected_ = 0;
  double boxBytes_ = 0;
  double bytesRead_ = 0;
};

}  // namespace

Region middleBox(const Index3& grid, const Index3& size) {
  Region out;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    out.size[axis] = std::min(size[axis], grid[axis]);
    out.start[axis] = (grid[axis] - out.size[axis]) / 2;
  }
  return out;
}

std::unique_ptr<Scenario> makeCropScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                           std::shared_ptr<InputStore> store, std::shared_ptr<Backend> backend) {
  return std::make_unique<CropScenario>(spec, std::move(info), std::move(store), std::move(backend));
}

}  // namespace voxmark::profiling
