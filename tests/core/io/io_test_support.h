#pragma once

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <libdeflate.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/io/source_registry.h"
#include "core/io/volume_source.h"
#include "core/io/writer_registry.h"
#include "tests/support/temporary_folder.h"

namespace voxmark::testing {

/// Keeps what is cached in a folder of the test's own.
class OwnCache {
 public:
  explicit OwnCache(const std::string& path) {
    if (const char* before = std::getenv(kName); before != nullptr) before_ = before;
    ::setenv(kName, path.c_str(), 1);
  }
  ~OwnCache() {
    if (before_) {
      ::setenv(kName, before_->c_str(), 1);
    } else {
      ::unsetenv(kName);
    }
  }
  OwnCache(const OwnCache&) = delete;
  OwnCache& operator=(const OwnCache&) = delete;

 private:
  static constexpr const char* kName = "VOXMARK_CACHE_DIR";
  std::optional<std::string> before_;
};

inline std::string contentsOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A gzip file as most programs write it: one member, no marks to begin at.
inline std::string gzippedByOthers(const std::string& bytes, int level = 6) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(level);
  std::string out(libdeflate_gzip_compress_bound(compressor, bytes.size()), '\0');
  out.resize(libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

inline std::unique_ptr<VolumeSource> openFile(const std::string& path) {
  SourceRegistry registry;
  addNativeReaders(registry);
  return registry.open(path);
}

inline std::shared_ptr<Volume> readFile(const std::string& path) {
  JobContext job;
  const auto source = openFile(path);
  return readVolume(*source, job);
}

/// The code of the Error that `action` throws; fails the test where it throws none.
template <typename F>
ErrorCode errorOf(F&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "expected an Error";
  return ErrorCode::Display;
}

inline std::unique_ptr<VolumeSink> sinkFor(const std::string& path, const WriteOptions& options = {}) {
  WriterRegistry registry;
  addNativeWriters(registry);
  return registry.create(path, options);
}

/// Writes a volume slab by slab, `slices` at a time.
inline void writeVolume(const Volume& volume, const std::string& path, std::int64_t slices = 2,
                        const WriteOptions& options = {}) {
  JobContext job;
  const auto sink = sinkFor(path, options);
  const VolumeInfo& info = volume.info();
  sink->begin(info);
  const std::size_t sliceBytes = info.frameBytes() / static_cast<std::size_t>(info.geometry.size[2]);
  for (std::int64_t frame = 0; frame < info.frames; ++frame) {
    for (std::int64_t k = 0; k < info.geometry.size[2]; k += slices) {
      const Region part = slab(wholeOf(info.geometry.size), k, std::min(k + slices, info.geometry.size[2]));
      const std::byte* first = volume.frameData(frame) + static_cast<std::size_t>(k) * sliceBytes;
      sink->write(part, frame, {first, static_cast<std::size_t>(part.size[2]) * sliceBytes}, job);
    }
  }
  sink->finish(job);
}

/// A volume of 5×4×3 voxels on an oblique grid, whose bytes are all different enough to show any mix-up.
inline std::shared_ptr<Volume> sampleVolume(PixelType type, int components = 1, std::int64_t frames = 1) {
  VolumeInfo info;
  info.geometry.size = {5, 4, 3};
  info.geometry.spacing = {0.5, 0.75, 2};
  info.geometry.origin = {-10.5, 20.25, 3};
  info.geometry.direction = {0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1};
  info.pixelType = type;
  info.components = components;
  info.frames = frames;
  auto volume = std::make_shared<Volume>(info);
  visitPixelType(type, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (std::int64_t frame = 0; frame < frames; ++frame) {
      std::byte* to = volume->mutableFrameData(frame);
      const auto count = static_cast<std::int64_t>(info.frameBytes() / sizeof(T));
      for (std::int64_t n = 0; n < count; ++n) {
        const auto value = T(static_cast<float>((n * 7 + frame * 31) % 113));
        std::memcpy(to + static_cast<std::size_t>(n) * sizeof(T), &value, sizeof(T));
      }
    }
  });
  return volume;
}

inline std::vector<std::byte> bytesOfFrame(const Volume& volume, std::int64_t frame) {
  const std::byte* first = volume.frameData(frame);
  return {first, first + volume.info().frameBytes()};
}

inline void expectSameVoxels(const Volume& a, const Volume& b) {
  ASSERT_EQ(a.info().pixelType, b.info().pixelType);
  ASSERT_EQ(a.info().components, b.info().components);
  ASSERT_EQ(a.info().frames, b.info().frames);
  ASSERT_EQ(a.geometry().size, b.geometry().size);
  for (std::int64_t frame = 0; frame < a.info().frames; ++frame) {
    EXPECT_EQ(bytesOfFrame(a, frame), bytesOfFrame(b, frame)) << "frame " << frame;
  }
}

}  // namespace voxmark::testing
