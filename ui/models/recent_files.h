#pragma once

#include <QImage>
#include <QList>
#include <QObject>
#include <QString>

#include "ui/models/job_controller.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// What was opened last, newest first, with small pictures: the list is among the user's settings, the pictures in the
/// cache folder. Nothing is noted until keep() is called. Disks are touched in jobs only.
class RecentFiles : public QObject {
  Q_OBJECT
 public:
  struct Entry {
    QString path;
    QString series;
    bool there = true;  ///< as far as is known
    QImage picture;     ///< null: none, or not loaded yet
  };
  RecentFiles(Session& session, QObject* parent);
  /// Loads the list, and notes from now on what is opened.
  void keep();
  [[nodiscard]] const QList<Entry>& entries() const { return entries_; }
  /// Puts a path in front. Its picture is made of the layer `id`; 0: it has none, or the one that it had.
  void add(const QString& path, const QString& series, int id);
  void remove(const QString& path, const QString& series);
  void clear();
  /// Looks anew at what is there and which pictures there are.
  void look();

 Q_SIGNALS:
  void changed();

 private:
  void store();
  void makePicture(const Layer& layer, const QString& path, const QString& series);

  Session& session_;
  bool kept_ = false;
  QList<Entry> entries_;
  JobController jobs_;  ///< its own: nobody waits for it
};

}  // namespace voxmark::ui
