#include "tests/ui/gated_reader.h"

#include <chrono>
#include <cstring>
#include <thread>

namespace voxmark::testing {
namespace {

class GatedSource final : public VolumeSource {
 public:
  GatedSource(const std::string& path, std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {
    info_.path = path;
    info_.format = "gated";
    info_.geometry.size = {8, 8, 8};
    info_.pixelType = PixelType::U8;
  }
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest&, std::span<std::byte> target, const FilledCallback&, JobContext& job) override {
    gate_->reading = true;
    while (!gate_->open) {
      job.report(0.25, "Waiting for the disk");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (job.cancelled()) gate_->cancelled = true;
      job.throwIfCancelled();
    }
    std::memset(target.data(), 7, target.size());
  }

 private:
  VolumeInfo info_;
  std::shared_ptr<Gate> gate_;
};

}  // namespace

Reader gatedReader(std::shared_ptr<Gate> gate) {
  return {"Gated",
          {".gated"},
          [](const Probe& probe) { return probe.lowerName.ends_with(".gated") ? 100 : 0; },
          [gate](const std::string& path, const OpenOptions&) { return std::make_unique<GatedSource>(path, gate); }};
}

}  // namespace voxmark::testing
