#include "ui/models/legend_labels.h"

namespace voxmark::ui {
namespace {

std::optional<LabelSummary> summarise(const Volume& volume, std::int64_t frame, JobContext& job) {
  return summariseLabels(volume, frame, job);
}

}  // namespace

LegendLabels::LegendLabels(Session& session, QObject* parent)
    : QObject(parent), session_(session), summary_(jobs_, "legend", summarise, [this] { take(); }) {
  connect(&session_, &Session::changed, this, &LegendLabels::follow);
  connect(&session_, &Session::filled, this, &LegendLabels::follow);
}

void LegendLabels::follow() {
  const Document& document = session_.document();
  const Layer* active = document.active();
  const bool wanted = document.views.legend && active != nullptr && active->display.labels;
  summary_.follow(wanted ? active->volume : nullptr, document.views.frame);
}

void LegendLabels::take() {
  const auto& result = summary_.result();
  present_.reset();
  if (result && *result) {
    present_.emplace();
    for (const auto& entry : **result) present_->push_back(entry.first);
  }
  Q_EMIT changed();
}

}  // namespace voxmark::ui
