#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/io/volume_source.h"

namespace voxmark {

struct OpenOptions {
  std::string series;  ///< of a folder with several DICOM series: its UID, or its number counted from 1
  /// Of DICOM's PALETTE COLOR images: give colours (RGB of u8) instead of the indices that are stored. Statistics and
  /// conversions are of what is stored unless somebody asks for the picture.
  bool applyPalette = false;
};

/// One of several series in a folder.
struct SeriesChoice {
  std::string uid;   ///< of the DICOM series; several entries share it where its planes cannot be stacked
  std::string text;  ///< "CT, 512 × 512, 93 images, Head 1.5 mm", for people
};

/// A folder holds several series and OpenOptions chose none. `choices()[n]` is what the number n + 1 opens.
class SeveralSeries : public Error {
 public:
  SeveralSeries(const std::string& message, std::vector<SeriesChoice> choices)
      : Error(ErrorCode::Usage, message), choices_(std::move(choices)) {}
  [[nodiscard]] const std::vector<SeriesChoice>& choices() const { return choices_; }

 private:
  std::vector<SeriesChoice> choices_;
};

/// What a reader may look at before it is chosen.
struct Probe {
  std::string path;
  std::string lowerName;  ///< file name in lower case
  bool isDirectory = false;
  std::span<const std::byte>
      head;  ///< the first bytes (up to 4 KiB; for gzip and zlib files the inflated ones too: see inflatedHead)
  std::span<const std::byte> inflatedHead;  ///< first 512 bytes of the inflated stream where the file is gzipped
};

/// One way of reading files. Plain data, so that a new one is a value added to the registry.
struct Reader {
  std::string name;                     ///< "NIfTI"
  std::vector<std::string> extensions;  ///< for file dialogs: ".nii", ".nii.gz"
  /// 0: not mine; 100: certainly mine by its bytes; in between: mine by name or likely.
  std::function<int(const Probe&)> score;
  std::function<std::unique_ptr<VolumeSource>(const std::string& path, const OpenOptions&)> open;
};

/// The readers that a program was composed with. A value built in app, not a singleton.
class SourceRegistry {
 public:
  void add(Reader reader) { readers_.push_back(std::move(reader)); }
  [[nodiscard]] const std::vector<Reader>& readers() const { return readers_; }
  /// Opens with the reader of the best score. Throws Error: NotFound, Format where no reader recognises it, or what the
  /// reader throws.
  [[nodiscard]] std::unique_ptr<VolumeSource> open(const std::string& path, const OpenOptions& options = {}) const;

 private:
  std::vector<Reader> readers_;
};

/// Our own readers: NIfTI and Analyze, NRRD, MetaImage, and the arrays of .npy, .npz and .safetensors.
void addNativeReaders(SourceRegistry& registry);

}  // namespace voxmark
