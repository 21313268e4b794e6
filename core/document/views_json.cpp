#include "core/document/document_json.h"

namespace voxmark {

NLOHMANN_JSON_SERIALIZE_ENUM(Alignment, {{Alignment::Image, "image"}, {Alignment::Patient, "patient"}})
NLOHMANN_JSON_SERIALIZE_ENUM(SlabMode, {{SlabMode::Off, "off"},
                                        {SlabMode::Maximum, "maximum"},
                                        {SlabMode::Minimum, "minimum"},
                                        {SlabMode::Mean, "mean"}})
NLOHMANN_JSON_SERIALIZE_ENUM(MarkKind, {{MarkKind::Point, "point"},
                                        {MarkKind::Distance, "distance"},
                                        {MarkKind::Profile, "profile"},
                                        {MarkKind::Angle, "angle"},
                                        {MarkKind::Rectangle, "rectangle"},
                                        {MarkKind::Ellipse, "ellipse"},
                                        {MarkKind::Box, "box"}})

namespace document_json {

using nlohmann::json;

json write(const ViewsState& views) {
  json slices = json::object();
  for (const auto& [name, state] : views.slices) slices[name] = {{"zoom", state.zoom}, {"pan", state.pan}};
  const Rotation& r = views.rotation;
  const Lightbox& box = views.lightbox;
  return {{"crosshair", views.crosshair},
          {"frame", views.frame},
          {"slices", slices},
          {"crosshairVisible", views.crosshairVisible},
          {"annotations", views.annotations},
          {"radiological", views.radiological},
          {"legend", views.legend},
          {"speed", views.speed},
          {"linkedZoom", views.linkedZoom},
          {"alignment", views.alignment},
          {"rotation", {r.w, r.x, r.y, r.z}},
          {"slab", {{"mode", views.slab.mode}, {"thickness", views.slab.thickness}}},
          {"layout", views.layout},
          {"layoutBefore", views.layoutBefore},
          {"lightboxScroll", views.lightboxScroll},
          {"preview", views.preview},
          {"lightbox", {{"plane", box.plane}, {"rows", box.rows}, {"columns", box.columns}, {"step", box.step}}},
          {"frameRate", views.frameRate},
          {"frameLoop", views.frameLoop},
          {"tool", views.tool}};
}

ViewsState readViews(const json& in) {
  ViewsState out;
  take(in, "crosshair", out.crosshair);
  take(in, "frame", out.frame);
  take(in, "crosshairVisible", out.crosshairVisible);
  take(in, "annotations", out.annotations);
  take(in, "radiological", out.radiological);
  take(in, "legend", out.legend);
  take(in, "speed", out.speed);
  take(in, "linkedZoom", out.linkedZoom);
  take(in, "alignment", out.alignment);
  if (in.contains("rotation")) {
    std::array<double, 4> q{};
    need(in, "rotation", q);
    if (std::hypot(std::hypot(q[0], q[1]), std::hypot(q[2], q[3])) < 1e-6) {
      throw wrong("rotation", "a quaternion of unit length", in.at("rotation"));
    }
    out.rotation = {q[0], q[1], q[2], q[3]};
    const double length = std::hypot(std::hypot(q[0], q[1]), std::hypot(q[2], q[3]));
    if (std::abs(length - 1) > 1e-12) out.rotation = compose(out.rotation, {});  // of unit length again
  }
  if (in.contains("slab")) {
    take(in.at("slab"), "mode", out.slab.mode);
    take(in.at("slab"), "thickness", out.slab.thickness);
  }
  take(in, "layout", out.layout);
  take(in, "layoutBefore", out.layoutBefore);
  take(in, "lightboxScroll", out.lightboxScroll);
  take(in, "preview", out.preview);
  if (in.contains("lightbox")) {
    const json& box = in.at("lightbox");
    take(box, "plane", out.lightbox.plane);
    take(box, "rows", out.lightbox.rows);
    take(box, "columns", out.lightbox.columns);
    take(box, "step", out.lightbox.step);
  }
  take(in, "frameRate", out.frameRate);
  take(in, "frameLoop", out.frameLoop);
  take(in, "tool", out.tool);
  if (in.contains("slices")) {
    for (const auto& [name, state] : in.at("slices").items()) {
      SliceViewState& slice = out.slices[name];
      need(state, "zoom", slice.zoom);
      need(state, "pan", slice.pan);
    }
  }
  return out;
}

json write(const Mark& mark) {
  return {{"id", mark.id},       {"kind", mark.kind}, {"name", mark.name},      {"points", mark.points},
          {"right", mark.right}, {"up", mark.up},     {"visible", mark.visible}};
}

Mark readMark(const json& in) {
  Mark out;
  need(in, "id", out.id);
  need(in, "kind", out.kind);
  need(in, "points", out.points);
  take(in, "name", out.name);
  take(in, "right", out.right);
  take(in, "up", out.up);
  take(in, "visible", out.visible);
  const std::size_t wanted = out.kind == MarkKind::Point ? 1 : out.kind == MarkKind::Angle ? 3 : 2;
  if (out.points.size() != wanted) {
    throw wrong("points", std::to_string(wanted) + " for this kind of mark", in.at("points"));
  }
  return out;
}

}  // namespace document_json
}  // namespace voxmark
