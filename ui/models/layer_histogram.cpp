#include "ui/models/layer_histogram.h"

#include <QPointer>

namespace voxmark::ui {
namespace {

constexpr std::size_t kBins = 1024;
constexpr double kCoarse = 256;  // bins within what is looked at: fewer look like steps

ValueDistribution countAll(const Volume& volume, std::int64_t frame, JobContext& job) {
  return distributionOf(volume, frame, kBins, job);
}

}  // namespace

LayerHistogram::LayerHistogram(Session& session, JobController& jobs, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs), whole_(jobs, "histogram", countAll, [this] {
        detail_.reset();
        looked_.reset();
        Q_EMIT changed();
      }) {
  detailTimer_.setSingleShot(true);
  detailTimer_.setInterval(80);
  connect(&detailTimer_, &QTimer::timeout, this, &LayerHistogram::countDetail);
  connect(&session_, &Session::changed, this, &LayerHistogram::follow);
  connect(&session_, &Session::filled, this, &LayerHistogram::follow);
}

void LayerHistogram::setWatched(bool watched) {
  watched_ = watched;
  follow();
}

void LayerHistogram::follow() {
  if (!watched_) return;
  const Layer* active = session_.document().active();
  whole_.follow(active != nullptr ? active->volume : nullptr, session_.document().views.frame);
}

void LayerHistogram::lookAt(double low, double high) {
  if (looked_ == std::pair{low, high} || !whole() || !(high > low)) return;
  looked_ = {low, high};
  const bool coarse = !whole()->everyValue && (high - low) / kCoarse < whole()->binWidth();
  if (!coarse) {
    if (detail_) {
      detail_.reset();
      Q_EMIT changed();
    }
    return;
  }
  if (detail_ && detail_->low <= low && detail_->high >= high && (high - low) / kCoarse >= detail_->binWidth()) return;
  detailTimer_.start();
}

void LayerHistogram::countDetail() {
  if (!looked_ || !whole()) return;
  const auto made = std::make_shared<Distribution>();
  const double margin = (looked_->second - looked_->first) / 2;  // what is dragged into view is there already
  const std::pair range{looked_->first - margin, looked_->second + margin};
  const QPointer<LayerHistogram> self(this);
  jobs_.startLatest(
      "histogram-detail", QString(),
      [made, range, volume = whole_.volume(), frame = whole_.frame()](JobContext& job) {
        *made = std::make_shared<const ValueDistribution>(distributionOf(*volume, frame, kBins, job, range));
      },
      [self, made, whole = whole()](const JobResult&) {
        if (!self || !*made || self->whole() != whole) return;
        self->detail_ = *made;
        Q_EMIT self->changed();
      });
}

}  // namespace voxmark::ui
