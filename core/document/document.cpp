#include "core/document/document.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/document/document_json.h"

namespace voxmark {
namespace {

using document_json::readDisplay;
using document_json::readMark;
using document_json::readViews;
using document_json::take;
using document_json::write;
using nlohmann::json;

json layerJson(const Layer& layer) {
  json out{{"id", layer.id}, {"name", layer.name}, {"path", layer.path}, {"display", write(layer.display)}};
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
  take(in, "series", out.series);
  if (in.contains("derivedFrom")) out.derivedFrom = in.at("derivedFrom").get<int>();
  if (in.contains("history")) out.history = pipelineFromJson(in.at("history"));
  out.display = readDisplay(in.at("display"));
  return out;
}

json cropJson(const CropBox& crop) {
  return {{"layer", crop.layer}, {"start", crop.region.start}, {"size", crop.region.size}};
}

CropBox cropFromJson(const json& in) {
  CropBox out;
  in.at("layer").get_to(out.layer);
  in.at("start").get_to(out.region.start);
  in.at("size").get_to(out.region.size);
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

const Mark* Document::findMark(int id) const {
  for (const Mark& mark : marks) {
    if (mark.id == id) return &mark;
  }
  return nullptr;
}

bool Document::sameContent(const Document& other) const {
  return layers == other.layers && marks == other.marks && crop == other.crop && steps == other.steps &&
         views.sameSettings(other.views);
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
  json marks = json::array();
  for (const Mark& mark : document.marks) marks.push_back(write(mark));
  json steps = json::array();
  for (const PipelineStep& step : document.steps) {
    steps.push_back({{"operation", toJson(step.operation)}, {"enabled", step.enabled}, {"name", step.name}});
  }
  json out{{"voxmarkSession", 1},
           {"layers", layers},
           {"views", write(document.views)},
           {"marks", marks},
           {"steps", steps},
           {"nextLayerId", document.nextLayerId},
           {"nextMarkId", document.nextMarkId}};
  if (document.crop) out["crop"] = cropJson(*document.crop);
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
    out.views = readViews(in.at("views"));
    if (in.contains("marks")) {
      for (const json& mark : in.at("marks")) out.marks.push_back(readMark(mark));
    }
    if (in.contains("crop")) out.crop = cropFromJson(in.at("crop"));
    take(in, "nextMarkId", out.nextMarkId);
    in.at("nextLayerId").get_to(out.nextLayerId);
    if (in.contains("activeLayer")) out.activeLayer = in.at("activeLayer").get<int>();
    return out;
  } catch (const json::exception& error) {
    throw Error(ErrorCode::Format, fmt::format("this is no session file ({})", error.what()));
  }
}

}  // namespace voxmark
