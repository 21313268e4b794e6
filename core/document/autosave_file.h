#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/document/document.h"

namespace voxmark {

/// A lock on a file that ends with the process, however that ends. Two holders never have the same one, in one process
/// or in several.
class FileLock {
 public:
  /// Null where somebody else has it, or where the file cannot be made.
  [[nodiscard]] static std::unique_ptr<FileLock> take(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// The copy of its document that a running window keeps, so that nothing is lost should it crash. Removed by the
/// destructor: one that is still there without a living owner is that of a crash.
class AutosaveFile {
 public:
  /// Makes the folder, for this user alone, and a lock in it; nothing is saved yet. Throws Error(Io).
  explicit AutosaveFile(const std::string& folder);
  ~AutosaveFile();
  AutosaveFile(const AutosaveFile&) = delete;
  AutosaveFile& operator=(const AutosaveFile&) = delete;
  /// Replaces what was saved, atomically. Thread-safe. Throws Error.
  void save(const Document& document);
  /// Removes what was saved: there is nothing to lose. Thread-safe.
  void clear();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::unique_ptr<FileLock> lock_;
  std::mutex mutex_;
};

/// What a process that crashed has left.
struct Orphan {
  std::string path;
  std::chrono::system_clock::time_point saved;
  std::vector<std::string> layers;  ///< their names, top first
};

/// The readable ones of the folder, newest first.
[[nodiscard]] std::vector<Orphan> findOrphans(const std::string& folder);

/// An orphan that was taken on: nobody else can, as long as this lives.
class OrphanClaim {
 public:
  /// Null where it is gone, or somebody else has it.
  [[nodiscard]] static std::unique_ptr<OrphanClaim> take(const std::string& path);
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Removes the orphan.
  void discard();

 private:
  OrphanClaim(std::string path, std::unique_ptr<FileLock> lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  std::string path_;
  std::unique_ptr<FileLock> lock_;
};

}  // namespace voxmark
