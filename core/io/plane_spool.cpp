#include "core/io/plane_spool.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/io/file_access.h"
#include "core/io/steps.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

Error spoolError(const std::string& path) {
  return fileError(ErrorCode::Io, path, fmt::format("its part file cannot be used ({})", std::strerror(errno)));
}

}  // namespace

PlaneSpool::PlaneSpool(const std::string& path) : path_(path) {
  const std::string folder = folderOf(path);
  descriptor_ = ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ >= 0) return;
  std::string name = folder + ".voxmark-spool-XXXXXX";
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) throw spoolError(path_);
  ::unlink(name.c_str());
}

PlaneSpool::~PlaneSpool() {
  ::close(descriptor_);
}

void PlaneSpool::put(std::uint64_t offset, std::span<const std::byte> data) {
  while (!data.empty()) {
    const ssize_t put = ::pwrite(descriptor_, data.data(), data.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw spoolError(path_);
    offset += static_cast<std::uint64_t>(put);
    data = data.subspan(static_cast<std::size_t>(put));
  }
}

void PlaneSpool::replay(std::uint64_t size, const JobContext& job,
                        const std::function<void(std::span<const std::byte>)>& use) {
  trace::Scope scope("spool", size);
  std::vector<std::byte> buffer(std::min<std::uint64_t>(size, kStepBytes));
  inSteps(size, 1, job, [&](std::size_t begin, std::size_t bytes) {
    for (std::size_t done = 0; done < bytes;) {
      const ssize_t got = ::pread(descriptor_, buffer.data() + done, bytes - done, static_cast<off_t>(begin + done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) throw spoolError(path_);
      done += static_cast<std::size_t>(got);
    }
    use(std::span(buffer).first(bytes));
  });
}

}  // namespace voxmark
