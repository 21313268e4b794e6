#include "ui/panels/session_desk.h"

#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>
#include <QSettings>
#include <QStatusBar>

#include "core/base/log.h"
#include "core/document/session_file.h"
#include "core/io/cache_folder.h"
#include "ui/models/autosave.h"
#include "ui/models/recent_files.h"
#include "ui/panels/file_actions.h"
#include "ui/panels/low_memory_dialog.h"
#include "ui/widgets/recovery_bar.h"
#include "ui/widgets/start_page.h"

namespace voxmark::ui {
namespace {

const QString kFolder = "session/folder";
constexpr int kInMenu = 12;

QString describe(const Orphan& orphan) {
  const auto when = QDateTime::fromSecsSinceEpoch(std::chrono::system_clock::to_time_t(orphan.saved));
  QStringList names;
  for (const std::string& name : orphan.layers) names << QString::fromStdString(name);
  if (names.size() > 3) names = names.mid(0, 3) << SessionDesk::tr("…");
  return SessionDesk::tr("Voxmark did not end properly. Restore what was open at %1 (%2)?")
      .arg(QLocale().toString(when, QLocale::ShortFormat),
           names.isEmpty() ? SessionDesk::tr("measurements") : names.join(", "));
}

}  // namespace

SessionDesk::SessionDesk(const Parts& parts, QWidget* window)
    : QObject(window),
      parts_(parts),
      window_(window),
      sessions_(new SessionFiles(parts.session, parts.jobs, parts.io, parts.sources, parts.backends, this)),
      recent_(new RecentFiles(parts.session, this)),
      start_(new StartPage(*recent_, window)),
      recovery_(new RecoveryBar(window)) {
  connect(&parts_.io, &DocumentIo::opened, this, [this](int id) {
    const Layer* layer = parts_.session.document().find(id);
    if (layer == nullptr) return;
    recent_->add(QString::fromStdString(layer->path), QString::fromStdString(layer->series), id);
  });
  connect(&parts_.io, &DocumentIo::roomNeeded, this,
          [this](const OpenRequest& request, const VolumeInfo& info, quint64 available) {
            auto* dialog = new LowMemoryDialog(request, info, available, window_);
            connect(dialog, &LowMemoryDialog::chosen, &parts_.io, qOverload<const OpenRequest&>(&DocumentIo::open));
            dialog->open();
          });
  connect(sessions_, &SessionFiles::failed, this, &SessionDesk::failed);
  connect(sessions_, &SessionFiles::incomplete, this, &SessionDesk::warned);
  connect(sessions_, &SessionFiles::saved, this, [this](const QString& path) {
    log::info("Saved the session " + path.toStdString());
    if (auto* main = qobject_cast<QMainWindow*>(window_))
      main->statusBar()->showMessage(tr("Saved %1").arg(path), 4000);
    recent_->add(path, {}, parts_.session.document().activeLayer.value_or(0));
  });
  connect(sessions_, &SessionFiles::opened, this, [this](const QString& path) {
    for (Claimed& one : claimed_) one.restored = one.restored || one.claim->path() == path.toStdString();
    if (!sessions_->path().isEmpty()) recent_->add(path, {}, 0);
  });
  connect(start_, &StartPage::filesRequested, this, [this] { parts_.files.chooseFiles(true); });
  connect(start_, &StartPage::folderRequested, this, [this] { parts_.files.chooseFolder(); });
  connect(start_, &StartPage::openRequested, this, &SessionDesk::openRecent);
  connect(recovery_, &RecoveryBar::restoreRequested, this, [this] { takeOrphan(true); });
  connect(recovery_, &RecoveryBar::discardRequested, this, [this] { takeOrphan(false); });
}

SessionDesk::~SessionDesk() {
  dropRestored();  // a clean end: whoever wanted it could have saved it
}

void SessionDesk::keep() {
  recent_->keep();
  const auto folder = cacheFolder();
  if (!folder) return;
  findOrphans(*folder + "autosave");
  try {
    autosave_ = std::make_unique<Autosave>(parts_.session, *folder + "autosave", nullptr);
    connect(autosave_.get(), &Autosave::saved, this, &SessionDesk::dropRestored);
  } catch (const Error& error) {
    log::warning(error.what());
  }
}

void SessionDesk::addOpenActions(ActionList& actions) {
  QMenu* menu = actions.addMenu("file", "file.recent", tr("Open &recent"));
  connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillRecentMenu(menu); });
  const auto follow = [this, menu] { menu->menuAction()->setEnabled(!recent_->entries().isEmpty()); };
  connect(recent_, &RecentFiles::changed, menu, follow);
  follow();
}

void SessionDesk::addSaveActions(ActionList& actions) {
  QAction* save = actions.add({"file.saveSession", "file", tr("&Save session"), {QKeySequence("Ctrl+Shift+S")}},
                              [this] { this->save(); });
  QAction* as = actions.add({"file.saveSessionAs", "file", tr("Save session &as…")}, [this] { chooseSave(); });
  const auto follow = [=, this] {
    const bool something = !parts_.session.document().layers.empty();
    save->setEnabled(something);
    as->setEnabled(something);
  };
  connect(&parts_.session, &Session::changed, save, follow);
  follow();
}

void SessionDesk::fillRecentMenu(QMenu* menu) {
  menu->clear();
  for (const RecentFiles::Entry& entry : recent_->entries().mid(0, kInMenu)) {
    QString text = QFileInfo(entry.path).fileName().replace('&', "&&");
    if (!entry.there) text = tr("%1 (not found)").arg(text);
    QAction* action = menu->addAction(text, this, [this, entry] { openRecent(entry.path, entry.series); });
    action->setToolTip(entry.path);
    action->setStatusTip(entry.path);
  }
  menu->addSeparator();
  menu->addAction(tr("Clear the list"), recent_, &RecentFiles::clear);
}

void SessionDesk::openRecent(const QString& path, const QString& series) {
  Q_EMIT started();
  if (series.isEmpty()) {
    parts_.io.open(QStringList{path}, true);
  } else {
    parts_.io.openSeries(path, series, true);
  }
}

void SessionDesk::save() {
  if (sessions_->path().isEmpty()) {
    chooseSave();
  } else {
    Q_EMIT started();
    sessions_->save(sessions_->path());
  }
}

void SessionDesk::chooseSave() {
  const Layer* active = parts_.session.document().active();
  if (active == nullptr) return;
  QString folder = QSettings().value(kFolder).toString();
  if (folder.isEmpty()) folder = QFileInfo(QString::fromStdString(active->path)).absolutePath();
  // Not exec: the window goes on working under the dialog.
  auto* dialog = new QFileDialog(window_, tr("Save session"), folder, tr("Sessions (*%1)").arg(kSessionEnding));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QString(kSessionEnding).mid(1));
  dialog->selectFile(QString::fromStdString(active->name).section('.', 0, 0) + kSessionEnding);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    QSettings().setValue(kFolder, QFileInfo(path).absolutePath());
    Q_EMIT started();
    sessions_->save(path);
  });
  dialog->open();
}

void SessionDesk::findOrphans(const std::string& folder) {
  auto found = std::make_shared<std::vector<Orphan>>();
  parts_.jobs.start(
      QString(), [found, folder](JobContext&) { *found = voxmark::findOrphans(folder); },
      [found, this](const JobResult&) {
        orphans_.assign(found->begin(), found->end());
        offerOrphan();
      });
}

void SessionDesk::offerOrphan() {
  if (orphans_.empty()) {
    recovery_->hide();
  } else {
    recovery_->offer(describe(orphans_.front()));
  }
}

void SessionDesk::takeOrphan(bool restore) {
  if (orphans_.empty()) return;
  auto claim = OrphanClaim::take(orphans_.front().path);
  orphans_.pop_front();
  if (!claim) {
    Q_EMIT warned(tr("Another window has taken that on meanwhile."));
  } else if (restore) {
    Q_EMIT started();
    sessions_->recover(QString::fromStdString(claim->path()), tr("Restore the last session"));
    claimed_.push_back({std::move(claim), false});
  } else {
    claim->discard();
  }
  offerOrphan();
}

void SessionDesk::dropRestored() {
  std::erase_if(claimed_, [](const Claimed& one) {
    if (one.restored) one.claim->discard();
    return one.restored;
  });
}

}  // namespace voxmark::ui
