#pragma once

#include <QMainWindow>
#include <QObject>
#include <QStackedWidget>

#include "ui/models/action_list.h"
#include "ui/models/document_io.h"

namespace voxmark::ui {

class BenchmarksPanel;

/// The window as a workbench for measurements: the panel takes the place of the views and of the docks, so that charts
/// have room and the views draw nothing while times are taken; back again, everything is where it was.
class BenchmarkDesk : public QObject {
  Q_OBJECT
 public:
  struct Parts {
    Session& session;
    JobController& jobs;
    DocumentIo& io;
    const SourceRegistry& sources;
    const BackendRegistry& backends;
  };
  /// What the first page holds.
  struct Viewer {
    QWidget* above;
    QWidget* views;
    QWidget* below;
  };
  BenchmarkDesk(const Parts& parts, const Viewer& viewer, QMainWindow& window);
  [[nodiscard]] QWidget* pages() const { return pages_; }
  [[nodiscard]] BenchmarksPanel* panel() const { return panel_; }
  [[nodiscard]] bool shown() const;
  void setShown(bool shown);
  void addActions(ActionList& actions);
  /// Takes result files out of what is to be opened and shows them.
  [[nodiscard]] QStringList takeResults(const QStringList& paths);

 Q_SIGNALS:
  void failed(const QString& message);

 protected:
  /// The layout that is kept for the next start is the viewer's.
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  QMainWindow& window_;
  QStackedWidget* pages_;
  BenchmarksPanel* panel_;
  QAction* action_ = nullptr;
  QByteArray docks_;
};

}  // namespace voxmark::ui
