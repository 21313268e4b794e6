#include "core/document/document_json.h"

namespace voxmark {

NLOHMANN_JSON_SERIALIZE_ENUM(Blend, {{Blend::Over, "over"}, {Blend::Add, "add"}, {Blend::Maximum, "maximum"}})
NLOHMANN_JSON_SERIALIZE_ENUM(VectorStyle,
                             {{VectorStyle::Magnitude, "magnitude"}, {VectorStyle::Direction, "direction"}})

namespace document_json {
namespace {

using nlohmann::json;

json tableJson(const LabelTable& table) {
  json labels = json::array();
  for (const auto& [value, label] : table.labels) {
    labels.push_back({{"value", value},
                      {"name", label.name},
                      {"colour", label.colour},
                      {"opacity", label.opacity},
                      {"visible", label.visible}});
  }
  return {{"path", table.path}, {"labels", labels}};
}

LabelTablePtr readTable(const json& in) {
  auto out = std::make_shared<LabelTable>();
  take(in, "path", out->path);
  for (const json& entry : in.at("labels")) {
    std::int64_t value = 0;
    need(entry, "value", value);
    Label& label = out->labels[value];
    take(entry, "name", label.name);
    take(entry, "colour", label.colour);
    take(entry, "opacity", label.opacity);
    take(entry, "visible", label.visible);
  }
  return out;
}

}  // namespace

json write(const LayerDisplay& d) {
  json out{{"window", {d.window.width, d.window.level}},
           {"colorMap", d.colorMap},
           {"opacity", d.opacity},
           {"visible", d.visible},
           {"invert", d.invert},
           {"interpolate", d.interpolate},
           {"blend", d.blend},
           {"vectors", d.vectors},
           {"labels", d.labels},
           {"labelOutline", d.labelOutline},
           {"volumePreset", d.volumePreset}};
  if (d.hideBelow) out["hideBelow"] = *d.hideBelow;
  if (d.hideAbove) out["hideAbove"] = *d.hideAbove;
  if (d.labelTable) out["labelTable"] = tableJson(*d.labelTable);
  return out;
}

LayerDisplay readDisplay(const json& in) {
  LayerDisplay out;
  std::array<double, 2> window{};
  need(in, "window", window);
  out.window = {window[0], window[1]};
  take(in, "colorMap", out.colorMap);
  take(in, "opacity", out.opacity);
  take(in, "visible", out.visible);
  take(in, "invert", out.invert);
  take(in, "interpolate", out.interpolate);
  take(in, "blend", out.blend);
  take(in, "vectors", out.vectors);
  take(in, "labels", out.labels);
  take(in, "labelOutline", out.labelOutline);
  take(in, "volumePreset", out.volumePreset);
  if (in.contains("hideBelow")) need(in, "hideBelow", out.hideBelow.emplace());
  if (in.contains("hideAbove")) need(in, "hideAbove", out.hideAbove.emplace());
  if (in.contains("labelTable")) out.labelTable = readTable(in.at("labelTable"));
  return out;
}

}  // namespace document_json
}  // namespace voxmark
