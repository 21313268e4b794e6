#pragma once

#include "core/profiling/scenario.h"
#include "core/profiling/scenario_input.h"

namespace voxmark::profiling {

/// What scenarios that read a file have in common: the file, and what of it is in the page cache.
class ReadingScenario : public Scenario {
 public:
  ReadingScenario(const ScenarioSpec& spec, ScenarioInfo info, std::shared_ptr<InputStore> store)
      : Scenario(std::move(info)), spec_(spec), store_(std::move(store)) {}
  void rewind(JobContext& job) override;
  [[nodiscard]] std::string label() const override;

 protected:
  /// Opens the file anew.
  [[nodiscard]] std::unique_ptr<VolumeSource> open() const { return store_->sources().open(path_); }
  /// Makes the input, and knows which files belong to it.
  void locate(JobContext& job);
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const ScenarioSpec& spec() const { return spec_; }
  [[nodiscard]] InputStore& store() const { return *store_; }

 private:
  ScenarioSpec spec_;
  std::shared_ptr<InputStore> store_;
  std::string path_;
  std::vector<std::string> files_;
  double stayed_ = 0;  ///< largest share of a file that was still in the page cache before a cold run
  bool unknown_ = false;
  int drops_ = 0;
};

}  // namespace voxmark::profiling
