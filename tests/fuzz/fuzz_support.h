#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/io/source_registry.h"

namespace voxmark::fuzz {

using Bytes = std::span<const std::byte>;

/// Ends the process unless `holds`, so that the fuzzer keeps the input: for what must be true whatever a file holds.
void require(bool holds, std::string_view rule, std::string_view detail = {});

/// Requires one line of UTF-8 without control characters: what may go to a terminal, a label and into JSON.
void requireShowable(std::string_view text);

/// Takes the bytes of an input one after another; zeros behind its end.
class Choices {
 public:
  explicit Choices(Bytes bytes) : bytes_(bytes) {}
  std::uint8_t byte();
  std::uint16_t pair();  ///< little endian
  /// Up to `count` bytes.
  Bytes take(std::size_t count);
  Bytes rest() { return take(bytes_.size()); }

 private:
  Bytes bytes_;
};

/// A folder of this process under the temporary one ($TMPDIR: a memory file system makes fuzzing fast), removed when
/// the process ends.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path(std::string_view name) const { return (path_ / name).string(); }
  /// Replaces the contents of a file; other names of the same file (see alias) see them too.
  void write(std::string_view name, Bytes bytes) const;
  void remove(std::string_view name) const;
  /// Gives an existing file another name.
  void alias(std::string_view name, std::string_view other) const;

  /// The process's one.
  static const Folder& own();

 private:
  std::filesystem::path path_;
};

/// Why something was refused last, for the detail of a rule.
[[nodiscard]] std::string& lastRefusal();
/// Notes the reason, which must be showable.
void noteRefusal(const Error& error);

/// Opens with our own readers; null where they refuse.
[[nodiscard]] std::unique_ptr<VolumeSource> openOrRefuse(const std::string& path);

/// One region of one frame in a span of memory of its own; empty where the source refuses.
[[nodiscard]] std::vector<std::byte> readOrRefuse(VolumeSource& source, const ReadRequest& request);

/// All frames; null where the source refuses.
[[nodiscard]] std::shared_ptr<Volume> readWholeOrRefuse(VolumeSource& source);

/// A region inside the grid, chosen by the input.
[[nodiscard]] ReadRequest chosenRequest(const VolumeInfo& info, Choices& choices);

/// Requires of a region that can be read the same voxels as `whole` has there.
void requireSameVoxels(VolumeSource& source, const Volume& whole, const ReadRequest& request);

}  // namespace voxmark::fuzz
