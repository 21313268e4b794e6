#include "core/io/gzip_index_file.h"

#include <algorithm>
#include <filesystem>
#include <future>
#include <mutex>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/byte_order.h"
#include "core/io/cache_folder.h"
#include "core/io/deflate_chunk.h"
#include "core/io/gzip_writer.h"
#include "core/trace/counters.h"

namespace voxmark {
namespace {

namespace fs = std::filesystem;

// The file: fixed fields, the path, the points, a CRC-32 of all these, then the windows. Little-endian.
constexpr std::uint64_t kMagic = 0x3149'5a47'4d58'4f56;  // "VOXMGZI1"
constexpr std::size_t kFixedBytes = 8 + 4 * 8 + 6 * 4;
constexpr std::size_t kPointBytes = 3 * 8 + 3 * 4;
constexpr std::uint32_t kMostKeptPoints = 4096;
constexpr std::uint32_t kMostPathBytes = 16384;
constexpr std::uint32_t kMostWindowBytes = 40000;
constexpr std::size_t kHashed = 65536;  // bytes at either end of the file
constexpr std::uint64_t kMostKept = std::uint64_t{1} << 30;

std::string canonical(const File& file) {
  std::error_code failed;
  const fs::path path = fs::canonical(file.path(), failed);
  return failed ? file.path() : path.string();
}

std::optional<std::string> folder() {
  const auto cache = cacheFolder();
  if (!cache) return std::nullopt;
  return *cache + "gzip-index/";
}

std::string nameFor(const std::string& path, std::uint64_t begin) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char letter : path) hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
  return fmt::format("{:016x}-{:x}.gzi", hash, begin);
}

/// What the index is of. Any difference means that it is of another file.
struct Subject {
  std::string path;
  std::uint64_t size = 0;
  std::uint64_t modified = 0;
  std::uint64_t begin = 0;
  std::uint32_t head = 0;
  std::uint32_t tail = 0;
  friend bool operator==(const Subject&, const Subject&) = default;
};

Subject subjectOf(const File& file, std::uint64_t begin) {
  const std::uint64_t tail = file.size() - std::min<std::uint64_t>(file.size(), kHashed);
  return {canonical(file),
          file.size(),
          static_cast<std::uint64_t>(file.modified()),
          begin,
          continuedCrc(0, file.readUpTo(0, kHashed)),
          continuedCrc(0, file.readUpTo(tail, kHashed))};
}

class Writer {
 public:
  template <typename T>
  void put(T value) {
    for (std::size_t n = 0; n < sizeof(T); ++n) bytes_.push_back(static_cast<std::byte>(value >> (8 * n)));
  }
  void put(std::span<const std::byte> data) { bytes_.insert(bytes_.end(), data.begin(), data.end()); }
  [[nodiscard]] const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

/// Takes fields from the front of bytes that are known to be there.
class Fields {
 public:
  explicit Fields(std::span<const std::byte> bytes) : bytes_(bytes, ByteOrder::Little) {}
  template <typename T>
  T take() {
    at_ += sizeof(T);
    return bytes_.get<T>(at_ - sizeof(T));
  }

 private:
  HeaderBytes bytes_;
  std::size_t at_ = 0;
};

bool usable(const GzipPoint& p, const GzipPoint* before, std::uint64_t fileSize, std::uint64_t indexSize) {
  const bool rising = before == nullptr ? p.out == 0 : p.out > before->out && p.bit > before->bit;
  return rising && p.bit / 8 < fileSize && p.windowSize <= DeflateReader::kWindow &&
         p.windowBytes <= kMostWindowBytes && p.windowAt <= indexSize && p.windowBytes <= indexSize - p.windowAt &&
         (p.windowSize > 0 || p.windowBytes == 0) && p.windowSize <= p.out;
}

std::shared_ptr<const GzipIndex> parse(std::shared_ptr<const File> stored, const Subject& wanted) {
  auto head = stored->readUpTo(0, kFixedBytes);
  if (head.size() < kFixedBytes) return nullptr;
  Fields fields(head);
  if (fields.take<std::uint64_t>() != kMagic) return nullptr;
  Subject found;
  found.size = fields.take<std::uint64_t>();
  found.modified = fields.take<std::uint64_t>();
  found.begin = fields.take<std::uint64_t>();
  auto index = std::make_shared<GzipIndex>();
  index->outBytes = fields.take<std::uint64_t>();
  found.head = fields.take<std::uint32_t>();
  found.tail = fields.take<std::uint32_t>();
  index->checksum = fields.take<std::uint32_t>();
  const auto count = fields.take<std::uint32_t>();
  const auto pathBytes = fields.take<std::uint32_t>();
  if (count == 0 || count > kMostKeptPoints || pathBytes > kMostPathBytes) return nullptr;
  const std::size_t whole = kFixedBytes + pathBytes + count * kPointBytes;
  const auto bytes = stored->readUpTo(0, whole + 4);
  if (bytes.size() != whole + 4) return nullptr;
  const std::span<const std::byte> all(bytes);
  if (Fields(all.subspan(whole)).take<std::uint32_t>() != continuedCrc(0, all.first(whole))) return nullptr;
  found.path.assign(reinterpret_cast<const char*>(bytes.data()) + kFixedBytes, pathBytes);
  if (found != wanted) return nullptr;
  Fields list(all.subspan(kFixedBytes + pathBytes));
  for (std::uint32_t n = 0; n < count; ++n) {
    GzipPoint p;
    p.out = list.take<std::uint64_t>();
    p.bit = list.take<std::uint64_t>();
    p.windowAt = list.take<std::uint64_t>();
    p.windowBytes = list.take<std::uint32_t>();
    p.windowSize = list.take<std::uint32_t>();
    p.windowCheck = list.take<std::uint32_t>();
    if (!usable(p, n == 0 ? nullptr : &index->points.back(), wanted.size, stored->size())) return nullptr;
    index->points.push_back(p);
  }
  if (index->points.back().out > index->outBytes) return nullptr;
  index->file = std::move(stored);
  return index;
}

/// Removes the indexes that were not written to for longest, until the rest is small enough.
void prune(const std::string& where) {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::uint64_t kept = 0;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(where, failed)) {
    if (entry.path().extension() != ".gzi") continue;
    kept += entry.file_size(failed);
    files.emplace_back(entry.last_write_time(failed), entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& [time, path] : files) {
    if (kept <= kMostKept) return;
    kept -= std::min<std::uint64_t>(kept, fs::file_size(path, failed));
    fs::remove(path, failed);
  }
}

void write(const File& file, std::uint64_t begin, const GzipIndex& index, const std::string& where) {
  if (file.changed()) return;
  const Subject subject = subjectOf(file, begin);
  std::vector<std::byte> windows;
  Writer out;
  out.put(kMagic);
  for (const std::uint64_t value : {subject.size, subject.modified, subject.begin, index.outBytes}) out.put(value);
  for (const std::uint32_t value :
       {subject.head, subject.tail, index.checksum, static_cast<std::uint32_t>(index.points.size()),
        static_cast<std::uint32_t>(subject.path.size()), std::uint32_t{0}}) {
    out.put(value);
  }
  out.put(std::as_bytes(std::span(subject.path)));
  const std::size_t tableEnd = kFixedBytes + subject.path.size() + index.points.size() * kPointBytes + 4;
  for (std::size_t n = 0; n < index.points.size(); ++n) {
    const auto window = index.window(n);
    auto packed = window.empty() ? window : deflateChunk(window, 1);
    if (packed.size() >= window.size()) packed = window;
    const GzipPoint& p = index.points[n];
    for (const std::uint64_t value : {p.out, p.bit, std::uint64_t{tableEnd + windows.size()}}) out.put(value);
    for (const std::size_t value : {packed.size(), window.size()}) out.put(static_cast<std::uint32_t>(value));
    out.put(p.windowCheck);
    windows.insert(windows.end(), packed.begin(), packed.end());
  }
  fs::create_directories(where);
  AtomicFile stored(where + nameFor(subject.path, begin), true);
  stored.append(out.bytes());
  Writer end;
  end.put(continuedCrc(0, out.bytes()));
  stored.append(end.bytes());
  stored.append(windows);
  stored.commit();
  // It holds pieces of the volume.
  std::error_code ignored;
  fs::permissions(where + nameFor(subject.path, begin), fs::perms::owner_read | fs::perms::owner_write, ignored);
  prune(where);
}

/// The threads that keep indexes; waits for them when the program ends.
class Savers {
 public:
  static Savers& global() {
    static Savers savers;
    return savers;
  }
  void add(std::future<void> one) {
    const std::lock_guard lock(mutex_);
    std::erase_if(running_, [](std::future<void>& f) {
      return f.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
    running_.push_back(std::move(one));
  }
  void wait() {
    const std::lock_guard lock(mutex_);
    running_.clear();  // the future of std::async waits
  }

 private:
  Savers() { (void)trace::counters(); }  // used by the threads: must outlive this
  std::mutex mutex_;
  std::vector<std::future<void>> running_;
};

}  // namespace

std::shared_ptr<const GzipIndex> loadIndex(const File& file, std::uint64_t begin) {
  const auto where = folder();
  if (!where) return nullptr;
  const std::string path = *where + nameFor(canonical(file), begin);
  if (!isRegularFile(path)) return nullptr;
  try {
    return parse(std::make_shared<const File>(path), subjectOf(file, begin));
  } catch (const Error&) {
    return nullptr;  // as good as none
  }
}

void saveIndex(std::shared_ptr<const File> file, std::uint64_t begin, std::shared_ptr<const GzipIndex> index) {
  const auto where = folder();
  if (!where) return;
  Savers::global().add(std::async(std::launch::async, [=] {
    try {
      write(*file, begin, *index, *where);
    } catch (const std::exception&) {  // no space, no permission: then there is no index
    }
  }));
}

void waitForSavedIndexes() {
  Savers::global().wait();
}

void dropIndex(const File& file, std::uint64_t begin) {
  const auto where = folder();
  std::error_code ignored;
  if (where) fs::remove(*where + nameFor(canonical(file), begin), ignored);
}

}  // namespace voxmark
