#include "core/profiling/scenario.h"

#include "core/base/error.h"

namespace voxmark::profiling {
namespace {

class Unavailable final : public Scenario {
 public:
  using Scenario::Scenario;
  void prepare(JobContext&) override { refuse(); }
  void run(JobContext&) override { refuse(); }
  void check() override { refuse(); }
  void release() override {}

 private:
  void refuse() const { throw Error(ErrorCode::Unsupported, info().name + ": " + info().reason); }
};

}  // namespace

std::unique_ptr<Scenario> makeUnavailable(ScenarioInfo info) {
  if (info.reason.empty()) info.reason = "it cannot run here";
  return std::make_unique<Unavailable>(std::move(info));
}

}  // namespace voxmark::profiling
