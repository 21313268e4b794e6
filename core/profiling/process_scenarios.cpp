#include "core/profiling/process_scenarios.h"

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/profiling/process.h"
#include "core/profiling/sample_statistics.h"

namespace voxmark::profiling {
namespace {

/// A whole process a run.
class ProcessScenario : public Scenario {
 public:
  using Scenario::Scenario;
  void run(JobContext& job) override { outcome_ = runProcess(arguments_, job); }
  void check() override {
    if (outcome_.exitCode != 0) {
      throw Error(ErrorCode::Verification, fmt::format("{}: {}", arguments_.front(), failureText(outcome_)));
    }
  }
  void release() override { outcome_ = {}; }
  [[nodiscard]] std::optional<OwnMeasure> ownMeasure() const override {
    return OwnMeasure{outcome_.realMs, outcome_.cpuMs, outcome_.peakRss};
  }

 protected:
  std::vector<std::string> arguments_;
  ProcessOutcome outcome_;
};

class StartupScenario final : public ProcessScenario {
 public:
  StartupScenario(const ScenarioSpec& spec, ScenarioInfo info, std::shared_ptr<InputStore> store)
      : ProcessScenario(std::move(info)), spec_(spec), store_(std::move(store)) {}
  void prepare(JobContext& job) override {
    ScenarioSpec input = spec_;
    if (input.file.empty()) input.axes["shape"] = "64x64x64";
    const std::string file = input.file.empty() ? store_->fileIn(input, "nii", job) : input.file;
    window_ = spec_.value("what") == "window";
    arguments_ = window_ ? std::vector<std::string>{ownProgram(), "--measure-start", file}
                         : std::vector<std::string>{ownProgram(), "info", "--json", file};
    run(job);
    check();
  }
  void check() override {
    ProcessScenario::check();
    const bool said = window_ ? !outcome_.out.empty() : outcome_.out.find("\"size\"") != std::string::npos;
    if (!said) throw Error(ErrorCode::Verification, "the program did not say what it should");
  }
  [[nodiscard]] std::string label() const override {
    return window_ ? "until the first picture, and the end" : "one header read and printed";
  }

 private:
  ScenarioSpec spec_;
  std::shared_ptr<InputStore> store_;
  bool window_ = false;
};

class CommandScenario final : public ProcessScenario {
 public:
  CommandScenario(const ScenarioSpec& spec, ScenarioInfo info, std::shared_ptr<InputStore> store)
      : ProcessScenario(std::move(info)), spec_(spec), store_(std::move(store)) {}

  void prepare(JobContext& job) override {
    for (const std::string& argument : spec_.command) arguments_.push_back(filled(argument, job));
    run(job);
    check();
  }
  void check() override {
    ProcessScenario::check();
    if (spec_.measure == "json") readLines();
  }
  [[nodiscard]] std::optional<OwnMeasure> ownMeasure() const override {
    OwnMeasure out = *ProcessScenario::ownMeasure();
    if (spec_.measure == "json") {
      out.realMs = said_.realMs;
      out.cpuMs = said_.cpuMs;
    }
    return out;
  }
  [[nodiscard]] std::string label() const override {
    return spec_.measure == "json" ? "timed by itself" : "timed as a whole process";
  }

 private:
  std::string filled(const std::string& argument, JobContext& job) {
    std::string out;
    for (std::size_t at = 0; at < argument.size();) {
      const std::size_t end = argument[at] == '{' ? argument.find('}', at) : std::string::npos;
      const bool named = end != std::string::npos && end > at + 1 &&
                         argument.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at + 1) == end;
      if (!named) {  // a brace of the program's own
        out += argument[at++];
        continue;
      }
      out += placeholder(argument.substr(at + 1, end - at - 1), job);
      at = end + 1;
    }
    return out;
  }

  std::string placeholder(const std::string& name, JobContext& job) {
    if (name == "program") return ownProgram();
    if (name == "here") return spec_.here.empty() ? "." : spec_.here;
    if (name == "threads") return std::to_string(info().threads);
    if (name == "nii" || name == "nii_gz") return spec_.file.empty() ? store_->fileIn(spec_, name, job) : spec_.file;
    if (name == "scratch") return folderNamed("scratch");
    if (name == "volumes") {
      const std::string folder = folderNamed("volumes");
      link(store_->fileIn(spec_, "nii", job), folder + "/input.nii");
      std::filesystem::create_directories(folder + "/gz");
      link(store_->fileIn(spec_, "nii_gz", job), folder + "/gz/input.nii.gz");
      return folder;
    }
    throw Error(ErrorCode::Format,
                fmt::format("{}: there is no placeholder {{{}}} (expected program, here, threads, nii, nii_gz, scratch "
                            "or volumes)",
                            info().name, name));
  }

  std::string folderNamed(const std::string& name) {
    const std::string path = store_->output(name);
    std::filesystem::create_directories(path);
    return path;
  }
  static void link(const std::string& to, const std::string& from) {
    std::filesystem::remove(from);
    std::filesystem::create_symlink(to, from);
  }

  void readLines() {
    std::vector<double> real, processor;
    std::istringstream lines(outcome_.out);
    for (std::string line; std::getline(lines, line);) {
      const auto json = nlohmann::json::parse(line, nullptr, false);
      if (!json.is_object()) continue;  // programs chat
      if (json.contains("error")) throw Error(ErrorCode::Verification, json["error"].dump());
      if (!json.contains("ms") || !json["ms"].is_number()) continue;
      real.push_back(json["ms"].get<double>());
      if (json.contains("processor") && json["processor"].is_number()) processor.push_back(json["processor"]);
      if (!json.contains("check")) continue;
      const std::string found = json["check"].dump();
      if (check_.empty()) check_ = found;
      if (found != check_)
        throw Error(ErrorCode::Verification, fmt::format("results differ: {} and {}", check_, found));
    }
    if (real.empty()) throw Error(ErrorCode::Format, fmt::format("{} printed no line of JSON with ms", info().name));
    said_.realMs = median(real);
    said_.cpuMs = processor.empty() ? outcome_.cpuMs : median(processor);
  }

  ScenarioSpec spec_;
  std::shared_ptr<InputStore> store_;
  OwnMeasure said_;
  std::string check_;
};

}  // namespace

std::string ownProgram() {
  std::error_code failed;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (failed) throw Error(ErrorCode::NotFound, "the program cannot find its own file");
  return path.string();
}

std::unique_ptr<Scenario> makeStartupScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                              std::shared_ptr<InputStore> store) {
  const std::string what = spec.value("what");
  if (what != "command" && what != "window") {
    throw Error(ErrorCode::Format, fmt::format("startup is wrong (expected command or window, found {})", what));
  }
  if (what == "window" && std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) {
    info.reason = "there is no display";
    return makeUnavailable(std::move(info));
  }
  return std::make_unique<StartupScenario>(spec, std::move(info), std::move(store));
}

std::unique_ptr<Scenario> makeCommandScenario(const ScenarioSpec& spec, ScenarioInfo info,
                                              std::shared_ptr<InputStore> store) {
  return std::make_unique<CommandScenario>(spec, std::move(info), std::move(store));
}

}  // namespace voxmark::profiling
