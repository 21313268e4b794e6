#pragma once

#include <QObject>
#include <deque>
#include <memory>
#include <vector>

#include "core/document/autosave_file.h"
#include "ui/models/action_list.h"
#include "ui/models/session_files.h"

namespace voxmark::ui {

class Autosave;
class FileActions;
class RecentFiles;
class RecoveryBar;
class StartPage;

/// What outlives the window of a session: its file, the copy that is kept in case of a crash, what was opened last, and
/// the page and the bar that offer these.
class SessionDesk : public QObject {
  Q_OBJECT
 public:
  struct Parts {
    Session& session;
    JobController& jobs;
    DocumentIo& io;
    FileActions& files;
    const SourceRegistry& sources;
    const BackendRegistry& backends;
  };
  SessionDesk(const Parts& parts, QWidget* window);
  ~SessionDesk() override;
  /// From now on files that are opened are noted and the document is kept in case of a crash; what an earlier one has
  /// left is offered. Not for windows that only pictures are taken of.
  void keep();
  [[nodiscard]] StartPage* startPage() const { return start_; }
  [[nodiscard]] RecoveryBar* recoveryBar() const { return recovery_; }
  [[nodiscard]] Autosave* autosave() const { return autosave_.get(); }
  [[nodiscard]] SessionFiles& files() const { return *sessions_; }
  /// The submenu of files opened last.
  void addOpenActions(ActionList& actions);
  void addSaveActions(ActionList& actions);

 Q_SIGNALS:
  void failed(const QString& message);
  void warned(const QString& message);
  /// Something new begins: what the last message said no longer matters.
  void started();

 private:
  struct Claimed {
    std::unique_ptr<OrphanClaim> claim;
    bool restored = false;  ///< what it holds is in the document
  };
  void openRecent(const QString& path, const QString& series);
  void fillRecentMenu(QMenu* menu);
  void chooseSave();
  void save();
  void findOrphans(const std::string& folder);
  void offerOrphan();
  void takeOrphan(bool restore);
  void dropRestored();

  Parts parts_;
  QWidget* window_;
  SessionFiles* sessions_;
  RecentFiles* recent_;
  StartPage* start_;
  RecoveryBar* recovery_;
  std::unique_ptr<Autosave> autosave_;  ///< null: nothing is kept
  std::deque<Orphan> orphans_;
  std::vector<Claimed> claimed_;
};

}  // namespace voxmark::ui
