#include "ui/panels/picture_actions.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QSaveFile>
#include <QSettings>
#include <QStatusBar>
#include <memory>

#include "core/base/log.h"
#include "ui/panels/main_window.h"
#include "ui/panels/picture_dialog.h"
#include "ui/panels/picture_maker.h"

namespace voxmark::ui {
namespace {

const QString kFolder = "picture/folder";

/// From the question to the file or the clipboard.
class PictureTaker : public QObject {
 public:
  PictureTaker(Session& session, JobController& jobs, MainWindow& window)
      : QObject(&window), jobs_(jobs), window_(window), maker_(new PictureMaker(session, jobs, this)) {
    connect(maker_, &PictureMaker::failed, &window, &MainWindow::showError);
    connect(maker_, &PictureMaker::made, this, &PictureTaker::deliver);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
      if (auto* view = qobject_cast<VtkWidget*>(now); view != nullptr && view->window() == &window_) last_ = view;
    });
  }

  void ask() {
    QList<PictureDialog::Choice> choices;
    if (VtkWidget* view = active()) choices.append({tr("Active view (%1)").arg(view->accessibleName()), view});
    choices.append({tr("All views"), &window_.views()});
    choices.append({tr("Whole window"), &window_});
    auto* dialog = new PictureDialog(choices, &window_);
    connect(dialog, &PictureDialog::copyRequested, this, [this, dialog] { make(dialog->request(), {}); });
    connect(dialog, &PictureDialog::saveRequested, this, [this, dialog] { chooseFile(dialog->request()); });
    dialog->open();
  }
  void copy() {
    if (VtkWidget* view = active()) make({view, 1, true}, {});
  }

 private:
  [[nodiscard]] VtkWidget* active() const {
    const QList<VtkWidget*> views = viewsIn(window_);
    if (views.contains(last_.data())) return last_;
    return views.isEmpty() ? nullptr : views.front();
  }
  void chooseFile(const PictureMaker::Request& request) {
    auto* dialog =
        new QFileDialog(&window_, tr("Save picture"), QSettings().value(kFolder).toString(), tr("Pictures (*.png)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("png");
    connect(dialog, &QFileDialog::fileSelected, this, [this, request](const QString& path) {
      QSettings().setValue(kFolder, QFileInfo(path).absolutePath());
      make(request, path);
    });
    dialog->open();
  }
  void make(const PictureMaker::Request& request, const QString& path) {
    if (maker_->busy()) return;
    path_ = path;
    maker_->make(request);
  }
  void deliver(const QImage& picture) {
    if (path_.isEmpty()) {
      QApplication::clipboard()->setImage(picture);
      window_.statusBar()->showMessage(tr("Copied %1 × %2 pixels").arg(picture.width()).arg(picture.height()), 4000);
      return;
    }
    jobs_.start(
        tr("Save %1").arg(QFileInfo(path_).fileName()),
        [picture, path = path_](JobContext&) {
          QSaveFile file(path);
          if (!file.open(QIODevice::WriteOnly) || !picture.save(&file, "PNG") || !file.commit()) {
            throw fileError(ErrorCode::Io, path.toStdString(),
                            "the picture cannot be written: " + file.errorString().toStdString());
          }
        },
        [this, path = path_](const JobResult& result) {
          if (result.state == JobState::Failed) window_.showError(QString::fromStdString(result.error));
          if (result.state != JobState::Done) return;
          log::info("Saved the picture " + path.toStdString());
          window_.statusBar()->showMessage(tr("Saved %1").arg(path), 4000);
        });
  }

  JobController& jobs_;
  MainWindow& window_;
  PictureMaker* maker_;
  QPointer<VtkWidget> last_;
  QString path_;  ///< empty: to the clipboard
};

}  // namespace

void addPictureActions(ActionList& actions, Session& session, JobController& jobs, MainWindow& window) {
  auto* taker = new PictureTaker(session, jobs, window);
  QAction* save =
      actions.add({"file.savePicture", "file", ActionList::tr("Save &picture…"), {QKeySequence("Ctrl+Shift+P")}},
                  [taker] { taker->ask(); });
  QAction* copy = actions.add(
      {"file.copyPicture", "file", ActionList::tr("&Copy picture of the view"), {QKeySequence("Ctrl+Shift+C")}},
      [taker] { taker->copy(); });
  const auto follow = [=, &session] {
    const bool something = !session.document().layers.empty();
    save->setEnabled(something);
    copy->setEnabled(something);
  };
  QObject::connect(&session, &Session::changed, save, follow);
  follow();
}

}  // namespace voxmark::ui
