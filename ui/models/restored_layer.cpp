#include "ui/models/restored_layer.h"

#include <algorithm>

namespace voxmark::ui {

void reviseLayer(Session& session, int id, const std::function<void(Layer&)>& change) {
  session.revise([&](Document& d) {
    const auto layer = std::find_if(d.layers.begin(), d.layers.end(), [id](const Layer& one) { return one.id == id; });
    if (layer == d.layers.end()) return false;
    change(*layer);
    return true;
  });
}

void markMissing(Session& session, int id, const std::string& why) {
  reviseLayer(session, id, [&](Layer& layer) {
    layer.volume.reset();
    layer.frames.reset();
    layer.opening = false;
    layer.missing = why;
  });
}

}  // namespace voxmark::ui
