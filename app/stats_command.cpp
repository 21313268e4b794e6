#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "app/arguments.h"
#include "app/commands.h"
#include "core/ops/operations.h"
#include "core/ops/statistics.h"
#include "core/ops/voxel_values.h"

namespace voxmark::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string file;
  std::string series;
  std::string crop;
  std::string frame = "0";
  std::string percentiles;
  std::vector<std::string> at;
  std::string mask;
  int component = -1;
  std::size_t bins = 0;
  bool nonzero = false;
  bool json = false;
};

Json numberOrNull(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

/// The scaled value of one voxel, a list of them for several components.
Json probe(VolumeSource& source, const Index3& voxel, std::int64_t frame, int component, JobContext& job) {
  const VolumeInfo& info = source.info();
  if (!wholeOf(info.geometry.size).contains(voxel)) {
    throw Error(ErrorCode::Usage,
                fmt::format("--at {},{},{} does not lie inside {}×{}×{} voxels", voxel[0], voxel[1], voxel[2],
                            info.geometry.size[0], info.geometry.size[1], info.geometry.size[2]));
  }
  std::vector<std::byte> stored(info.voxelBytes());
  source.read({{voxel, {1, 1, 1}}, frame}, stored, {}, job);
  std::vector<double> values(static_cast<std::size_t>(info.components));
  loadValues(info.pixelType, stored.data(), 1, values.size(), info.scale.at(frame, voxel[2], info.geometry.size[2]),
             values.data());
  if (component >= 0) return numberOrNull(values.at(static_cast<std::size_t>(component)));
  if (values.size() == 1) return numberOrNull(values.front());
  Json list = Json::array();
  for (double value : values) list.push_back(numberOrNull(value));
  return list;
}

Json measure(const Options& options, VolumeSource& source, const Composition& composition) {
  JobContext job;
  StatisticsRequest request;
  if (!options.crop.empty()) request.region = parseCrop(options.crop).region;
  request.frame = parseFrame(options.frame);
  if (request.frame && *request.frame >= source.info().frames) {
    throw Error(ErrorCode::Usage,
                fmt::format("--frame {} is wrong (expected 0 to {})", *request.frame, source.info().frames - 1));
  }
  if (options.component >= 0) request.component = options.component;
  request.nonzero = options.nonzero;
  if (!options.percentiles.empty()) request.percentiles = parseNumbers("--percentiles", options.percentiles);
  for (double percent : request.percentiles) {
    if (percent < 0 || percent > 100) throw Error(ErrorCode::Usage, "--percentiles is wrong (expected 0 to 100)");
  }
  std::optional<VoxelMask> mask;
  if (!options.mask.empty()) {
    mask.emplace(readMask(*composition.sources.open(options.mask), job));
    if (!sameGrid(mask->grid(), source.info().geometry)) {
      throw fileError(ErrorCode::Usage, options.mask, "does not lie on the volume's grid");
    }
    request.mask = &*mask;
  }
  request.bins = options.bins;
  const Statistics statistics = computeStatistics(source, request, job);
  Json out;
  out["count"] = statistics.count;
  out["min"] = numberOrNull(statistics.min);
  out["max"] = numberOrNull(statistics.max);
  out["mean"] = numberOrNull(statistics.mean);
  out["std"] = numberOrNull(statistics.std);
  out["nonfinite"] = statistics.nonfinite;
  out["percentiles"] = Json::object();
  for (const auto& [percent, value] : statistics.percentiles) {
    out["percentiles"][fmt::format("{:g}", percent)] = numberOrNull(value);
  }
  if (options.bins > 0) out["histogram"] = statistics.histogram;
  out["probes"] = Json::array();
  for (const std::string& text : options.at) {
    auto index = parseIntegers("--at", text, 0);
    if (index.size() != 3)
      throw Error(ErrorCode::Usage, fmt::format("--at is wrong (expected i,j,k, found '{}')", text));
    const Index3 voxel{index[0], index[1], index[2]};
    out["probes"].push_back(
        {{"index", index}, {"value", probe(source, voxel, request.frame.value_or(0), options.component, job)}});
  }
  std::vector<std::string> warnings = source.info().warnings;
  for (std::string& warning : source.readWarnings()) warnings.push_back(std::move(warning));
  out["warnings"] = warnings;
  return out;
}

void print(const Json& result) {
  for (const char* key : {"count", "min", "max", "mean", "std", "nonfinite"}) {
    fmt::print("{:<10} {}\n", key, result.at(key).dump());
  }
  for (const auto& [percent, value] : result.at("percentiles").items()) {
    fmt::print("{:<10} {}\n", percent + " %", value.dump());
  }
  if (result.contains("histogram")) fmt::print("{:<10} {}\n", "histogram", result.at("histogram").dump());
  for (const Json& probe : result.at("probes")) {
    fmt::print("{:<10} {}\n", probe.at("index").dump(), probe.at("value").dump());
  }
  for (const Json& warning : result.at("warnings")) fmt::print("{:<10} {}\n", "warning", warning.get<std::string>());
}

}  // namespace

void addStatsCommand(CLI::App& app, const Composition& composition) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("stats", "Statistics and single values of a file's voxels");
  command->add_option("FILE", options->file, "File, or folder of DICOM slices")->required();
  command->add_flag("--json", options->json, "Machine-readable");
  command->add_option("--crop", options->crop, "Only this box: x,y,z,dx,dy,dz in voxels");
  command->add_option("--frame", options->frame, "Frame number, or 'all' (default 0)");
  command->add_option("--component", options->component, "Only this component (default: all together)")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--at", options->at, "Value of voxel i,j,k; may be repeated")->allow_extra_args(false);
  command->add_flag("--nonzero", options->nonzero, "Only values that are not 0");
  command->add_option("--mask", options->mask, "Only voxels that are not 0 in this file on the same grid");
  command->add_option("--histogram", options->bins, "Count the values in this many bins from the least to the largest")
      ->check(CLI::Range(1, 1 << 20));
  command->add_option("--percentiles", options->percentiles, "For example 1,50,99");
  command->add_option("--series", options->series, "DICOM series: its UID, or its number in the list");
  command->callback([options, &composition] {
    const auto source = composition.sources.open(options->file, {options->series});
    const Json result = measure(*options, *source, composition);
    if (options->json) {
      fmt::print("{}\n", result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
      print(result);
    }
  });
}

}  // namespace voxmark::app
