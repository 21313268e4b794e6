#include "core/io/file_access.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/trace/counters.h"

namespace voxmark {
namespace {

std::int64_t timeOf(const struct stat& about) {
  return static_cast<std::int64_t>(about.st_mtim.tv_sec) * 1000000000 + about.st_mtim.tv_nsec;
}

}  // namespace

File::File(std::string path) : path_(std::move(path)) {
  // Non-blocking, so that opening a pipe by mistake does not wait for a writer.
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor_ < 0) {
    const ErrorCode code = errno == ENOENT || errno == ENOTDIR ? ErrorCode::NotFound : ErrorCode::Io;
    throw fileError(code, path_, fmt::format("cannot be opened ({})", std::strerror(errno)));
  }
  struct stat about {};
  if (::fstat(descriptor_, &about) != 0 || !S_ISREG(about.st_mode)) {
    ::close(descriptor_);
    throw fileError(ErrorCode::Io, path_, "is not a regular file");
  }
  size_ = static_cast<std::uint64_t>(about.st_size);
  modified_ = timeOf(about);
}

File::~File() {
  ::close(descriptor_);
}

bool File::changed() const {
  struct stat about {};
  return ::fstat(descriptor_, &about) != 0 || static_cast<std::uint64_t>(about.st_size) != size_ ||
         timeOf(about) != modified_;
}

void File::readAt(std::uint64_t offset, std::span<std::byte> target) const {
  std::size_t done = 0;
  while (done < target.size()) {
    const ssize_t got =
        ::pread(descriptor_, target.data() + done, target.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw fileError(ErrorCode::Io, path_, fmt::format("cannot be read ({})", std::strerror(errno)));
    if (got == 0) {
      throw fileError(ErrorCode::Truncated, path_,
                      fmt::format("ends early (expected {} bytes, found {})", offset + target.size(), offset + done));
    }
    done += static_cast<std::size_t>(got);
  }
  trace::counters().bytesRead.fetch_add(target.size());
}

std::vector<std::byte> File::readUpTo(std::uint64_t offset, std::size_t bytes) const {
  const std::uint64_t available = offset < size_ ? size_ - offset : 0;
  std::vector<std::byte> out(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, available)));
  if (!out.empty()) readAt(offset, out);
  return out;
}

std::string folderOf(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

std::string nameOf(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool isRegularFile(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
}

std::string dataPathBeside(const std::string& header, const std::string& name) {
  bool outside = name.empty() || name.front() == '/' || name.find('\0') != std::string::npos;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    outside = outside || name.substr(begin, end - begin) == "..";
    begin = end + 1;
  }
  if (outside) throw fieldError(header, "data file", "a file inside the header's folder", "\"" + name + "\"");
  return folderOf(header) + name;
}

}  // namespace voxmark
