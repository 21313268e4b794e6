#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/io/decoder.h"
#include "core/io/volume_source.h"

namespace voxmark {

/// A stretch of voxels in a file. The segments of a layout follow one another
/// in the order of the voxels.
struct DataSegment {
  std::string path;
  std::int64_t offset = 0;                          ///< of the first stored byte; -1 (raw only): the
                                                    ///< voxels are the last bytes of the file
  std::uint64_t bytes = 0;                          ///< decoded voxel bytes that the segment holds; 0:
                                                    ///< an equal share of the whole
  std::optional<std::uint32_t> crc = std::nullopt;  ///< CRC-32 of all decoded bytes of a deflated stream, if known
};

/// What an axis of the file counts.
enum class AxisRole { I, J, K, Component, Frame };
struct FileAxis {
  AxisRole role = AxisRole::I;
  std::int64_t size = 1;
};

/// Where and how a header says that the voxels lie: all that tells our formats
/// apart once they are open.
struct RawLayout {
  VolumeInfo info;
  std::vector<DataSegment> segments;
  Encoding encoding = Encoding::Raw;
  std::int64_t decodedSkip = 0;  ///< bytes before the voxels in the decoded
                                 ///< stream; -1: the voxels are its last bytes
  std::vector<FileAxis> axes;    ///< fastest first; empty: component, i, j, k,
                                 ///< frame, which is also the order in memory
};

class GzipIndex;
class VoxelStream;

/// Reads any RawLayout. Raw data are read where the region lies. Encoded data are streamed up to the region's end, and
/// a stream that has come that far is kept for the next read, so that frames in order cost one pass. Of gzipped data
/// that have an index (their own, or one kept from an earlier whole read) only what lies around the region is decoded.
/// Where parts can be read by themselves, several threads do (defaultThreads()).
class RawSource final : public VolumeSource {
 public:
  /// Checks the layout against the files' sizes before anything is allocated.
  /// Throws Error: Truncated, Format, NotFound.
  explicit RawSource(RawLayout layout);
  ~RawSource() override;
  [[nodiscard]] const VolumeInfo& info() const override { return layout_.info; }
  void read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
            JobContext& job) override;
  [[nodiscard]] std::vector<std::string> readWarnings() const override;
  [[nodiscard]] std::vector<std::string> files() const override;
  [[nodiscard]] bool partsStandAlone() const override { return dense_ && layout_.encoding == Encoding::Raw; }

 private:
  struct Reading;
  void readAll(Reading& reading);
  [[nodiscard]] bool partsAreIndependent(const Reading& reading) const;
  void readDense(Reading& reading);
  void readSlices(Reading& reading, std::int64_t begin, std::int64_t end);
  void readGathered(Reading& reading);
  /// Fills `target` with `rows` equal stretches that begin `stride` bytes apart.
  void fetchRows(Reading& reading, std::uint64_t offset, std::int64_t rows, std::uint64_t stride,
                 std::span<std::byte> target);
  void gatherRow(Reading& reading, const std::byte* from, std::uint64_t componentStride,
                 std::span<std::byte> out) const;
  void fetch(Reading& reading, std::uint64_t offset, std::span<std::byte> target);
  void fetchRaw(std::uint64_t offset, std::span<std::byte> target);
  void publish(Reading& reading, const Region& part, std::span<std::byte> voxels) const;
  [[nodiscard]] std::unique_ptr<VoxelStream> takeStream(const Reading& reading, std::uint64_t offset);
  void giveStream(std::unique_ptr<VoxelStream> stream);
  void finishStream(Reading& reading);

  void findIndex();
  [[nodiscard]] std::shared_ptr<const GzipIndex> index() const;
  void dropIndex();
  /// Whether there is a point of the index between a stream's position and the offset that is wanted.
  [[nodiscard]] bool jumpPays(const GzipIndex* index, std::uint64_t position, std::uint64_t offset) const;
  void checkFrame(const Reading& reading, std::uint32_t checksum);
  void warn(const std::string& text);

  RawLayout layout_;
  std::array<std::uint64_t, 5> stride_{};  ///< in elements, by AxisRole
  bool dense_ = true;
  std::shared_ptr<const File> single_;  ///< kept open where one file holds everything
  mutable std::mutex mutex_;
  std::unique_ptr<VoxelStream> kept_;
  std::int64_t trailingStart_ = -1;  ///< resolved from decodedSkip = -1
  std::vector<std::string> warnings_;
  bool indexable_ = false;  ///< one gzip stream that is worth it
  std::once_flag indexSought_;
  std::shared_ptr<const GzipIndex> index_;
  std::map<std::int64_t, std::uint32_t> frameChecks_;  ///< CRC-32 of frames that were read in parts
};

}  // namespace voxmark
