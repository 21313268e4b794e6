#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace voxmark {

/// A regular file opened for reading. readAt is thread-safe and counts its bytes.
class File {
 public:
  /// Throws Error: NotFound, Io (no permission, not a regular file).
  explicit File(std::string path);
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// When it was last written to, in nanoseconds since 1970, as it was when it was opened.
  [[nodiscard]] std::int64_t modified() const { return modified_; }
  /// Whether it has been written to since it was opened.
  [[nodiscard]] bool changed() const;
  /// Fills `target` from byte `offset`. Throws Error: Truncated, Io.
  void readAt(std::uint64_t offset, std::span<std::byte> target) const;
  /// Up to `bytes` bytes from `offset`: fewer where the file ends before.
  [[nodiscard]] std::vector<std::byte> readUpTo(std::uint64_t offset, std::size_t bytes) const;

 private:
  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::int64_t modified_ = 0;
};

/// The folder part of a path with its trailing slash; empty for a bare name.
[[nodiscard]] std::string folderOf(const std::string& path);
/// The part after the last slash.
[[nodiscard]] std::string nameOf(const std::string& path);
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] bool isRegularFile(const std::string& path);

/// Path of a data file that a header names. Throws Error(Format) unless it stays inside the header's folder: a header
/// from elsewhere must not choose which of the user's files is read.
[[nodiscard]] std::string dataPathBeside(const std::string& header, const std::string& name);

}  // namespace voxmark
