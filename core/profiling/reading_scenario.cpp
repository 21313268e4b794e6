#include "core/profiling/reading_scenario.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/profiling/page_cache.h"

namespace voxmark::profiling {

void ReadingScenario::locate(JobContext& job) {
  path_ = store_->file(spec_, job);
  files_ = open()->files();
  if (files_.empty()) files_ = {path_};
}

void ReadingScenario::rewind(JobContext&) {
  if (spec_.value("cache") != "cold") return;
  for (const std::string& file : files_) {
    const auto left = dropFromPageCache(file);
    unknown_ = unknown_ || !left;
    stayed_ = std::max(stayed_, left.value_or(0));
  }
  ++drops_;
}

std::string ReadingScenario::label() const {
  if (spec_.value("cache") != "cold") return "warm: the file was read just before";
  if (unknown_) return "warm: what the page cache holds cannot be told here";
  if (stayed_ > 0)
    return fmt::format("warm: up to {:.0f} % of the file stayed in the page cache", std::ceil(stayed_ * 100));
  return drops_ == 0 ? std::string() : "cold: no page of it was in the page cache before any run";
}

}  // namespace voxmark::profiling
