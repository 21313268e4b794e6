#include "ui/models/layer_edits.h"

#include <algorithm>
#include <cmath>

#include "core/ops/statistics.h"

namespace voxmark::ui {
namespace {

auto placeOf(std::vector<Layer>& layers, int id) {
  return std::find_if(layers.begin(), layers.end(), [id](const Layer& layer) { return layer.id == id; });
}

QString nameOf(const Layer& layer) {
  return QString::fromStdString(layer.name);
}

}  // namespace

void editDisplay(Session& session, int layer, const QString& label, const std::function<void(LayerDisplay&)>& change,
                 const std::string& key) {
  if (session.document().find(layer) == nullptr) return;
  session.edit(
      label, [&](Document& d) { change(placeOf(d.layers, layer)->display); },
      key.empty() ? key : key + "-" + std::to_string(layer));
}

void editActiveDisplay(Session& session, const QString& label, const std::function<void(LayerDisplay&)>& change,
                       const std::string& key) {
  if (const auto id = session.document().activeLayer) editDisplay(session, *id, label, change, key);
}

void automaticWindow(Session& session) {
  const Layer* active = session.document().active();
  if (active == nullptr || !active->volume || !active->volume->onHost()) return;
  if (active->opening && !active->volume->info().window) {
    resetWindow(session);
    return;
  }
  const std::int64_t last = active->volume->info().frames - 1;
  const auto frame = std::clamp<std::int64_t>(session.document().views.frame, 0, last);
  const auto [low, high] = robustRange(*active->volume, frame);
  const DisplayWindow window{high - low, (high + low) / 2};
  editActiveDisplay(session, Session::tr("Automatic window"), [&](LayerDisplay& d) { d.window = window; });
}

void resetWindow(Session& session) {
  const Layer* active = session.document().active();
  if (active == nullptr || !active->volume) return;
  const DisplayWindow window = active->automatic;
  editActiveDisplay(session, Session::tr("Reset window"), [&](LayerDisplay& d) { d.window = window; });
}

void removeLayer(Session& session, int layer) {
  if (session.document().find(layer) == nullptr) return;
  session.edit(Session::tr("Remove layer"), [layer](Document& d) {
    const auto place = placeOf(d.layers, layer);
    const auto index = place - d.layers.begin();
    d.layers.erase(place);
    if (d.crop && d.crop->layer == layer) d.crop.reset();
    if (d.activeLayer != layer) return;
    d.activeLayer.reset();
    if (!d.layers.empty())
      d.activeLayer = d.layers[static_cast<std::size_t>(std::max<std::ptrdiff_t>(index - 1, 0))].id;
  });
}

void renameLayer(Session& session, int layer, const QString& name) {
  const Layer* found = session.document().find(layer);
  if (found == nullptr || name.trimmed().isEmpty() || nameOf(*found) == name) return;
  session.edit(Session::tr("Rename layer"),
               [&](Document& d) { placeOf(d.layers, layer)->name = name.trimmed().toStdString(); });
}

void duplicateLayer(Session& session, int layer) {
  const Layer* found = session.document().find(layer);
  if (found == nullptr || found->opening) return;
  session.edit(Session::tr("Duplicate layer"), [&](Document& d) {
    const auto place = placeOf(d.layers, layer);
    Layer copy = *place;
    copy.id = d.nextLayerId++;
    copy.name = Session::tr("%1 (copy)").arg(nameOf(*place)).toStdString();
    d.activeLayer = copy.id;
    d.layers.insert(place + 1, std::move(copy));
  });
}

void moveLayer(Session& session, int layer, std::size_t position) {
  const Document& document = session.document();
  if (document.find(layer) == nullptr) return;
  position = std::min(position, document.layers.size() - 1);
  if (document.layers[position].id == layer) return;
  session.edit(Session::tr("Move layer"), [&](Document& d) {
    const auto place = placeOf(d.layers, layer);
    const auto target = d.layers.begin() + static_cast<std::ptrdiff_t>(position);
    if (place < target) {
      std::rotate(place, place + 1, target + 1);
    } else {
      std::rotate(target, place, place + 1);
    }
  });
}

void toggleLayer(Session& session, int layer) {
  const Layer* found = session.document().find(layer);
  if (found == nullptr) return;
  const bool visible = !found->display.visible;
  editDisplay(session, layer, visible ? Session::tr("Show layer") : Session::tr("Hide layer"),
              [visible](LayerDisplay& d) { d.visible = visible; });
}

void stepOpacity(Session& session, double step) {
  editActiveDisplay(
      session, Session::tr("Opacity"),
      [step](LayerDisplay& d) {
        const double steps = d.opacity / std::abs(step);
        const double next = step > 0 ? std::floor(steps + 1e-6) + 1 : std::ceil(steps - 1e-6) - 1;
        d.opacity = std::clamp(next * std::abs(step), 0.0, 1.0);
      },
      "opacity");
}

void stepActiveLayer(Session& session, int step) {
  const Document& document = session.document();
  for (std::size_t n = 0; n < document.layers.size(); ++n) {
    if (document.layers[n].id != document.activeLayer) continue;
    const auto last = static_cast<std::ptrdiff_t>(document.layers.size()) - 1;
    const auto next = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(n) + step, 0, last);
    const int id = document.layers[static_cast<std::size_t>(next)].id;
    if (id != document.activeLayer) session.look([id](Document& d) { d.activeLayer = id; });
    return;
  }
}

}  // namespace voxmark::ui
