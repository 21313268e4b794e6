#include "core/document/document.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/document/check_document.h"
#include "core/document/document_json.h"

namespace voxmark {
namespace {

using document_json::need;
using document_json::readDisplay;
using document_json::readMark;
using document_json::readViews;
using document_json::take;
using document_json::write;
using document_json::wrong;
using nlohmann::json;

json reductionJson(const Reduction& reduction) {
  return {{"start", reduction.region.start},
          {"size", reduction.region.size},
          {"step", reduction.step},
          {"average", reduction.average}};
}

Reduction reductionFromJson(const json& in) {
  Reduction out;
  need(in, "start", out.region.start);
  need(in, "size", out.region.size);
  need(in, "step", out.step);
  need(in, "average", out.average);
  return out;
}

json recipeJson(const Recipe& recipe) {
  json out{{"path", recipe.path}, {"series", recipe.series}, {"steps", toJson(recipe.steps)}};
  if (!recipe.reduction.none()) out["reduction"] = reductionJson(recipe.reduction);
  return out;
}

Recipe recipeFromJson(const json& in) {
  Recipe out;
  need(in, "path", out.path);
  take(in, "series", out.series);
  if (in.contains("reduction")) out.reduction = reductionFromJson(in.at("reduction"));
  out.steps = pipelineFromJson(in.at("steps"));
  return out;
}

json layerJson(const Layer& layer) {
  json out{{"id", layer.id}, {"name", layer.name}, {"path", layer.path}, {"display", write(layer.display)}};
  if (!layer.series.empty()) out["series"] = layer.series;
  if (layer.derivedFrom) out["derivedFrom"] = *layer.derivedFrom;
  if (!layer.history.empty()) out["history"] = toJson(layer.history);
  if (layer.recipe) out["recipe"] = recipeJson(*layer.recipe);
  if (layer.ofSteps) out["ofSteps"] = true;
  if (!layer.reduction.none()) out["reduction"] = reductionJson(layer.reduction);
  return out;
}

Layer layerFromJson(const json& in) {
  Layer out;
  need(in, "id", out.id);
  need(in, "name", out.name);
  need(in, "path", out.path);
  take(in, "series", out.series);
  if (in.contains("derivedFrom")) need(in, "derivedFrom", out.derivedFrom.emplace());
  if (in.contains("history")) out.history = pipelineFromJson(in.at("history"));
  if (in.contains("recipe")) out.recipe = recipeFromJson(in.at("recipe"));
  take(in, "ofSteps", out.ofSteps);
  if (in.contains("reduction")) out.reduction = reductionFromJson(in.at("reduction"));
  out.display = readDisplay(in.at("display"));
  return out;
}

json cropJson(const CropBox& crop) {
  return {{"layer", crop.layer}, {"start", crop.region.start}, {"size", crop.region.size}};
}

CropBox cropFromJson(const json& in) {
  CropBox out;
  need(in, "layer", out.layer);
  need(in, "start", out.region.start);
  need(in, "size", out.region.size);
  return out;
}

PipelineStep stepFromJson(const json& in) {
  PipelineStep out{operationFromJson(in.at("operation")), true, {}};
  need(in, "enabled", out.enabled);
  need(in, "name", out.name);
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

const Layer* Document::stepsInput(const Layer* layer) const {
  if (layer == nullptr || !layer->ofSteps || !layer->derivedFrom) return layer;
  return find(*layer->derivedFrom);
}

const Layer* Document::stepsResult() const {
  const Layer* now = active();
  const Pipeline recipe = pipeline();
  if (now == nullptr || !now->ofSteps || recipe.empty()) return nullptr;
  if (now->history == recipe) return now;
  for (const Layer& layer : layers) {
    if (layer.ofSteps && layer.derivedFrom == now->derivedFrom && layer.history == recipe) return &layer;
  }
  return nullptr;
}

void Document::forgetResults() {
  for (Layer& layer : layers) layer.ofSteps = false;
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
  // What has lost its layer is not kept.
  if (document.crop && document.find(document.crop->layer) != nullptr) out["crop"] = cropJson(*document.crop);
  if (document.active() != nullptr) out["activeLayer"] = *document.activeLayer;
  return out;
}

Document documentFromJson(const json& in) {
  try {
    int version = 0;
    need(in, "voxmarkSession", version);
    if (version != 1) throw wrong("voxmarkSession", "1; a newer version has written this", in.at("voxmarkSession"));
    Document out;
    for (const json& layer : in.at("layers")) out.layers.push_back(layerFromJson(layer));
    for (const json& step : in.at("steps")) out.steps.push_back(stepFromJson(step));
    out.views = readViews(in.at("views"));
    if (in.contains("marks")) {
      for (const json& mark : in.at("marks")) out.marks.push_back(readMark(mark));
    }
    if (in.contains("crop")) out.crop = cropFromJson(in.at("crop"));
    take(in, "nextMarkId", out.nextMarkId);
    need(in, "nextLayerId", out.nextLayerId);
    if (in.contains("activeLayer")) need(in, "activeLayer", out.activeLayer.emplace());
    // Never lower than what is used, whoever wrote the file.
    for (const Layer& layer : out.layers)
      out.nextLayerId = std::max(out.nextLayerId, std::min(layer.id, std::numeric_limits<int>::max() - 1) + 1);
    for (const Mark& mark : out.marks)
      out.nextMarkId = std::max(out.nextMarkId, std::min(mark.id, std::numeric_limits<int>::max() - 1) + 1);
    checkDocument(out);
    return out;
  } catch (const Error& error) {  // a step's own may blame the request
    throw Error(ErrorCode::Format, error.what());
  } catch (const json::exception& error) {
    throw Error(ErrorCode::Format, oneLine(fmt::format("this is no session file ({})", error.what())));
  }
}

}  // namespace voxmark
