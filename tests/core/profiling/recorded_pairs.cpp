#include "tests/core/profiling/recorded_pairs.h"

#include <cmath>

namespace voxmark::testing {

double Seeded::uniform() {
  state_ += 0x9E3779B97F4A7C15ULL;  // SplitMix64
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  z ^= z >> 31;
  return (static_cast<double>(z >> 11) + 0.5) / 9007199254740992.0;
}

double Seeded::normal() {
  const double radius = std::sqrt(-2 * std::log(uniform()));
  return radius * std::cos(2 * 3.14159265358979323846 * uniform());
}

std::vector<double> makeTimes(const Making& making, Seeded& random) {
  const double sigma = std::sqrt(std::log(1 + making.variation * making.variation));
  std::vector<double> out;
  for (int n = 0; n < making.blocks; ++n) {
    double time = making.medianMs * (1 + making.shift) * std::exp(sigma * random.normal());
    time *= 1 + making.drift * n / std::max(1, making.blocks - 1);
    if (random.uniform() < making.outlierShare) time *= 3;
    if (random.uniform() < making.secondModeShare) time *= making.secondMode;
    out.push_back(time);
  }
  return out;
}

profiling::RunResult makeResult(const std::string& name, const Making& making, Seeded& random) {
  profiling::RunResult out;
  out.scenario.name = name;
  out.scenario.kind = name.substr(0, name.find('/'));
  out.scenario.bytes = 1 << 20;
  out.scenario.volumes = 1;
  for (const double time : makeTimes(making, random)) {
    profiling::Block block;
    block.realMs = {time};
    block.cpuMs = {time};
    block.counters.bytesRead = 352 + (1 << 20);
    block.counters.bytesInflated = 1 << 20;
    block.peakRss = std::uint64_t{200} << 20;
    block.poolHighWater = std::uint64_t{64} << 20;
    out.blocks.push_back(std::move(block));
  }
  return out;
}

profiling::Environment makeEnvironment(const std::string& host, const std::string& cpu) {
  return {{"host_name", host},         {"num_cpus", "8"},   {"library_build_type", "release"},
          {"voxmark.cpu", cpu},        {"load_avg", "0.1"}, {"voxmark.kernel", "Linux 6.1"},
          {"voxmark.commit", "abc123"}};
}

}  // namespace voxmark::testing
