#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "core/io/frame_store.h"
#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// Reads the frames of layers that are not read whole, one at a time: the frame that is looked at, and behind it the
/// next in the direction in which the user goes, as long as memory allows.
class FrameLoader : public QObject {
  Q_OBJECT
 public:
  FrameLoader(Session& session, JobController& jobs, QObject* parent);

 Q_SIGNALS:
  void failed(const QString& message);

 private:
  struct Wanted {
    std::shared_ptr<FrameStore> frames;
    std::int64_t frame = 0;
    bool ahead = false;  ///< nobody looks at it yet
  };
  void follow();
  [[nodiscard]] std::int64_t frameOf(const Layer& layer) const;
  /// Whether the layer's frames are this loader's, and anybody sees them.
  [[nodiscard]] bool isLoaded(const Layer& layer) const;
  [[nodiscard]] bool lookedAt(const Wanted& one) const;
  [[nodiscard]] std::optional<Wanted> wanted() const;
  void start(const Wanted& next);
  void finish(const JobResult& result);

  Session& session_;
  JobController& jobs_;
  const Volume* volume_ = nullptr;  ///< of the active layer
  std::int64_t frame_ = 0;          ///< that was looked at last
  int direction_ = 0;               ///< of the last step through this volume; 0: none was made
  bool retry_ = false;              ///< a frame that could not be read is tried again, as the user has come back to it
  std::optional<Wanted> reading_;
  bool superseded_ = false;  ///< that read was given up for another frame
  std::uint64_t job_ = 0;
};

}  // namespace voxmark::ui
