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
    info_.geometry.size = {kGatedSize, kGatedSize, kGatedSize};
    info_.pixelType = PixelType::U8;
    info_.frames = gate_->frames;
  }
  [[nodiscard]] const VolumeInfo& info() const override { return info_; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override {
    checkRequest(request, target);
    std::memset(target.data(), 255, target.size());  // what an unread slice must not show
    ++gate_->reads;
    const int before = gate_->slices;
    for (int n = 0; n < before; ++n) fill(request, target, kGatedSize - 1 - n, onFilled);
    gate_->reading = true;
    while (!gate_->open) {
      job.report(0.25, "Waiting for the disk");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      if (job.cancelled()) gate_->cancelled = true;
      job.throwIfCancelled();
    }
    for (int n = before; n < kGatedSize; ++n) fill(request, target, kGatedSize - 1 - n, onFilled);
    if (gate_->damaged) throw fileError(ErrorCode::Format, info_.path, "the checksum is wrong");
  }

 private:
  void fill(const ReadRequest& request, std::span<std::byte> target, int k, const FilledCallback& onFilled) const {
    const std::int64_t at = k - request.region.start[2];
    if (at < 0 || at >= request.region.size[2]) return;
    const auto slice = static_cast<std::size_t>(request.region.size[0] * request.region.size[1]);
    std::memset(target.data() + static_cast<std::size_t>(at) * slice, gatedValue(static_cast<int>(request.frame), k),
                slice);
    if (onFilled) onFilled(slab(request.region, at, at + 1));
  }

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
