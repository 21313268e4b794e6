#pragma once

#include <QObject>
#include <map>
#include <optional>
#include <set>

#include "core/document/line_profile.h"
#include "core/document/mark_export.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// What the document's marks measure on the active layer and the frame that is looked at: computed off the GUI thread
/// whenever a mark, the layer or the frame has changed, and not before all of the frame is there.
class MarkMeasurements : public QObject {
  Q_OBJECT
 public:
  MarkMeasurements(Session& session, QObject* parent);
  ~MarkMeasurements() override;

  enum class State {
    Nothing,  ///< the mark has no values, or there is no layer
    Waiting,  ///< for the frame, or for its turn
    Done,
    Failed,
  };
  struct Entry {
    State state = State::Nothing;
    MarkValues values;
    LineProfile profile;  ///< of a Profile
    QString error;
  };
  [[nodiscard]] const Entry& of(int mark) const;
  /// Nothing is waited for.
  [[nodiscard]] bool settled() const;
  /// All marks, or those with these ids, with what is known now.
  [[nodiscard]] MarkTable table(const std::set<int>& ids = {}) const;

 Q_SIGNALS:
  /// The entry of a mark is another one.
  void measured(int mark);
  void settledNow();

 private:
  /// What an entry was computed from: it is kept while this is the same.
  struct Key {
    Mark mark;  ///< without its name and visibility
    VolumePtr volume;
    std::int64_t frame = 0;
    bool labels = false;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Cached {
    Key key;
    Entry entry;
  };
  void follow();
  void startWaiting();
  void deliver(int mark, const Key& key, const Entry& entry);
  [[nodiscard]] static Entry measure(const Key& key, VolumeSource& source, JobContext& job);

  Session& session_;
  std::map<int, Cached> cache_;
  std::map<int, Key> running_;  ///< what the job computes
  std::uint64_t job_ = 0;       ///< 0: none runs
  bool wasSettled_ = true;
  JobController jobs_;  ///< its own: what follows a user's action by itself waits for nobody and is not reported
};

}  // namespace voxmark::ui
