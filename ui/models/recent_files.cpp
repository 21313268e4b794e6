#include "ui/models/recent_files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QSettings>
#include <algorithm>
#include <memory>

#include "core/io/cache_folder.h"
#include "ui/models/thumbnail.h"

namespace voxmark::ui {
namespace {

constexpr int kMost = 24;
constexpr int kPixels = 192;
const QString kList = "recent/files";

/// Where the picture of a file is kept; empty where nothing is.
QString pictureFile(const QString& path, const QString& series) {
  const auto folder = cacheFolder();
  if (!folder) return {};
  const QByteArray hash = QCryptographicHash::hash((path + '\n' + series).toUtf8(), QCryptographicHash::Sha1);
  return QString::fromStdString(*folder) + "thumbnails/" + QString::fromLatin1(hash.toHex()) + ".png";
}

void savePicture(const QImage& picture, const QString& file) {
  if (file.isEmpty()) return;
  const QString folder = QFileInfo(file).path();
  QDir().mkpath(folder);
  QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  QSaveFile out(file);
  if (out.open(QIODevice::WriteOnly) && picture.save(&out, "PNG")) out.commit();
}

}  // namespace

RecentFiles::RecentFiles(Session& session, QObject* parent) : QObject(parent), session_(session) {}

void RecentFiles::keep() {
  kept_ = true;
  for (const QVariant& one : QSettings().value(kList).toList()) {
    const QStringList fields = one.toStringList();
    if (fields.size() == 2 && entries_.size() < kMost) entries_.append({fields[0], fields[1], true, {}});
  }
  Q_EMIT changed();
  look();
}

void RecentFiles::store() {
  QVariantList list;
  for (const Entry& entry : entries_) list << QVariant(QStringList{entry.path, entry.series});
  QSettings().setValue(kList, list);
  Q_EMIT changed();
}

void RecentFiles::add(const QString& given, const QString& series, int id) {
  if (!kept_) return;
  const QString path = QDir::cleanPath(QFileInfo(given).absoluteFilePath());
  Entry entry{path, series, true, {}};
  for (const Entry& known : entries_) {
    if (known.path == path && known.series == series) entry.picture = known.picture;
  }
  entries_.removeIf([&](const Entry& known) { return known.path == path && known.series == series; });
  entries_.prepend(entry);
  while (entries_.size() > kMost) {
    QFile::remove(pictureFile(entries_.last().path, entries_.last().series));
    entries_.removeLast();
  }
  store();
  if (const Layer* layer = session_.document().find(id); layer != nullptr && layer->volume) {
    makePicture(*layer, path, series);
  }
}

void RecentFiles::remove(const QString& path, const QString& series) {
  entries_.removeIf([&](const Entry& known) { return known.path == path && known.series == series; });
  QFile::remove(pictureFile(path, series));
  store();
}

void RecentFiles::clear() {
  for (const Entry& entry : std::exchange(entries_, {})) QFile::remove(pictureFile(entry.path, entry.series));
  store();
}

void RecentFiles::makePicture(const Layer& layer, const QString& path, const QString& series) {
  const std::int64_t last = layer.volume->info().frames - 1;
  const std::int64_t frame = std::clamp<std::int64_t>(session_.document().views.frame, 0, last);
  if (!layer.volume->complete(frame) || !layer.volume->onHost()) return;
  auto picture = std::make_shared<QImage>();
  jobs_.start(
      QString(),
      [=](JobContext&) {
        *picture = thumbnailOf(layer, frame, kPixels);
        savePicture(*picture, pictureFile(path, series));
      },
      [=, this](const JobResult& result) {
        if (result.state != JobState::Done) return;
        for (Entry& entry : entries_) {
          if (entry.path == path && entry.series == series) entry.picture = *picture;
        }
        Q_EMIT changed();
      });
}

void RecentFiles::look() {
  auto seen = std::make_shared<QList<Entry>>(entries_);
  jobs_.startLatest(
      "look", QString(),
      [seen](JobContext& job) {
        for (Entry& entry : *seen) {
          job.throwIfCancelled();
          entry.there = QFileInfo::exists(entry.path);
          if (entry.picture.isNull()) entry.picture = QImage(pictureFile(entry.path, entry.series), "PNG");
        }
      },
      [seen, this](const JobResult& result) {
        if (result.state != JobState::Done) return;
        for (Entry& entry : entries_) {
          for (const Entry& one : *seen) {
            if (one.path != entry.path || one.series != entry.series) continue;
            entry.there = one.there;
            if (entry.picture.isNull()) entry.picture = one.picture;
          }
        }
        Q_EMIT changed();
      });
}

}  // namespace voxmark::ui
