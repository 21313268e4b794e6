#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "app/commands.h"

namespace voxmark::app {
namespace {

nlohmann::ordered_json toJson(const VolumeInfo& info) {
  nlohmann::ordered_json out;
  out["path"] = info.path;
  out["format"] = info.format;
  out["size"] = info.geometry.size;
  out["frames"] = info.frames;
  out["components"] = info.components;
  out["pixelType"] = pixelTypeName(info.pixelType);
  out["byteOrder"] = info.byteOrder == ByteOrder::Little ? "little" : "big";
  out["spacing"] = info.geometry.spacing;
  out["origin"] = info.geometry.origin;
  out["direction"] = info.geometry.direction;
  out["orientation"] = orientationOf(info.geometry);
  out["scale"] = {{"slope", info.scale.common().slope}, {"intercept", info.scale.common().intercept}};
  if (info.scale.perSlice()) {
    auto& list = out["scale"]["perSlice"] = nlohmann::ordered_json::array();
    for (const LinearScale& scale : info.scale.entries()) list.push_back({scale.slope, scale.intercept});
  }
  if (!info.frameAxes.empty()) out["frameAxes"] = info.frameAxes;
  if (info.frameSpacing > 0) out["frameSpacing"] = {{"step", info.frameSpacing}, {"unit", info.frameUnit}};
  out["warnings"] = info.warnings;
  auto& metadata = out["metadata"] = nlohmann::ordered_json::object();
  for (const auto& [key, value] : info.metadata) metadata[key] = value;
  return out;
}

void print(const VolumeInfo& info) {
  const Geometry& g = info.geometry;
  fmt::print("{}\n", info.path);
  fmt::print("  format       {}, {}-endian\n", info.format, info.byteOrder == ByteOrder::Little ? "little" : "big");
  fmt::print("  size         {} × {} × {}", g.size[0], g.size[1], g.size[2]);
  if (info.frames > 1) fmt::print(", {} frames", info.frames);
  if (info.components > 1) fmt::print(", {} components", info.components);
  fmt::print("\n  voxels       {}, {:.1f} MB in memory\n", pixelTypeName(info.pixelType),
             static_cast<double>(info.totalBytes()) / 1e6);
  fmt::print("  spacing      {:g} × {:g} × {:g} mm\n", g.spacing[0], g.spacing[1], g.spacing[2]);
  fmt::print("  origin       {:g}, {:g}, {:g} mm (LPS)\n", g.origin[0], g.origin[1], g.origin[2]);
  fmt::print("  orientation  {}", orientationOf(g));
  if (obliqueAngle(g) > 0.05) fmt::print(", oblique by {:.1f}°", obliqueAngle(g));
  fmt::print("\n");
  if (!info.scale.identity()) {
    fmt::print("  scale        {}× {:g} + {:g}\n", info.scale.perSlice() ? "per slice; the first: " : "",
               info.scale.common().slope, info.scale.common().intercept);
  }
  for (const std::string& warning : info.warnings) fmt::print("  warning      {}\n", warning);
}

}  // namespace

void addInfoCommand(CLI::App& app, const Composition& composition) {
  struct Options {
    std::string file;
    std::string series;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("info", "Say what a file's header says, without reading its voxels");
  command->add_option("FILE", options->file, "File, or folder of DICOM slices")->required();
  command->add_flag("--json", options->json, "Machine-readable");
  command->add_option("--series", options->series, "DICOM series: its UID, or its number in the list");
  command->callback([options, &composition] {
    const auto source = composition.sources.open(options->file, {options->series});
    if (options->json) {
      fmt::print("{}\n", toJson(source->info()).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
      print(source->info());
    }
  });
}

}  // namespace voxmark::app
