#pragma once

#include <QImage>
#include <QObject>
#include <QPointer>
#include <deque>
#include <functional>
#include <map>
#include <optional>

#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

class VolumeView;
class VtkWidget;

/// Takes pictures of parts of the window at a multiple of their size: views are drawn anew with that many pixels, texts
/// and lines with them; nothing is enlarged. One picture at a time.
class PictureMaker : public QObject {
  Q_OBJECT
 public:
  struct Request {
    QPointer<QWidget> what;   ///< a view, or a widget that has some
    int scale = 1;            ///< 1 to 8
    bool annotations = true;  ///< texts, letters and crosshair, as the views have them; false: none
  };
  PictureMaker(Session& session, JobController& jobs, QObject* parent);
  /// Calls made() or failed(). What takes long is done in jobs.
  void make(const Request& request);
  [[nodiscard]] bool busy() const { return request_.has_value(); }
  /// The largest multiple at which a picture of `what` can be drawn.
  [[nodiscard]] static int largestScale(const QWidget& what);

 Q_SIGNALS:
  void made(const QImage& picture);
  void failed(const QString& message);

 private:
  /// The rays of one 3D view after the other; then everything else.
  void castNext();
  void compose();
  void finish();

  Session& session_;
  JobController& jobs_;
  std::optional<Request> request_;
  std::optional<ViewsState> before_;  ///< where annotations were switched off
  std::deque<QPointer<VolumeView>> toCast_;
  std::map<const QWidget*, QImage> views_;
};

/// The views in `what`, itself included, that can be seen.
[[nodiscard]] QList<VtkWidget*> viewsIn(QWidget& what);

}  // namespace voxmark::ui
