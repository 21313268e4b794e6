#include "bench/slices/bench_scene.h"

// Times slice pictures of 800 × 800 pixels from 512³ voxels, and the views that show them.
int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  voxmark::bench::addPictureBenches();
  voxmark::bench::addWindowBenches();
  voxmark::bench::addProgramBenches();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
