#include "ui/models/session.h"

#include <QTimer>
#include <algorithm>
#include <memory>

namespace voxmark::ui {
namespace {

constexpr qint64 kFilledMs = 80;

}  // namespace

Session::Session(QObject* parent) : QObject(parent), history_(std::make_shared<const Document>()) {}

void Session::edit(const QString& label, const std::function<void(Document&)>& change, const std::string& mergeKey) {
  Document next = document();
  change(next);
  history_.push(std::make_shared<const Document>(std::move(next)), label.toStdString(), mergeKey);
  Q_EMIT changed();
}

void Session::look(const std::function<void(Document&)>& change) {
  Document next = document();
  change(next);
  history_.replace(std::make_shared<const Document>(std::move(next)));
  Q_EMIT changed();
}

void Session::revise(const std::function<bool(Document&)>& change) {
  history_.revise(change);
  Q_EMIT changed();
}

void Session::withdraw(const std::function<bool(Document&)>& change, const History& before) {
  history_.revise(change);
  history_.restoreRedo(before);
  Q_EMIT changed();
}

void Session::noteFilled() {
  if (noted_.exchange(true)) return;
  const auto announce = [this] {
    if (noted_) announceFilled();  // else somebody has done so meanwhile
  };
  QMetaObject::invokeMethod(
      this,
      [this, announce] {
        const qint64 wait = sinceFilled_.isValid() ? std::max<qint64>(0, kFilledMs - sinceFilled_.elapsed()) : 0;
        QTimer::singleShot(static_cast<int>(wait), this, announce);
      },
      Qt::QueuedConnection);
}

void Session::announceFilled() {
  noted_ = false;
  sinceFilled_.restart();
  Q_EMIT filled();
}

void Session::step(void (History::*way)()) {
  const DocumentPtr before = history_.current();
  (history_.*way)();
  const Document& now = document();
  const bool sameVolume =
      !now.layers.empty() && !before->layers.empty() && now.layers.front().id == before->layers.front().id;
  if (sameVolume) {
    look([&](Document& d) { d.views.lookAs(before->views); });
  } else {
    Q_EMIT changed();
  }
}

void Session::undo() {
  step(&History::undo);
}

void Session::redo() {
  step(&History::redo);
}

}  // namespace voxmark::ui
