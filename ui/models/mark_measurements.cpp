#include "ui/models/mark_measurements.h"

#include <algorithm>

#include "core/document/load_layer.h"

namespace voxmark::ui {
namespace {

bool hasValues(MarkKind kind) {
  return kind == MarkKind::Point || kind == MarkKind::Profile || enclosesVoxels(kind);
}

std::int64_t frameOf(const Document& document, const Volume& volume) {
  return std::clamp<std::int64_t>(document.views.frame, 0, volume.info().frames - 1);
}

}  // namespace

MarkMeasurements::MarkMeasurements(Session& session, QObject* parent) : QObject(parent), session_(session) {
  connect(&session_, &Session::changed, this, &MarkMeasurements::follow);
  connect(&session_, &Session::filled, this, &MarkMeasurements::follow);
  follow();
}

MarkMeasurements::~MarkMeasurements() = default;

const MarkMeasurements::Entry& MarkMeasurements::of(int mark) const {
  static const Entry kNone;
  const auto found = cache_.find(mark);
  return found == cache_.end() ? kNone : found->second.entry;
}

bool MarkMeasurements::settled() const {
  return std::none_of(cache_.begin(), cache_.end(),
                      [](const auto& one) { return one.second.entry.state == State::Waiting; });
}

void MarkMeasurements::follow() {
  const Document& document = session_.document();
  const Layer* layer = document.active();
  const VolumePtr volume = layer != nullptr ? layer->volume : nullptr;
  std::erase_if(cache_, [&](const auto& one) { return document.findMark(one.first) == nullptr; });
  for (const Mark& mark : document.marks) {
    if (!hasValues(mark.kind)) continue;
    Key key{mark, volume, volume ? frameOf(document, *volume) : 0, layer != nullptr && layer->display.labels};
    key.mark.name.clear();
    key.mark.visible = true;
    const auto found = cache_.find(mark.id);
    if (found != cache_.end() && found->second.key == key) continue;
    Entry& entry = (cache_[mark.id] = Cached{key, {}}).entry;
    entry.state = volume ? State::Waiting : State::Nothing;
    Q_EMIT measured(mark.id);
  }
  // A job for something that nobody asks for any more gives way.
  const bool stale = std::any_of(running_.begin(), running_.end(), [&](const auto& one) {
    const auto found = cache_.find(one.first);
    return found == cache_.end() || !(found->second.key == one.second);
  });
  if (job_ != 0 && stale) jobs_.cancel(job_);
  startWaiting();
}

void MarkMeasurements::startWaiting() {
  const bool now = settled();
  if (now && !wasSettled_) Q_EMIT settledNow();
  wasSettled_ = now;
  const Layer* layer = session_.document().active();
  if (now || job_ != 0 || layer == nullptr || !layer->volume || layer->opening) return;
  const std::int64_t frame = frameOf(session_.document(), *layer->volume);
  const FilledSlices* filled = layer->volume->filled();
  if (!layer->volume->complete(frame) && (filled == nullptr || !filled->givenUp(frame))) return;
  running_.clear();
  for (const auto& [id, cached] : cache_) {
    if (cached.entry.state == State::Waiting) running_[id] = cached.key;
  }
  job_ = jobs_.start(
      {},
      [this, work = running_, source = sourceOf(*layer)](JobContext& job) {
        for (const auto& [id, key] : work) {
          const Entry entry = measure(key, *source, job);
          QMetaObject::invokeMethod(
              this, [this, id = id, key = key, entry] { deliver(id, key, entry); }, Qt::QueuedConnection);
        }
      },
      [this](const JobResult& result) {
        const auto asked = std::move(running_);
        running_.clear();
        if (result.state == JobState::Failed) {  // of memory, say: asked again it would fail again
          Entry failed;
          failed.state = State::Failed;
          failed.error = QString::fromStdString(result.error);
          for (const auto& [id, key] : asked) {
            if (of(id).state == State::Waiting) deliver(id, key, failed);
          }
        }
        job_ = 0;
        startWaiting();
      });
}

MarkMeasurements::Entry MarkMeasurements::measure(const Key& key, VolumeSource& source, JobContext& job) {
  Entry entry;
  entry.state = State::Done;
  const auto sampling = key.labels ? ProfileSampling::Nearest : ProfileSampling::Linear;
  const std::vector<Vec3>& points = key.mark.points;
  try {
    if (enclosesVoxels(key.mark.kind)) {
      entry.values.region = regionStatistics(key.mark, source, key.frame, job);
    } else if (key.mark.kind == MarkKind::Point && !points.empty()) {
      entry.values.value = numberAt(points[0], source, key.frame, job);
    } else if (points.size() == 2) {
      entry.profile = lineProfile(points[0], points[1], source, key.frame, sampling, job);
    }
  } catch (const Error& error) {
    entry.state = State::Failed;
    entry.error = QString::fromStdString(error.what());
  }
  return entry;
}

void MarkMeasurements::deliver(int mark, const Key& key, const Entry& entry) {
  const auto found = cache_.find(mark);
  if (found == cache_.end() || !(found->second.key == key)) return;
  found->second.entry = entry;
  Q_EMIT measured(mark);
  startWaiting();
}

MarkTable MarkMeasurements::table(const std::set<int>& ids) const {
  const Document& document = session_.document();
  MarkTable table;
  if (const Layer* layer = document.active(); layer != nullptr && layer->volume) {
    table.layer = layer->name;
    table.file = layer->path;
    table.frame = frameOf(document, *layer->volume);
    table.number = voxelNumberOf(layer->volume->info());
  }
  for (const Mark& mark : document.marks) {
    if (ids.empty() || ids.contains(mark.id)) table.rows.push_back({mark, of(mark.id).values});
  }
  return table;
}

}  // namespace voxmark::ui
