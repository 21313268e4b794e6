#include "core/io/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/io/file_access.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

Error existsError(const std::string& path) {
  return fileError(ErrorCode::Usage, path, "exists already and may not be overwritten");
}

Error writeError(const std::string& path) {
  return fileError(ErrorCode::Io, path, fmt::format("cannot be written ({})", std::strerror(errno)));
}

}  // namespace

AtomicFile::AtomicFile(std::string path, bool overwrite) : path_(std::move(path)), overwrite_(overwrite) {
  struct stat about {};
  if (::lstat(path_.c_str(), &about) == 0) {
    if (S_ISDIR(about.st_mode)) throw fileError(ErrorCode::Usage, path_, "is a folder");
    if (!overwrite_) throw existsError(path_);
  }
  // Names of this process and this object: one left behind by a crashed process of the same number is stepped over.
  static std::atomic<unsigned> counter{0};
  for (int attempt = 0; attempt < 100 && descriptor_ < 0; ++attempt) {
    part_ = fmt::format("{}.voxmark-part-{}-{}", folderOf(path_), ::getpid(), counter.fetch_add(1));
    descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0 && errno != EEXIST) break;
  }
  if (descriptor_ < 0) throw writeError(path_);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

void AtomicFile::append(std::span<const std::byte> data) {
  trace::Scope scope("write", data.size());
  trace::counters().bytesWritten.fetch_add(data.size());
  while (!data.empty()) {
    const ssize_t put = ::write(descriptor_, data.data(), data.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw writeError(path_);
    data = data.subspan(static_cast<std::size_t>(put));
  }
}

void AtomicFile::commit() {
  const int descriptor = descriptor_;
  descriptor_ = -1;
  if (::close(descriptor) != 0) throw writeError(path_);
  const unsigned flags = overwrite_ ? 0U : static_cast<unsigned>(RENAME_NOREPLACE);
  int result = ::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, path_.c_str(), flags);
  if (result != 0 && errno == EINVAL) {  // a file system without RENAME_NOREPLACE
    if (::access(path_.c_str(), F_OK) == 0) throw existsError(path_);
    result = ::rename(part_.c_str(), path_.c_str());
  }
  if (result != 0 && errno == EEXIST) throw existsError(path_);
  if (result != 0) throw writeError(path_);
  part_.clear();
}

}  // namespace voxmark
