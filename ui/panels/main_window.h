#pragma once

#include <QMainWindow>

#include "ui/models/action_list.h"
#include "ui/models/document_io.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/views_area.h"

namespace voxmark::ui {

class BenchmarkDesk;
class FileActions;
class MessageBar;
class ProcessDesk;
class SessionDesk;

/// What the window is built on; outlives it.
struct Services {
  SourceRegistry& sources;
  WriterRegistry& writers;
  BackendRegistry& backends;
};

/// Menus, docks and the persisted layout. Everything else is in the panels and views.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(Services services);
  ~MainWindow() override;
  void open(const QStringList& paths, bool replace);
  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] ViewsArea& views() { return *views_; }
  [[nodiscard]] StatusLine& status() { return *status_; }
  [[nodiscard]] SessionDesk& desk() { return *desk_; }
  [[nodiscard]] DocumentIo& io() { return *io_; }
  [[nodiscard]] ActionList& actions() { return *actions_; }
  /// Nothing loads or is being prepared.
  [[nodiscard]] bool settled() const;
  /// The last error shown; tests and scripts read it.
  [[nodiscard]] QString lastError() const { return lastError_; }
  /// Shows errors as a bar in the window, never as a dialog that blocks.
  void showError(const QString& message);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void makeDocks();
  void makeActions();
  void updateActions();

  Services services_;
  Session session_;
  JobController jobs_;
  DocumentIo* io_;
  FileActions* files_;
  SessionDesk* desk_;
  ProcessDesk* process_ = nullptr;
  BenchmarkDesk* bench_ = nullptr;
  ViewsArea* views_;
  StatusLine* status_;
  ActionList* actions_ = nullptr;
  QAction* undo_ = nullptr;
  QAction* redo_ = nullptr;
  QAction* export_ = nullptr;
  MessageBar* errorBar_ = nullptr;
  QString lastError_;
};

}  // namespace voxmark::ui
