#include "core/profiling/page_cache.h"

#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace voxmark::profiling {
namespace {

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

}  // namespace

std::optional<double> residentShare(const std::string& path) {
  const Descriptor file(path);
  struct stat about {};
  if (file.get() < 0 || ::fstat(file.get(), &about) != 0 || about.st_size <= 0) return std::nullopt;
  const auto bytes = static_cast<std::size_t>(about.st_size);
  void* mapped = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.get(), 0);  // touches no page
  if (mapped == MAP_FAILED) return std::nullopt;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  std::vector<unsigned char> pages((bytes + page - 1) / page);
  const int failed = ::mincore(mapped, bytes, pages.data());
  ::munmap(mapped, bytes);
  if (failed != 0) return std::nullopt;
  std::size_t resident = 0;
  for (const unsigned char one : pages) resident += one & 1U;
  return static_cast<double>(resident) / static_cast<double>(pages.size());
}

std::optional<double> dropFromPageCache(const std::string& path) {
  {
    const Descriptor file(path);
    if (file.get() < 0) return std::nullopt;
    ::fsync(file.get());
    ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  }
  return residentShare(path);
}

}  // namespace voxmark::profiling
