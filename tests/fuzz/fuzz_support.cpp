#include "tests/fuzz/fuzz_support.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

#include "core/io/field_text.h"
#include "core/io/mgh_source.h"

namespace voxmark::fuzz {

void require(bool holds, std::string_view rule, std::string_view detail) {
  if (holds) return;
  std::fprintf(stderr, "not so: %.*s%s%.*s\n", static_cast<int>(rule.size()), rule.data(), detail.empty() ? "" : ": ",
               static_cast<int>(detail.size()), detail.data());
  std::abort();
}

void requireShowable(std::string_view text) {
  // printable() trims: blanks at the ends are no harm.
  const std::string framed = "|" + std::string(text) + "|";
  require(printable(framed) == framed, "text to be shown is one line of UTF-8", text);
}

std::uint8_t Choices::byte() {
  if (bytes_.empty()) return 0;
  const auto value = static_cast<std::uint8_t>(bytes_.front());
  bytes_ = bytes_.subspan(1);
  return value;
}

std::uint16_t Choices::pair() {
  const unsigned low = byte();
  return static_cast<std::uint16_t>(low | static_cast<unsigned>(byte()) << 8);
}

Bytes Choices::take(std::size_t count) {
  const Bytes taken = bytes_.first(std::min(count, bytes_.size()));
  bytes_ = bytes_.subspan(taken.size());
  return taken;
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "voxmark-fuzz-XXXXXX").string();
  require(::mkdtemp(pattern.data()) != nullptr, "a temporary folder can be made", pattern);
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void Folder::write(std::string_view name, Bytes bytes) const {
  std::ofstream out(path(name), std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  require(out.good(), "the temporary folder can be written", path(name));
}

void Folder::remove(std::string_view name) const {
  std::filesystem::remove(path(name));
}

void Folder::alias(std::string_view name, std::string_view other) const {
  std::filesystem::create_hard_link(path(name), path(other));
}

const Folder& Folder::own() {
  static const Folder kFolder;
  return kFolder;
}

std::string& lastRefusal() {
  static std::string text;
  return text;
}

void noteRefusal(const Error& error) {
  lastRefusal() = error.what();
  requireShowable(lastRefusal());
}

std::unique_ptr<VolumeSource> openOrRefuse(const std::string& path) {
  static const SourceRegistry kRegistry = [] {
    SourceRegistry registry;
    addNativeReaders(registry);
    registry.add({"MGH", {".mgh", ".mgz"}, scoreMgh, openMgh});
    return registry;
  }();
  try {
    return kRegistry.open(path);
  } catch (const Error& error) {
    noteRefusal(error);
    return nullptr;
  }
}

std::vector<std::byte> readOrRefuse(VolumeSource& source, const ReadRequest& request) {
  JobContext job;
  std::vector<std::byte> voxels(static_cast<std::size_t>(request.region.voxels()) * source.info().voxelBytes());
  try {
    source.read(request, voxels, {}, job);
    return voxels;
  } catch (const Error& error) {
    noteRefusal(error);
    return {};
  }
}

std::shared_ptr<Volume> readWholeOrRefuse(VolumeSource& source) {
  JobContext job;
  try {
    return readVolume(source, job);
  } catch (const Error& error) {
    noteRefusal(error);
    return nullptr;
  }
}

ReadRequest chosenRequest(const VolumeInfo& info, Choices& choices) {
  ReadRequest request;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::int64_t size = info.geometry.size[axis];
    const std::int64_t start = choices.pair() % size;
    request.region.start[axis] = start;
    request.region.size[axis] = 1 + choices.pair() % (size - start);
  }
  request.frame = choices.pair() % info.frames;
  return request;
}

void requireSameVoxels(VolumeSource& source, const Volume& whole, const ReadRequest& request) {
  const std::vector<std::byte> part = readOrRefuse(source, request);
  require(!part.empty(), "what can be read whole can be read in part", toString(request.region) + ": " + lastRefusal());
  std::vector<std::byte> expected(part.size());
  copyRegion(whole, request, expected);
  require(part == expected, "a region has the voxels that the whole has there", toString(request.region));
}

}  // namespace voxmark::fuzz
