#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "core/jobs/job_context.h"

namespace voxmark {

/// A file without a name in a folder, for bytes that come in another order than that in which they are to be stored. It
/// is gone with the object, or with the process.
class PlaneSpool {
 public:
  /// Beside `path`. Throws Error(Io).
  explicit PlaneSpool(const std::string& path);
  ~PlaneSpool();
  PlaneSpool(const PlaneSpool&) = delete;
  PlaneSpool& operator=(const PlaneSpool&) = delete;

  /// Throws Error(Io).
  void put(std::uint64_t offset, std::span<const std::byte> data);
  /// Hands out the first `size` bytes in order. Throws Error(Io), Cancelled.
  void replay(std::uint64_t size, const JobContext& job, const std::function<void(std::span<const std::byte>)>& use);

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace voxmark
