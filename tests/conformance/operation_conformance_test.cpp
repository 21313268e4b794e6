// Every operation on every device, type and shape against its definition, and against itself on other numbers of
// threads and other instruction sets.
#include <cmath>
#include <cstring>
#include <tuple>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/backend/backend.h"
#include "core/base/error.h"
#include "core/base/simd_level.h"
#include "gpu/register_cuda.h"
#include "tests/conformance/operation_cases.h"
#include "tests/conformance/plain_operations.h"

namespace voxmark::testing {
namespace {

std::vector<std::string> devices() {
  BackendRegistry registry;
  registry.add(makeCpuBackend());
  gpu::registerCudaBackends(registry);
  std::vector<std::string> out;
  for (const BackendInfo& info : registry.list()) {
    if (info.available) out.push_back(info.id);
  }
  return out;
}

std::shared_ptr<Volume> run(Backend& backend, const VolumePtr& volume, const Operation& operation) {
  MemorySource source(volume);
  MemorySink sink;
  JobContext job;
  const Plan steps = plan({operation}, volume->info());
  (void)backend.execute(steps, source, sink, wholeOf(steps.output.geometry.size), job);
  return sink.take();
}

/// The gap between neighbouring numbers of a type about a value.
double gapAt(PixelType type, double value) {
  if (isInteger(type)) return 0;
  const int digits = type == PixelType::F16 ? 10 : type == PixelType::BF16 ? 7 : type == PixelType::F32 ? 23 : 52;
  const int least = type == PixelType::F16 ? -14 : type == PixelType::F64 ? -1022 : -126;
  return std::ldexp(1.0, (value == 0 ? least : std::max(least, std::ilogb(value))) - digits);
}

double largestOf(const PlainVolume& volume) {
  double out = 0;
  for (const double v : volume.values) {
    if (std::isfinite(v)) out = std::max(out, std::abs(v));
  }
  return out;
}

void expectAsDefined(const OperationCase& one, const PlainVolume& in, const Volume& result) {
  const PlainVolume expected = applyPlainly(one.operation, in);
  const PlainVolume found = plain(result);
  ASSERT_EQ(found.info.geometry.size, expected.info.geometry.size) << one.name;
  EXPECT_EQ(found.info.pixelType, expected.info.pixelType) << one.name;
  const bool grid = changesGrid(one.operation);
  const double room = one.tolerance * std::max(grid ? largestOf(in) : 0, largestOf(expected));
  for (std::size_t n = 0; n < found.values.size(); ++n) {
    const double want = expected.values[n], have = found.values[n];
    if (expected.blurred[n] != 0) continue;
    const bool same = want == have || (std::isnan(want) && std::isnan(have)) ||
                      std::abs(want - have) <= room + gapAt(found.info.pixelType, want);
    ASSERT_TRUE(same) << one.name << ", voxel " << n << ": " << have << " (expected " << want << ")";
  }
}

bool sameBits(const Volume& a, const Volume& b) {
  return a.info().totalBytes() == b.info().totalBytes() &&
         std::memcmp(a.frameData(0), b.frameData(0), static_cast<std::size_t>(a.info().totalBytes())) == 0;
}

using Parameters = std::tuple<std::string, PixelType, Index3>;

class OperationConformance : public ::testing::TestWithParam<Parameters> {
 protected:
  void SetUp() override {
    BackendRegistry registry;
    registry.add(makeCpuBackend(1));
    gpu::registerCudaBackends(registry);
    backend_ = registry.get(std::get<0>(GetParam()));
    volume_ = randomVolume(std::get<1>(GetParam()), std::get<2>(GetParam()));
  }
  void TearDown() override { setSimdLevel(supportedSimdLevel()); }
  [[nodiscard]] bool onCpu() const { return std::get<0>(GetParam()) == "cpu"; }

  std::shared_ptr<Backend> backend_;
  std::shared_ptr<Volume> volume_;
};

TEST_P(OperationConformance, IsTheDefinition) {
  const PlainVolume in = plain(*volume_);
  int done = 0;
  for (const OperationCase& one : operationCases(*volume_)) {
    try {
      expectAsDefined(one, in, *run(*backend_, volume_, one.operation));
      ++done;
    } catch (const Error& error) {
      // A device may refuse what it does not know; the CPU knows all.
      EXPECT_TRUE(!onCpu() && error.code() == ErrorCode::Unsupported) << one.name << ": " << error.what();
    }
  }
  EXPECT_GT(done, 20);
}

TEST_P(OperationConformance, GivesTheSameBitsOnAnyNumberOfThreads) {
  if (!onCpu()) GTEST_SKIP() << "threads are the CPU's";
  for (const OperationCase& one : operationCases(*volume_)) {
    const auto alone = run(*backend_, volume_, one.operation);
    for (const int threads : {2, 5}) {
      EXPECT_TRUE(sameBits(*alone, *run(*makeCpuBackend(threads), volume_, one.operation)))
          << one.name << " on " << threads;
    }
  }
}

TEST_P(OperationConformance, AgreesAcrossInstructionSets) {
  if (!onCpu()) GTEST_SKIP() << "instruction sets are the CPU's";
  for (const OperationCase& one : operationCases(*volume_)) {
    setSimdLevel(SimdLevel::Baseline);
    const auto baseline = run(*backend_, volume_, one.operation);
    for (const SimdLevel level : {SimdLevel::Avx2, SimdLevel::Avx512}) {
      if (level > supportedSimdLevel()) continue;
      setSimdLevel(level);
      const auto found = run(*backend_, volume_, one.operation);
      if (one.tolerance < 1e-7) {  // all but weighted sums of neighbours: the same bits
        EXPECT_TRUE(sameBits(*baseline, *found)) << one.name;
        continue;
      }
      const PlainVolume a = plain(*baseline), b = plain(*found);
      const double room = one.tolerance * std::max(largestOf(plain(*volume_)), largestOf(a));
      for (std::size_t n = 0; n < a.values.size(); ++n) {
        const bool same = std::abs(a.values[n] - b.values[n]) <= room || a.values[n] == b.values[n] ||
                          (!std::isfinite(a.values[n]) && !std::isfinite(b.values[n]));
        ASSERT_TRUE(same) << one.name << ", voxel " << n << ": " << a.values[n] << " and " << b.values[n];
      }
    }
  }
}

std::string caseName(const ::testing::TestParamInfo<Parameters>& parameters) {
  const auto& [device, type, size] = parameters.param;
  std::string name = fmt::format("{}_{}_{}x{}x{}", device, pixelTypeName(type), size[0], size[1], size[2]);
  for (char& letter : name) {
    if (letter == ':') letter = '_';
  }
  return name;
}

constexpr Index3 kShapes[] = {{1, 1, 1}, {67, 1, 1}, {1, 13, 5}, {31, 1, 17}, {13, 11, 7}, {29, 3, 2}};

INSTANTIATE_TEST_SUITE_P(DevicesTypesShapes, OperationConformance,
                         ::testing::Combine(::testing::ValuesIn(devices()), ::testing::ValuesIn(kAllPixelTypes),
                                            ::testing::ValuesIn(kShapes)),
                         caseName);

}  // namespace
}  // namespace voxmark::testing
