#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "app/bench_commands.h"
#include "core/base/error.h"
#include "core/profiling/history.h"
#include "core/profiling/result_file.h"
#include "core/profiling/scenario_spec.h"
#include "core/profiling/step_detection.h"

namespace voxmark::app {
namespace {

using Json = nlohmann::ordered_json;
using profiling::History;
using profiling::HistoryPoint;
using profiling::Segment;

struct Options {
  std::vector<std::string> patterns;
  std::string folder;
  std::string machine;
  std::vector<std::string> add;
  std::string note;
  bool json = false;
};

struct Series {
  std::string name;
  std::vector<HistoryPoint> points;
  std::vector<Segment> segments;
  std::optional<double> score;
};

Series seriesOf(const History& history, const std::string& name) {
  Series out{name, pointsOf(history, name), {}, {}};
  std::vector<double> times;
  for (const HistoryPoint& point : out.points) times.push_back(point.medianMs);
  out.segments = profiling::segmentsOf(times);
  out.score = profiling::lookBackScore(times);
  return out;
}

Json jsonOf(const Series& series) {
  Json out{{"name", series.name}};
  Json& points = out["points"] = Json::array();
  for (const HistoryPoint& point : series.points) {
    points.push_back({{"date", point.date},
                      {"commit", point.commit},
                      {"medianMs", point.medianMs},
                      {"lowMs", point.lowMs},
                      {"highMs", point.highMs},
                      {"blocks", point.blocks},
                      {"note", point.note}});
  }
  Json& segments = out["segments"] = Json::array();
  for (const Segment& segment : series.segments) {
    segments.push_back({{"first", segment.first}, {"count", segment.count}, {"levelMs", segment.level}});
  }
  out["lookBackScore"] = series.score ? Json(*series.score) : Json(nullptr);
  return out;
}

void print(const Series& series) {
  const HistoryPoint& last = series.points.back();
  fmt::print("{:<52} {:>4} runs {:>10.3f} ms", series.name, series.points.size(), last.medianMs);
  if (series.score && std::abs(*series.score) >= 3) fmt::print("  {:+.1f} deviations from its level", *series.score);
  fmt::print("\n");
  for (std::size_t n = 1; n < series.segments.size(); ++n) {
    const HistoryPoint& point = series.points[series.segments[n].first];
    fmt::print("    {:+.1f} % since {}{}{}\n", (series.segments[n].level / series.segments[n - 1].level - 1) * 100,
               point.date, point.commit.empty() ? "" : ", commit " + point.commit,
               point.note.empty() ? "" : ": " + point.note);
  }
}

int show(const Options& options) {
  const auto folder = options.folder.empty() ? profiling::historyFolder() : options.folder;
  if (!folder) throw Error(ErrorCode::Usage, "there is no folder for histories (expected --folder FOLDER)");
  for (const std::string& path : options.add) {
    const auto file = profiling::readResultFile(path);
    const std::string where = appendHistory(*folder, file.results, file.environment, options.note);
    if (!options.json) fmt::print("{} added to {}\n", path, where);
  }
  Json machines = Json::array();
  for (const History& history : profiling::readHistories(*folder)) {
    if (!options.machine.empty() && history.machine.find(options.machine) == std::string::npos) continue;
    Json scenarios = Json::array();
    if (!options.json) fmt::print("{}\n", history.machine);
    for (const std::string& name : namesOf(history)) {
      if (!profiling::isChosen(name, options.patterns)) continue;
      const Series series = seriesOf(history, name);
      if (options.json) {
        scenarios.push_back(jsonOf(series));
      } else {
        print(series);
      }
    }
    if (!options.json && history.unreadable > 0) fmt::print("    {} lines cannot be read\n", history.unreadable);
    machines.push_back(
        {{"machine", history.machine}, {"unreadableLines", history.unreadable}, {"scenarios", scenarios}});
  }
  if (options.json) {
    fmt::print("{}\n",
               Json{{"folder", *folder}, {"machines", machines}}.dump(2, ' ', false, Json::error_handler_t::replace));
  } else if (machines.empty()) {
    fmt::print("There is no history in {} yet: bench run --keep, or --add RESULT, begins one.\n", *folder);
  }
  return 0;
}

}  // namespace

void addBenchHistory(CLI::App& bench, int& exitCode) {
  auto options = std::make_shared<Options>();
  CLI::App* command = bench.add_subcommand("history", "Show what was kept of earlier runs, and where it stepped");
  command->add_option("GLOB", options->patterns, "Names, beginnings or shell patterns of scenarios");
  command->add_option("--folder", options->folder,
                      "Where it is kept (VOXMARK_HISTORY_DIR, ~/.local/state/voxmark/history)");
  command->add_option("--machine", options->machine, "Only machines with this in their name");
  command->add_option("--add", options->add, "Result files to add first");
  command->add_option("--note", options->note, "Goes with what is added");
  command->add_flag("--json", options->json, "As JSON");
  command->callback([options, &exitCode] { exitCode = show(*options); });
}

}  // namespace voxmark::app
