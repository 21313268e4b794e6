#include "core/document/document.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark {
namespace {

using nlohmann::json;

json layerJson(const Layer& layer) {
  const LayerDisplay& d = layer.display;
  json out{{"id", layer.id},
           {"name", layer.name},
           {"path", layer.path},
           {"display",
            {{"window", {d.window.width, d.window.level}},
             {"colorMap", d.colorMap},
             {"opacity", d.opacity},
             {"visible", d.visible},
             {"invert", d.invert},
             {"interpolate", d.interpolate},
             {"volumePreset", d.volumePreset}}}};
  if (!layer.series.empty()) out["series"] = layer.series;
  if (layer.derivedFrom) out["derivedFrom"] = *layer.derivedFrom;
  if (!layer.history.empty()) out["history"] = toJson(layer.history);
  return out;
}

Layer layerFromJson(const json& in) {
  Layer out;
  in.at("id").get_to(out.id);
  in.at("name").get_to(out.name);
  in.at("path").get_to(out.path);
  out.series = in.value("series", std::string{});
  if (in.contains("derivedFrom")) out.derivedFrom = in.at("derivedFrom").get<int>();
  if (in.contains("history")) out.history = pipelineFromJson(in.at("history"));
  const json& d = in.at("display");
  const auto window = d.at("window").get<std::array<double, 2>>();
  out.display.window = {window[0], window[1]};
  d.at("colorMap").get_to(out.display.colorMap);
  d.at("opacity").get_to(out.display.opacity);
  d.at("visible").get_to(out.display.visible);
  d.at("invert").get_to(out.display.invert);
  d.at("interpolate").get_to(out.display.interpolate);
  d.at("volumePreset").get_to(out.display.volumePreset);
  return out;
}

json viewsJson(const ViewsState& views) {
  json slices = json::object();
  for (const auto& [name, state] : views.slices) slices[name] = {{"zoom", state.zoom}, {"pan", state.pan}};
  return {{"crosshair", views.crosshair},
          {"frame", views.frame},
          {"crosshairVisible", views.crosshairVisible},
          {"annotations", views.annotations},
          {"radiological", views.radiological},
          {"layout", views.layout},
          {"slices", slices}};
}

ViewsState viewsFromJson(const json& in) {
  ViewsState out;
  in.at("crosshair").get_to(out.crosshair);
  in.at("frame").get_to(out.frame);
  in.at("crosshairVisible").get_to(out.crosshairVisible);
  in.at("annotations").get_to(out.annotations);
  in.at("radiological").get_to(out.radiological);
  in.at("layout").get_to(out.layout);
  for (const auto& [name, state] : in.at("slices").items()) {
    out.slices[name] = {state.at("zoom").get<double>(), state.at("pan").get<std::array<double, 2>>()};
  }
  return out;
}

}  // namespace

const Layer* Document::find(int id) const {
  for (const Layer& layer : layers) {
    if (layer.id == id) return &layer;
  }
  return nullptr;
}

const Layer* Document::active() const {
  return activeLayer ? find(*activeLayer) : nullptr;
}

bool Document::sameContent(const Document& other) const {
  return layers == other.layers && steps == other.steps;
}

Pipeline Document::pipeline() const {
  Pipeline out;
  for (const PipelineStep& step : steps) {
    if (step.enabled) out.push_back(step.operation);
  }
  return out;
}

json toJson(const Document& document) {
  json layers = json::array();
  for (const Layer& layer : document.layers) layers.push_back(layerJson(layer));
  json steps = json::array();
  for (const PipelineStep& step : document.steps) {
    steps.push_back({{"operation", toJson(step.operation)}, {"enabled", step.enabled}, {"name", step.name}});
  }
  json out{{"voxmarkSession", 1},
           {"layers", layers},
           {"views", viewsJson(document.views)},
           {"steps", steps},
           {"nextLayerId", document.nextLayerId}};
  if (document.activeLayer) out["activeLayer"] = *document.activeLayer;
  return out;
}

Document documentFromJson(const json& in) {
  try {
    if (in.at("voxmarkSession").get<int>() != 1) {
      throw Error(ErrorCode::Format, "this session was written by a newer version");
    }
    Document out;
    for (const json& layer : in.at("layers")) out.layers.push_back(layerFromJson(layer));
    for (const json& step : in.at("steps")) {
      out.steps.push_back({operationFromJson(step.at("operation")), step.at("enabled").get<bool>(),
                           step.at("name").get<std::string>()});
    }
    out.views = viewsFromJson(in.at("views"));
    in.at("nextLayerId").get_to(out.nextLayerId);
    if (in.contains("activeLayer")) out.activeLayer = in.at("activeLayer").get<int>();
    return out;
  } catch (const json::exception& error) {
    throw Error(ErrorCode::Format, fmt::format("this is no session file ({})", error.what()));
  }
}

}  // namespace voxmark
