#include <filesystem>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/profiling/file_scenario.h"
#include "core/profiling/output_checks.h"

namespace voxmark::profiling {
namespace {

class SaveScenario final : public Scenario {
 public:
  SaveScenario(const ScenarioSpec& spec, ScenarioInfo info, std::shared_ptr<InputStore> store)
      : Scenario(std::move(info)), spec_(spec), store_(std::move(store)) {
    options_.overwrite = true;
    if (spec.axes.count("level") != 0) options_.level = std::stoi(spec.value("level"));
  }

  void prepare(JobContext& job) override {
    input_ = store_->volume(spec_, job);
    path_ = store_->output("saved" + extensionOf(spec_.value("container")));
    run(job);
    JobContext quiet(job.token(), {});
    const auto back = readVolume(*store_->sources().open(path_), quiet);
    if (back->info().pixelType != input_->info().pixelType || checksumOf(*back) != checksumOf(*input_)) {
      throw Error(ErrorCode::Verification, "what was saved is not what is read back");
    }
    bytes_ = writtenBytes();
  }
  void rewind(JobContext&) override { remove(); }
  void run(JobContext& job) override {
    JobContext quiet(job.token(), {});
    writeVolume(*input_, path_, store_->writers(), options_, quiet);
  }
  void check() override {
    if (writtenBytes() != bytes_) throw Error(ErrorCode::Verification, "two runs wrote files of different sizes");
  }
  void release() override {
    input_.reset();
    remove();
  }
  [[nodiscard]] std::map<std::string, double> metrics() const override {
    return {{"file_bytes", static_cast<double>(bytes_)}};
  }
  [[nodiscard]] std::string label() const override { return "until the file is on the disk"; }

 private:
  [[nodiscard]] std::uint64_t writtenBytes() const {
    std::uint64_t sum = 0;
    std::error_code none;
    for (const std::string& file : WriterRegistry::filesOf(path_)) {
      const auto bytes = std::filesystem::file_size(file, none);
      if (!none) sum += bytes;
    }
    return sum;
  }
  void remove() const {
    std::error_code ignored;
    for (const std::string& file : WriterRegistry::filesOf(path_)) std::filesystem::remove(file, ignored);
  }

  ScenarioSpec spec_;
  std::shared_ptr<InputStore> store_;
  WriteOptions options_;
  std::string path_;
  VolumePtr input_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<Scenario> makeSaveScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                           std::shared_ptr<InputStore> store) {
  return std::make_unique<SaveScenario>(spec, std::move(info), std::move(store));
}

}  // namespace voxmark::profiling
