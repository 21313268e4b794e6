#pragma once

#include <QObject>
#include <QStringList>
#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"
#include "ui/models/job_controller.h"
#include "ui/models/opening_layer.h"
#include "ui/models/session.h"

namespace voxmark::ui {

/// What to write, and how.
struct ExportRequest {
  QString path;  ///< replaced where it exists: whoever asks has asked the user
  Pipeline steps;
  bool verify = true;
  int level = -1;              ///< of compression; -1: the writer's default
  std::optional<int> layer{};  ///< nothing: the active one
};

/// A file to be opened, and how.
struct OpenRequest {
  QString path;
  QString series;
  bool replace = false;  ///< the layers that are open
  std::string mergeKey;  ///< of the undoable step
  Reduction reduction;
  bool sure = false;  ///< though memory is short: the user was asked
  int restored = 0;   ///< id of the layer without voxels that gets these; 0: a new one is made
};

/// Opens files into the session and writes layers out, in jobs. A layer appears as soon as a slice of it is there, and
/// nothing has changed where its file turns out to be bad.
class DocumentIo : public QObject {
  Q_OBJECT
 public:
  DocumentIo(Session& session, JobController& jobs, const SourceRegistry& sources, const WriterRegistry& writers,
             const BackendRegistry& backends, QObject* parent);
  /// Opens the paths one after the other, each in a job of its own: the first that can be read in place of all layers
  /// or on top of them, the others on top. One undoable step. A bad file is reported and the others still open.
  void open(const QStringList& paths, bool replace);
  /// Opens one series of a folder.
  void openSeries(const QString& path, const QString& series, bool replace);
  void open(const OpenRequest& request);
  /// Reads the voxels of a layer of the document that has none, as it was restored from a session.
  void restore(const Layer& layer);
  /// What tells how much memory there is, in place of the operating system.
  void setAvailableMemory(FrameStore::Available available) { available_ = std::move(available); }
  /// Whether the active layer is complete; says through failed() where it is not.
  [[nodiscard]] bool canExport();
  /// Writes the request's layer with its steps applied.
  void exportActive(const ExportRequest& request);
  [[nodiscard]] QString openFilter() const;
  [[nodiscard]] const WriterRegistry& writers() const { return writers_; }
  [[nodiscard]] const SourceRegistry& sources() const { return sources_; }

 Q_SIGNALS:
  void failed(const QString& message);
  /// What was guessed or corrected about a file that was opened all the same.
  void warned(const QString& message);
  void exported(const QString& path);
  /// The folder holds several series: choose one and call openSeries.
  void seriesNeeded(const QString& path, const std::vector<voxmark::SeriesChoice>& choices, bool replace);
  /// The volume would take most of the memory that is `available`, or does not fit: ask, and call open() again with
  /// less of it or as it is.
  void roomNeeded(const voxmark::ui::OpenRequest& request, const voxmark::VolumeInfo& info, quint64 available);
  /// A new layer is complete.
  void opened(int layer);
  /// The reading of a restored layer has ended, one way or another.
  void restored(int layer);
  /// Among paths to be opened was that of a session; the others are to lie on top of it.
  void sessionNeeded(const QString& path, const QStringList& others);

 private:
  void startNext();
  /// What the job that reads a file and the GUI thread share.
  struct Reading {
    OpenRequest request;
    std::int64_t frame = 0;               ///< the one to show first
    std::shared_ptr<FrameStore> frames;   ///< set before the first voxel is there
    std::vector<SeriesChoice> choices;    ///< of a folder with several series, instead
    std::optional<VolumeInfo> tooLarge;   ///< the header of a file that is not read without asking: memory is short
    std::uint64_t available = 0;          ///< bytes of memory
    DisplayWindow first;                  ///< from the slices that came first; set before the layer appears
    DisplayWindow window;                 ///< from all voxels
    std::unique_ptr<OpeningLayer> layer;  ///< of the GUI thread, once a slice is there
  };
  void read(const std::shared_ptr<Reading>& reading, JobContext& job);
  void appear(Reading& reading);
  /// Finds the window of what is there, not on this thread, where that is worth it.
  void findWindow();
  /// Whether the volume can be read without asking first.
  [[nodiscard]] bool fits(Reading& reading, const VolumeInfo& info) const;
  /// The reading has ended with a question to the user, which this puts.
  bool ask(const Reading& reading);
  void finish(Reading& reading, const JobResult& result);
  void fail(Reading& reading, const JobResult& result);

  Session& session_;
  JobController& jobs_;
  const SourceRegistry& sources_;
  const WriterRegistry& writers_;
  const BackendRegistry& backends_;
  FrameStore::Available available_ = availableMemory;
  std::deque<OpenRequest> waiting_;
  std::shared_ptr<Reading> reading_;  ///< the one file that is being opened
  std::uint64_t job_ = 0;
  int calls_ = 0;
  JobController
      windows_;  ///< its own: what follows a file that is being read waits for nobody. Last: see JobController
};

}  // namespace voxmark::ui
