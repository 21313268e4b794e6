// Indexes of compressed voxels that say something else than the file: tables of chunks in the header of a seekable
// file, and indexes kept in the cache. The voxels themselves are right, and are known.
//
// An input: one byte chooses which of the two, six numbers of two bytes and one more choose each of two regions, one
// byte says how many bytes of the index are put in from the input, the rest is:
//   two bytes where, one byte what, again and again; then the whole of what is left replaces the index from a place on
//   that two bytes say, where something is left.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <isa-l.h>

#include "core/io/atomic_file.h"
#include "core/io/cache_folder.h"
#include "core/io/gzip_index_file.h"
#include "core/io/gzip_writer.h"
#include "core/io/seekable_gzip.h"
#include "tests/fuzz/fuzz_support.h"
#include "tests/fuzz/gzip_reference.h"

namespace voxmark::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes = 352;
constexpr std::array<std::int16_t, 8> kDim{3, 96, 96, 130, 1, 1, 1, 1};  // more than 1 MiB: enough to be indexed
constexpr const char* kSeekable = "seekable.nii.gz";
constexpr const char* kOrdinary = "ordinary.nii.gz";

/// A NIfTI file whose voxels pack well but not to nothing, so that it has several blocks, chunks and points.
std::vector<std::byte> contents() {
  std::vector<std::byte> out(kHeaderBytes);
  const auto put = [&](std::size_t at, auto value) { std::memcpy(out.data() + at, &value, sizeof value); };
  put(0, std::int32_t{348});
  put(40, kDim);
  put(70, std::int16_t{2});
  put(72, std::int16_t{8});
  put(76, std::array<float, 8>{1, 1, 1, 1, 1, 1, 1, 1});
  put(108, float{kHeaderBytes});
  put(344, std::array<char, 4>{'n', '+', '1', '\0'});
  std::uint32_t state = 1;
  for (int n = 0; n < kDim[1] * kDim[2] * kDim[3]; ++n) {
    state = state * 1664525 + 1013904223;
    out.push_back(std::byte(n % 97 < 60 ? 0 : state >> 28));
  }
  return out;
}

std::vector<std::byte> bytesOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

void overwrite(const std::string& path, Bytes bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/// What every input starts from.
struct Truth {
  std::vector<std::byte> seekable;
  std::string indexPath;
  std::vector<std::byte> index;
  std::shared_ptr<Volume> whole;

  Truth() {
    const auto all = contents();
    JobContext job;
    AtomicFile file(Folder::own().path(kSeekable), true);
    GzipWriter writer(file, Wrapper::Gzip, 1, 1, all.size());
    writer.append(all, job);
    writer.finish(job);
    file.commit();
    seekable = bytesOf(Folder::own().path(kSeekable));
    Folder::own().write(kOrdinary, gzipped(all, 6));
    ::setenv("VOXMARK_CACHE_DIR", Folder::own().path("cache").c_str(), 1);
    const auto folder = *cacheFolder() + "gzip-index/";
    whole = readWholeOrRefuse(*openOrRefuse(Folder::own().path(kOrdinary)));
    waitForSavedIndexes();
    for (const auto& entry : fs::directory_iterator(folder)) indexPath = entry.path().string();
    index = bytesOf(indexPath);
    require(whole != nullptr && index.size() > 100, "the file that the inputs are about has an index");
  }
};

/// Changes `bytes`, of which those before `begin` are left alone, as the input says.
void change(std::vector<std::byte>& bytes, std::size_t begin, Choices& choices) {
  const std::size_t room = bytes.size() - begin;
  for (int left = choices.byte() % 32; left > 0; --left) {
    const std::size_t at = begin + choices.pair() % room;
    bytes[at] = std::byte(choices.byte());
  }
  const std::size_t at = begin + choices.pair() % room;
  const Bytes rest = choices.rest();
  std::copy_n(rest.begin(), std::min(rest.size(), bytes.size() - at), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

/// An index is believed only where its own checksum is right, so that it is made right again.
void mendChecksum(std::vector<std::byte>& index) {
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, index.data() + at, sizeof value);
    return std::size_t{value};
  };
  const std::size_t whole = 64 + number(56) + number(52) * 36;  // as gzip_index_file.cpp lays it out
  if (whole + 4 > index.size()) return;
  const std::uint32_t sum = crc32_gzip_refl(0, reinterpret_cast<const std::uint8_t*>(index.data()), whole);
  std::memcpy(index.data() + whole, &sum, sizeof sum);
}

void readAll(const std::string& path, const Volume& whole, Choices regions) {
  const auto source = openOrRefuse(path);
  if (source == nullptr || source->info().totalBytes() != whole.info().totalBytes()) return;
  // Where an index sends a reader to another chunk, a crop cannot tell; it must be safe all the same.
  (void)readOrRefuse(*source, chosenRequest(source->info(), regions));
  (void)readOrRefuse(*source, chosenRequest(source->info(), regions));
  const auto again = openOrRefuse(path);
  requireSameVoxels(*again, whole, {wholeOf(whole.geometry().size), 0});
  for (const std::string& warning : again->readWarnings()) requireShowable(warning);
}

}  // namespace
}  // namespace voxmark::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace voxmark::fuzz;
  static const Truth truth;
  Choices choices({reinterpret_cast<const std::byte*>(data), size});
  const bool noted = choices.byte() % 2 == 0;
  const Choices regions(choices.take(2 * 7 * 2));
  if (noted) {
    // The header up to the first chunk: what lies behind it is the voxels.
    std::vector<std::byte> file = truth.seekable;
    std::vector<std::byte> head(file.begin(), file.begin() + 16 + 14 + 3 * 19);
    change(head, 16, choices);
    std::copy(head.begin(), head.end(), file.begin());
    Folder::own().write(kSeekable, file);
    readAll(Folder::own().path(kSeekable), *truth.whole, regions);
    return 0;
  }
  std::vector<std::byte> index = truth.index;
  change(index, 0, choices);
  mendChecksum(index);
  overwrite(truth.indexPath, index);
  readAll(Folder::own().path(kOrdinary), *truth.whole, regions);
  voxmark::waitForSavedIndexes();
  return 0;
}
