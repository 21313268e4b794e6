#pragma once

#include <QObject>
#include <QTimer>
#include <deque>
#include <mutex>
#include <vector>

#include "core/document/time_course.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// How the values at the crosshair, at every visible Point and inside every visible region go on over the frames of the
/// active layer. Frames in memory are read first; the others follow from the file, as they come, and nothing of them is
/// kept but these values.
class FrameCourses : public QObject {
  Q_OBJECT
 public:
  FrameCourses(Session& session, QObject* parent);
  ~FrameCourses() override;

  struct Course {
    int mark = 0;  ///< id; 0: the crosshair
    QString name;
    std::vector<double> values;  ///< by frame; NaN where it is not known, or no number
    std::vector<char> known;     ///< by frame
    friend bool operator==(const Course&, const Course&) = default;
  };
  /// Empty where the active layer has one frame only.
  [[nodiscard]] const std::vector<Course>& courses() const { return courses_; }
  /// Of no use to anybody while it is off: nothing is read.
  void setActive(bool active);
  /// All that can be read has been read.
  [[nodiscard]] bool settled() const;
  /// Why frames are missing; empty where none is.
  [[nodiscard]] const QString& problem() const { return problem_; }

 Q_SIGNALS:
  void changed();

 private:
  struct Sample {
    std::uint64_t generation = 0;
    std::int64_t frame = 0;
    std::vector<double> numbers;
  };
  /// What is read of each frame: `places_[n]` is that of `courses_[n]`.
  void follow();
  void read();
  void collect();
  [[nodiscard]] std::vector<std::int64_t> missingFrames(const Volume& volume) const;

  Session& session_;
  bool active_ = false;
  VolumePtr volume_;
  std::vector<Mark> places_;
  std::vector<Course> courses_;
  QString problem_;
  QTimer pause_;                  ///< before frames are read: the crosshair may move on
  std::uint64_t job_ = 0;         ///< 0: none runs
  std::uint64_t generation_ = 0;  ///< of places_
  std::mutex mutex_;
  std::deque<Sample> arrived_;  ///< from the job
  bool noted_ = false;          ///< collect() is on its way
  JobController jobs_;
};

}  // namespace voxmark::ui
