#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "bench/slices/bench_scene.h"
#include "core/base/error.h"
#include "ui/render/display_server.h"

namespace voxmark::bench {
namespace {

namespace fs = std::filesystem;

/// The program beside this one.
std::string program() {
  if (const char* given = std::getenv("VOXMARK_PROGRAM")) return given;
  return fs::read_symlink("/proc/self/exe").parent_path() / "voxmark";
}

std::string sample() {
  const char* root = std::getenv("VOXMARK_SOURCE_DIR");
  const fs::path tree = root != nullptr ? fs::path(root) : fs::path(program()).parent_path() / "../../..";
  return tree / "resources/sample/brain_t1.nii.gz";
}

/// Runs the program and hands on what it says, line by line. Throws Error(Io) where it fails.
template <typename Line>
void runProgram(const std::string& option, const std::string& file, const Line& line) {
  const std::string command = fmt::format("'{}' {} '{}' 2>/dev/null", program(), option, file);
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw fileError(ErrorCode::Io, program(), "cannot be started");
  std::array<char, 512> text{};
  while (std::fgets(text.data(), text.size(), pipe) != nullptr) line(std::string(text.data()));
  if (pclose(pipe) != 0) throw fileError(ErrorCode::Io, program(), "failed to measure " + file);
}

/// From the start of the process to the first picture of a slice on the screen, the volume being in the page cache.
void start(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    try {
      render::requireDisplay();
      const auto begin = std::chrono::steady_clock::now();
      double seconds = 0;
      runProgram("--measure-start", sample(), [&](const std::string& line) {
        if (!line.starts_with("first picture")) return;
        seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      });
      state.SetIterationTime(seconds);
    } catch (const Error& error) {
      state.SkipWithError(error.what());
      return;
    }
  }
}

/// As raw NRRD, which the program reads as fast as the disk allows.
std::string writeNoise() {
  const std::string path = fs::temp_directory_path() / fmt::format("voxmark-bench-{}.nrrd", kEdge);
  const VolumePtr volume = noiseVolume();
  std::ofstream file(path, std::ios::binary);
  file << fmt::format(
      "NRRD0004\ntype: short\ndimension: 3\nsizes: {0} {0} {0}\nspace: left-posterior-superior\n"
      "space directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\nendian: little\nencoding: raw\n\n",
      kEdge);
  file.write(reinterpret_cast<const char*>(volume->frameData(0)),
             static_cast<std::streamsize>(volume->info().frameBytes()));
  file.close();
  if (!file) throw fileError(ErrorCode::Io, path, "cannot be written");
  return path;
}

/// What the program says of its event loop while it reads the volume, turns its slices and so on.
void eventLoop(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    std::string path;
    try {
      render::requireDisplay();
      path = writeNoise();
      runProgram("--measure", path, [](const std::string& line) { std::cout << line; });
    } catch (const Error& error) {
      state.SkipWithError(error.what());
    }
    std::error_code none;
    fs::remove(path, none);
  }
}

}  // namespace

void addProgramBenches() {
  benchmark::RegisterBenchmark("program/first_picture", start)
      ->Unit(benchmark::kMillisecond)
      ->UseManualTime()
      ->Iterations(5);
  benchmark::RegisterBenchmark("program/event_loop", eventLoop)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);
}

}  // namespace voxmark::bench
