#include "core/io/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/io/file_access.h"
#include "core/trace/counters.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

constexpr std::uint64_t kWriteBack = std::uint64_t{8} << 20;

Error existsError(const std::string& path) {
  return fileError(ErrorCode::Usage, path,
                   "exists already and may not be overwritten (the command line's --overwrite allows it)");
}

Error writeError(const std::string& path) {
  return fileError(ErrorCode::Io, path, fmt::format("cannot be written ({})", std::strerror(errno)));
}

/// A hidden name beside `path`, of this process and no other call: one left behind by a crashed process of the same
/// number is stepped over by whoever tries.
std::string partName(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  return fmt::format("{}.voxmark-part-{}-{}", folderOf(path), ::getpid(), counter.fetch_add(1));
}

constexpr int kAttempts = 100;

std::string descriptorPath(int descriptor) {
  return fmt::format("/proc/self/fd/{}", descriptor);
}

}  // namespace

AtomicFile::AtomicFile(std::string path, bool overwrite) : path_(std::move(path)), overwrite_(overwrite) {
  struct stat about {};
  if (::lstat(path_.c_str(), &about) == 0) {
    if (S_ISDIR(about.st_mode)) throw fileError(ErrorCode::Usage, path_, "is a folder");
    if (!overwrite_) throw existsError(path_);
    std::error_code failed;
    if (S_ISLNK(about.st_mode)) path_ = std::filesystem::canonical(path_, failed).string();
    if (failed || ::stat(path_.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) {
      throw fileError(ErrorCode::Usage, path, "is not a regular file, and is not replaced by one");
    }
    replaces_ = true;
  }
  open();
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

void AtomicFile::open() {
  const std::string folder = folderOf(path_);
  descriptor_ = ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (descriptor_ >= 0 && ::access(descriptorPath(descriptor_).c_str(), F_OK) == 0) return;
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));  // no /proc, by which it would get its name
  for (int attempt = 0; attempt < kAttempts && descriptor_ < 0; ++attempt) {
    const std::string name = partName(path_);
    descriptor_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ >= 0) part_ = name;
    if (descriptor_ < 0 && errno != EEXIST) break;
  }
  if (descriptor_ < 0) throw writeError(path_);
}

void AtomicFile::requireRoom(std::uint64_t bytes) const {
  struct statvfs about {};
  // Some file systems do not know their size.
  if (::fstatvfs(descriptor_, &about) != 0 || about.f_blocks == 0) return;
  const std::uint64_t free = std::uint64_t{about.f_bavail} * about.f_frsize;
  if (bytes <= free) return;
  throw fileError(ErrorCode::Io, path_,
                  fmt::format("has no room on its disk (expected {:.1f} MB free, found {:.1f} MB)",
                              static_cast<double>(bytes) / 1e6, static_cast<double>(free) / 1e6));
}

void AtomicFile::append(std::span<const std::byte> data) {
  trace::Scope scope("write", data.size());
  trace::counters().bytesWritten.fetch_add(data.size());
  while (!data.empty()) {
    const ssize_t put = ::write(descriptor_, data.data(), data.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw writeError(path_);
    data = data.subspan(static_cast<std::size_t>(put));
    const std::uint64_t before = std::exchange(size_, size_ + static_cast<std::uint64_t>(put));
    if (before / kWriteBack == size_ / kWriteBack) continue;
    // The disk starts while we go on computing, so that little is left to wait for in the end. Only a hint.
    const std::uint64_t begin = before / kWriteBack * kWriteBack;
    (void)::sync_file_range(descriptor_, static_cast<off64_t>(begin), static_cast<off64_t>(size_ - begin),
                            SYNC_FILE_RANGE_WRITE);
  }
}

void AtomicFile::patch(std::uint64_t offset, std::span<const std::byte> data) {
  if (offset > size_ || data.size() > size_ - offset) {
    throw fileError(ErrorCode::Usage, path_, "only what has been written can be written over");
  }
  while (!data.empty()) {
    const ssize_t put = ::pwrite(descriptor_, data.data(), data.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw writeError(path_);
    data = data.subspan(static_cast<std::size_t>(put));
    offset += static_cast<std::uint64_t>(put);
  }
}

/// Owner and permission bits of the file that is replaced. Only its owner or root can pass on an owner.
void AtomicFile::keepPermissions() const {
  struct stat about {};
  if (!replaces_ || ::stat(path_.c_str(), &about) != 0) return;
  const bool owned = ::fchown(descriptor_, about.st_uid, about.st_gid) == 0;
  // Without the owner, a set-user bit would mean another user.
  (void)::fchmod(descriptor_, about.st_mode & (owned ? 07777U : 0777U));
}

void AtomicFile::sync() const {
  trace::Scope scope("sync", size_);
  // Some file systems have nothing to synchronise and say so.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) throw writeError(path_);
}

/// Gives the file without a name its own name, or the part name from which it can replace another file.
void AtomicFile::link() {
  const std::string from = descriptorPath(descriptor_);
  const auto linkTo = [&](const std::string& to) {
    return ::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW) == 0;
  };
  if (!overwrite_) {
    if (!linkTo(path_)) throw errno == EEXIST ? existsError(path_) : writeError(path_);
    return;
  }
  for (int attempt = 0; attempt < kAttempts && part_.empty(); ++attempt) {
    const std::string name = partName(path_);
    if (linkTo(name)) {
      part_ = name;
    } else if (errno != EEXIST) {
      throw writeError(path_);
    }
  }
  if (part_.empty()) throw writeError(path_);
}

void AtomicFile::rename() {
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

void AtomicFile::commit() {
  keepPermissions();
  sync();
  if (part_.empty()) link();
  if (!part_.empty()) rename();
  if (::close(std::exchange(descriptor_, -1)) != 0) throw writeError(path_);
  // The new name is in the folder, which is written by itself. Its failure costs the name after a crash, not the data.
  const std::string folder = folderOf(path_);
  const int place = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (place >= 0) {
    (void)::fsync(place);
    ::close(place);
  }
}

void AtomicFile::revoke() {
  if (!replaces_) ::unlink(path_.c_str());
}

}  // namespace voxmark
