#include "app/single_instance.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QRegularExpression>

#include <sys/stat.h>
#include <unistd.h>

#include "core/base/log.h"

namespace voxmark::app {
namespace {

constexpr int kConnectMs = 500;
constexpr int kAnswerMs = 4000;  ///< of a window that is busy drawing on a slow machine
constexpr qint64 kMostBytes = 1 << 20;
constexpr auto kTaken = "taken\n";

/// The user's own folder for sockets; empty where there is none that nobody else can write to.
QString runtimeFolder() {
  const QString given = qEnvironmentVariable("XDG_RUNTIME_DIR");
  const QString folder = given.startsWith('/') ? given : QString("%1/voxmark-%2").arg(QDir::tempPath()).arg(getuid());
  if (!given.startsWith('/')) mkdir(folder.toLocal8Bit().constData(), 0700);
  struct stat about {};
  const bool ours = lstat(folder.toLocal8Bit().constData(), &about) == 0 && S_ISDIR(about.st_mode) &&
                    about.st_uid == getuid() && (about.st_mode & 022) == 0;
  return ours ? folder : QString();
}

/// One a display: a window on another screen is of no use.
QString socketPath() {
  const QString folder = runtimeFolder();
  if (folder.isEmpty()) return {};
  QString display = qEnvironmentVariable("WAYLAND_DISPLAY");
  if (display.isEmpty()) display = qEnvironmentVariable("DISPLAY");
  display.replace(QRegularExpression("[^A-Za-z0-9.-]"), "_");
  const QString path = QString("%1/voxmark-%2.socket").arg(folder, display);
  constexpr int kLongestSocketPath = 107;
  return path.toLocal8Bit().size() <= kLongestSocketPath ? path : QString();
}

/// What the window that listens on `socket` says to `files`.
bool ask(const QString& socket, const QStringList& files) {
  QLocalSocket client;
  client.connectToServer(socket);
  if (!client.waitForConnected(kConnectMs)) return false;
  QJsonArray paths;
  for (const QString& file : files) paths.append(QFileInfo(file).absoluteFilePath());
  client.write(QJsonDocument(QJsonObject{{"voxmark", 1}, {"open", paths}}).toJson(QJsonDocument::Compact) + '\n');
  QByteArray answer;
  while (!answer.endsWith('\n') && client.waitForReadyRead(kAnswerMs)) answer += client.readAll();
  return answer == kTaken;
}

}  // namespace

SingleInstance::SingleInstance(QObject* parent) : QObject(parent), socket_(socketPath()) {}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::forward(const QStringList& files) {
  if (socket_.isEmpty()) return false;
  // Of several that start at once one becomes the window, and the others find it.
  QLockFile lock(socket_ + ".lock");
  const bool alone = lock.tryLock(kAnswerMs);
  if (ask(socket_, files)) return true;
  if (alone) listen();
  return false;
}

void SingleInstance::listen() {
  QLocalServer::removeServer(socket_);  // nobody answers on it
  server_ = std::make_unique<QLocalServer>();
  server_->setSocketOptions(QLocalServer::UserAccessOption);
  if (!server_->listen(socket_)) {
    log::warning("Files passed to a second start will not open here: " + server_->errorString().toStdString());
    server_.reset();
    return;
  }
  QObject::connect(server_.get(), &QLocalServer::newConnection, this, [this] {
    while (QLocalSocket* client = server_->nextPendingConnection()) {
      connect(client, &QLocalSocket::readyRead, this, [this, client] { serve(client); });
      connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    }
  });
}

void SingleInstance::serve(QLocalSocket* client) {
  if (!client->canReadLine()) {
    if (client->bytesAvailable() > kMostBytes) client->abort();
    return;
  }
  const QJsonObject request = QJsonDocument::fromJson(client->readLine(kMostBytes)).object();
  if (request.value("voxmark").toInt() != 1 || !open_) {
    client->abort();
    return;
  }
  QStringList files;
  for (const QJsonValue& path : request.value("open").toArray()) files << path.toString();
  files.removeAll(QString());
  client->write(kTaken);
  client->flush();
  open_(files);
}

}  // namespace voxmark::app
