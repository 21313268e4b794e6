#include "ui/models/frame_courses.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>

#include "core/document/load_layer.h"
#include "ui/models/measurement_model.h"

namespace voxmark::ui {
namespace {

constexpr int kPauseMs = 40;
/// What a crosshair that is being dragged needs not decode a file for.
constexpr int kFilePauseMs = 250;

void waitUnlessCancelled(int ms, JobContext& job) {
  for (int waited = 0; waited < ms; waited += 10) {
    job.throwIfCancelled();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

/// The same values, whatever they are called and shown as.
bool samePlace(const Mark& a, const Mark& b) {
  return a.kind == b.kind && a.points == b.points && a.right == b.right && a.up == b.up;
}

}  // namespace

FrameCourses::FrameCourses(Session& session, QObject* parent) : QObject(parent), session_(session) {
  pause_.setSingleShot(true);
  pause_.setInterval(kPauseMs);
  connect(&pause_, &QTimer::timeout, this, &FrameCourses::read);
  connect(&session_, &Session::changed, this, &FrameCourses::follow);
}

FrameCourses::~FrameCourses() = default;

void FrameCourses::setActive(bool active) {
  active_ = active;
  if (!active && job_ != 0) jobs_.cancel(job_);
  follow();
}

bool FrameCourses::settled() const {
  if (pause_.isActive() || job_ != 0) return false;
  return volume_ == nullptr || !active_ || missingFrames(*volume_).empty();
}

void FrameCourses::follow() {
  if (!active_) return;
  const Document& document = session_.document();
  const Layer* layer = document.active();
  const bool series = layer != nullptr && layer->volume && layer->volume->info().frames > 1 && !layer->opening;
  const VolumePtr volume = series ? layer->volume : nullptr;
  std::vector<Mark> places;
  std::vector<Course> courses;
  if (series) {
    const auto frames = static_cast<std::size_t>(volume->info().frames);
    const auto add = [&](const Mark& mark, const QString& name) {
      Course course{mark.id, name, std::vector(frames, std::numeric_limits<double>::quiet_NaN()),
                    std::vector<char>(frames, 0)};
      for (std::size_t n = 0; n < places_.size() && volume == volume_; ++n) {
        if (places_[n].id != mark.id || !samePlace(places_[n], mark)) continue;
        course.values = courses_[n].values;
        course.known = courses_[n].known;
      }
      places.push_back(mark);
      courses.push_back(std::move(course));
    };
    // The middle of its voxel: moves inside it change nothing.
    if (const auto voxel = voxelAt(document.views.crosshair, volume->geometry())) {
      Mark crosshair;
      crosshair.points = {voxelToWorld(
          volume->geometry(),
          {static_cast<double>((*voxel)[0]), static_cast<double>((*voxel)[1]), static_cast<double>((*voxel)[2])})};
      add(crosshair, tr("Crosshair (%1 %2 %3)").arg((*voxel)[0]).arg((*voxel)[1]).arg((*voxel)[2]));
    }
    for (const Mark& mark : document.marks) {
      if (mark.visible && hasCourse(mark.kind)) add(mark, markTitle(mark));
    }
  }
  const bool same = volume == volume_ && places.size() == places_.size() &&
                    std::equal(places.begin(), places.end(), places_.begin(),
                               [](const Mark& a, const Mark& b) { return a.id == b.id && samePlace(a, b); });
  const auto sameNames = [](const Course& a, const Course& b) { return a.name == b.name; };
  if (same && std::equal(courses.begin(), courses.end(), courses_.begin(), sameNames)) {
    if (volume_ && job_ == 0 && !pause_.isActive() && !missingFrames(*volume_).empty()) pause_.start();
    return;
  }
  volume_ = volume;
  places_ = std::move(places);
  courses_ = std::move(courses);
  Q_EMIT changed();
  if (same) return;
  ++generation_;
  problem_.clear();
  if (job_ != 0) jobs_.cancel(job_);
  pause_.start();
}

std::vector<std::int64_t> FrameCourses::missingFrames(const Volume& volume) const {
  std::vector<std::int64_t> inMemory;
  std::vector<std::int64_t> others;
  for (std::int64_t frame = 0; frame < volume.info().frames; ++frame) {
    const bool missing = std::any_of(courses_.begin(), courses_.end(), [&](const Course& course) {
      return course.known[static_cast<std::size_t>(frame)] == 0;
    });
    if (missing) (volume.complete(frame) ? inMemory : others).push_back(frame);
  }
  inMemory.insert(inMemory.end(), others.begin(), others.end());
  return inMemory;
}

void FrameCourses::read() {
  const Layer* layer = session_.document().active();
  if (job_ != 0 || !active_ || layer == nullptr || layer->volume != volume_ || !volume_ || layer->opening) return;
  const auto frames = missingFrames(*volume_);
  if (frames.empty()) return;
  const auto tell = [this, generation = generation_](std::int64_t frame, const std::vector<double>& numbers) {
    const std::lock_guard lock(mutex_);
    arrived_.push_back({generation, frame, numbers});
    if (noted_) return;
    noted_ = true;
    QMetaObject::invokeMethod(this, &FrameCourses::collect, Qt::QueuedConnection);
  };
  job_ = jobs_.start(
      {},
      [marks = places_, frames, tell, source = sourceOf(*layer), volume = volume_](JobContext& job) {
        const auto onFile = std::find_if(frames.begin(), frames.end(), [&](auto f) { return !volume->complete(f); });
        readCourses(marks, *source, {frames.begin(), onFile}, tell, job);
        if (onFile == frames.end()) return;
        waitUnlessCancelled(kFilePauseMs, job);
        readCourses(marks, *source, {onFile, frames.end()}, tell, job);
      },
      [this](const JobResult& result) {
        job_ = 0;
        collect();
        if (result.state == JobState::Failed) problem_ = QString::fromStdString(result.error);
        Q_EMIT changed();
        if (result.state != JobState::Failed) read();
      });
}

void FrameCourses::collect() {
  std::deque<Sample> arrived;
  {
    const std::lock_guard lock(mutex_);
    arrived.swap(arrived_);
    noted_ = false;
  }
  bool any = false;
  for (const Sample& sample : arrived) {
    if (sample.generation != generation_ || sample.numbers.size() != courses_.size()) continue;
    const auto frame = static_cast<std::size_t>(sample.frame);
    for (std::size_t n = 0; n < courses_.size(); ++n) {
      courses_[n].values[frame] = sample.numbers[n];
      courses_[n].known[frame] = 1;
    }
    any = true;
  }
  if (any) Q_EMIT changed();
}

}  // namespace voxmark::ui
