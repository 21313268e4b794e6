#include "core/memory/reserved_storage.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/error.h"

namespace voxmark {

ReservedStorage::ReservedStorage(std::uint64_t bytes, bool hugePages) : bytes_(std::max<std::uint64_t>(bytes, 1)) {
  void* place =
      mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, /*fd=*/-1, 0);
  if (place == MAP_FAILED) {
    throw Error(ErrorCode::Memory, fmt::format("no room for {:.1f} GiB of addresses (a limit of the system's)",
                                               static_cast<double>(bytes_) / 1073741824.0));
  }
  data_ = static_cast<std::byte*>(place);
  if (hugePages) madvise(place, bytes_, MADV_HUGEPAGE);
}

ReservedStorage::~ReservedStorage() {
  munmap(data_, bytes_);
}

void ReservedStorage::discard(std::uint64_t offset, std::uint64_t bytes) {
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::uint64_t begin = (offset + page - 1) / page * page;
  const std::uint64_t end = std::min(offset + bytes, bytes_) / page * page;
  if (begin < end) madvise(data_ + begin, end - begin, MADV_DONTNEED);
}

}  // namespace voxmark
