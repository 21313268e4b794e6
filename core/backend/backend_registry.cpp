#include <fmt/format.h>

#include "core/backend/backend.h"
#include "core/base/error.h"

namespace voxmark {

void BackendRegistry::add(std::shared_ptr<Backend> backend) {
  backends_.push_back(std::move(backend));
}

void BackendRegistry::addUnavailable(BackendInfo info) {
  info.available = false;
  unavailable_.push_back(std::move(info));
}

std::shared_ptr<Backend> BackendRegistry::get(const std::string& id) const {
  if (id == "auto") {
    for (const auto& backend : backends_) {
      if (backend->info().id != "cpu") return backend;
    }
    return get("cpu");
  }
  const std::string wanted = id == "cuda" ? "cuda:0" : id;
  for (const auto& backend : backends_) {
    if (backend->info().id == wanted) return backend;
  }
  for (const BackendInfo& info : unavailable_) {
    if (info.id == wanted) {
      throw Error(ErrorCode::Device, fmt::format("device {} cannot be used: {}", wanted, info.reason));
    }
  }
  throw Error(ErrorCode::Device, fmt::format("there is no device {} (voxmark devices lists those that there are)", id));
}

std::vector<BackendInfo> BackendRegistry::list() const {
  std::vector<BackendInfo> out;
  for (const auto& backend : backends_) out.push_back(backend->info());
  out.insert(out.end(), unavailable_.begin(), unavailable_.end());
  return out;
}

}  // namespace voxmark
