#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>

class QLocalServer;
class QLocalSocket;

namespace voxmark::app {

/// The one window of a user on a display that files passed to further starts open in. They find it by a socket in the
/// user's runtime folder; one that a crash has left behind is in nobody's way.
class SingleInstance : public QObject {
 public:
  explicit SingleInstance(QObject* parent = nullptr);
  ~SingleInstance() override;

  /// Hands `files` to the window that is there; true where it has taken them on (or, without files, come to the front).
  /// False where there is none, which makes this process the one that later ones find, unless nothing can be kept in
  /// the runtime folder.
  [[nodiscard]] bool forward(const QStringList& files);
  /// What to do with the files of a later start: absolute paths; none: come to the front.
  void onFiles(std::function<void(const QStringList&)> open) { open_ = std::move(open); }

 private:
  void listen();
  void serve(QLocalSocket* client);

  QString socket_;  ///< path; empty where there is no folder for it
  std::unique_ptr<QLocalServer> server_;
  std::function<void(const QStringList&)> open_;
};

}  // namespace voxmark::app
