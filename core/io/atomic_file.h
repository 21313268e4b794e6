#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace voxmark {

/// A file that appears under its name only when it is complete and on the disk: written to a file without a name (or,
/// where the file system has none, to a hidden part file beside), synchronised, and renamed by commit(). Whatever
/// happens before, nothing is left behind: a part file is removed by the destructor, a nameless one by the system.
/// A new file has the permissions of any new file; one that is replaced passes on its own, and a link is followed.
class AtomicFile {
 public:
  /// Throws Error: Usage (exists and may not be overwritten, or is no regular file), Io.
  AtomicFile(std::string path, bool overwrite);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Before anything is appended: throws Error(Io) where `bytes` more bytes have no room on the disk.
  void requireRoom(std::uint64_t bytes) const;
  void append(std::span<const std::byte> data);
  /// Writes over bytes already appended; the end stays where it is. Throws Error: Usage (bytes that are not
  /// there yet), Io.
  void patch(std::uint64_t offset, std::span<const std::byte> data);
  /// Bytes appended so far.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Throws Error: Usage (a file of that name has appeared meanwhile and may not be overwritten), Io.
  void commit();
  /// After commit(): removes the file again, unless it replaced another one. For what belongs together.
  void revoke();

 private:
  void open();
  void keepPermissions() const;
  void sync() const;
  void link();
  void rename();

  std::string path_;
  std::string part_;  ///< empty: the file has no name yet
  bool overwrite_;
  bool replaces_ = false;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace voxmark
