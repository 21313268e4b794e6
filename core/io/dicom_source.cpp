#include "core/io/dicom_source.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/parallel_for.h"
#include "core/io/dicom_geometry.h"
#include "core/io/dicom_pixels.h"
#include "core/io/dicom_series.h"
#include "core/io/gdcm_messages.h"
#include "core/io/steps.h"
#include "core/trace/trace.h"

namespace voxmark {
namespace {

namespace fs = std::filesystem;

/// One warning for all files or folders ("file", "folder") that were left out: how many, which first, and what is wrong
/// with the first.
std::string leftOut(const std::string& folder, const std::string& kind, const std::vector<std::string>& paths,
                    const Error& first) {
  constexpr std::size_t kNamed = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(paths.size(), kNamed); ++i) {
    names += (i == 0 ? "" : ", ") + fs::path(paths[i]).lexically_relative(folder).string();
  }
  if (paths.size() > kNamed) names += ", …";
  std::string reason = first.what();
  if (reason.starts_with(paths.front() + ": ")) reason.erase(0, paths.front().size() + 2);
  return fmt::format("{} {}{} left out ({}): {}{}", paths.size(), kind, paths.size() == 1 ? " is" : "s are", names,
                     paths.size() == 1 ? "" : "the first one ", reason);
}

/// The regular files of a folder and of those in it, sorted. Links to folders are not followed: they may lead back.
/// Folders inside it that cannot be listed are left out with one warning. Throws Error(Io) where it itself cannot be.
std::vector<std::string> filesBelow(const std::string& top, std::vector<std::string>& warnings) {
  std::vector<std::string> paths, unreadable, waiting{top};
  std::optional<Error> first;
  while (!waiting.empty()) {
    const std::string folder = std::move(waiting.back());
    waiting.pop_back();
    std::error_code failed, unknown;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
      if (it->is_regular_file(unknown)) paths.push_back(it->path().string());
      if (it->is_directory(unknown) && !it->is_symlink(unknown)) waiting.push_back(it->path().string());
    }
    if (!failed) continue;
    const Error error = fileError(ErrorCode::Io, folder, fmt::format("cannot be listed ({})", failed.message()));
    if (folder == top) throw error;
    unreadable.push_back(folder);
    if (!first) first = error;
  }
  if (first) warnings.push_back(leftOut(top, "folder", unreadable, *first));
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// The images of a folder. Files that fail are left out with one warning; where all fail, the first failure is thrown.
std::vector<DicomFile> scanFolder(const std::string& folder, std::vector<std::string>& warnings) {
  trace::Scope scope("scan");
  const auto paths = filesBelow(folder, warnings);
  std::vector<std::optional<DicomFile>> headers(paths.size());
  std::vector<std::optional<Error>> failures(paths.size());
  parallelFor(paths.size(), 1, 0, [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t i = begin; i < end; ++i) {
      try {
        headers[i] = readDicomFile(paths[i]);
      } catch (const Error& error) {
        failures[i] = error;
      }
    }
  });
  std::vector<DicomFile> files;
  std::vector<std::string> failed;
  std::optional<Error> first;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (headers[i]) files.push_back(std::move(*headers[i]));
    if (!failures[i]) continue;
    failed.push_back(paths[i]);
    if (!first) first = failures[i];
  }
  if (files.empty() && first) throw *first;
  if (first) warnings.push_back(leftOut(folder, "file", failed, *first));
  if (files.empty()) throw fileError(ErrorCode::Format, folder, "holds no DICOM image");
  return files;
}

ValueScale scaleOf(const std::vector<DicomPlane>& planes) {
  const bool equal =
      std::all_of(planes.begin(), planes.end(), [&](const auto& plane) { return plane.scale == planes.front().scale; });
  if (equal) return {planes.front().scale.slope, planes.front().scale.intercept};
  std::vector<LinearScale> scales;
  for (const DicomPlane& plane : planes) scales.push_back(plane.scale);
  return ValueScale(std::move(scales));
}

VolumeInfo describe(const std::string& path, const DicomFile& file, const DicomStack& stack, bool folder) {
  VolumeInfo info;
  info.path = path;
  info.format = folder ? "DICOM series" : "DICOM";
  info.pixelType = file.pixelType;
  info.byteOrder = file.byteOrder;
  info.components = file.components;
  if (file.palette) {
    info.pixelType = PixelType::U8;
    info.components = 3;
  } else if (file.photometric == "PALETTE COLOR") {
    info.warnings.push_back("PALETTE COLOR: voxels are palette indices, the palette is not applied");
  }
  info.meaning = info.components == 3 ? ComponentMeaning::Colour : ComponentMeaning::Scalar;
  info.frames = stack.frames;
  if (stack.frames > 1) {
    info.frameAxes = {stack.frames};
    info.frameSpacing = file.repetitionTime;
    info.frameUnit = file.repetitionTime > 0 ? "ms" : "";
  }
  info.scale = scaleOf(stack.planes);
  info.window = file.window;
  info.invertDisplay = file.photometric == "MONOCHROME1";
  info.metadata = file.metadata;
  info.warnings.insert(info.warnings.end(), stack.warnings.begin(), stack.warnings.end());
  info.warnings.insert(info.warnings.end(), file.warnings.begin(), file.warnings.end());
  const std::span slices(stack.planes.data(), static_cast<std::size_t>(stack.slices));
  info.geometry = dicom::geometryOf(file, slices, info.warnings);
  validate(info);
  return info;
}

/// The pixels of a file that several planes of a read come from: opened by the first of them, let go by the last.
struct SharedPixels {
  std::mutex mutex;
  std::unique_ptr<DicomPixels> pixels;
  std::size_t planesLeft = 0;

  const DicomPixels& of(const DicomFile& file, const JobContext& job) {
    const std::lock_guard lock(mutex);
    if (!pixels) pixels = std::make_unique<DicomPixels>(file, job);
    return *pixels;
  }
  void planeDone() {
    const std::lock_guard lock(mutex);
    if (--planesLeft == 0) pixels.reset();
  }
};

}  // namespace

std::unique_ptr<VolumeSource> openDicom(const std::string& path, const OpenOptions& options) {
  trace::Scope scope("open");
  fs::path place(path);
  bool folder = fs::is_directory(place);
  if (!folder && place.filename() == "DICOMDIR") {
    place = place.has_parent_path() ? place.parent_path() : fs::path(".");
    folder = true;
  }
  std::vector<std::string> warnings;
  std::vector<DicomFile> files;
  if (folder) {
    files = scanFolder(place.string(), warnings);
  } else {
    auto file = readDicomFile(path);
    if (!file) throw fileError(ErrorCode::Format, path, "is no DICOM image (expected a DICOM header with Rows)");
    files.push_back(std::move(*file));
  }
  // Slices of one volume are all indices or all colours.
  const bool colours = options.applyPalette && std::all_of(files.begin(), files.end(), [](const DicomFile& file) {
                         return file.palette || file.photometric != "PALETTE COLOR";
                       });
  for (DicomFile& file : files) {
    if (!colours) file.palette.reset();
  }
  auto groups = groupPlanes(files);
  const DicomGroup& group = groups[chooseGroup(groups, files, path, options.series)];
  const DicomStack stack = stackPlanes(group.planes, path);
  VolumeInfo info = describe(path, files[group.example], stack, folder);
  info.warnings.insert(info.warnings.end(), warnings.begin(), warnings.end());
  return std::make_unique<DicomSource>(std::move(info), std::move(files), stack.planes);
}

std::vector<std::string> DicomSource::readWarnings() const {
  const std::lock_guard lock(mutex_);
  if (damaged_.empty()) return {};
  return {fmt::format("the JPEG data of {} slice{} are damaged and were decoded as far as they go (first: {})",
                      damaged_.size(), damaged_.size() == 1 ? "" : "s",
                      fs::path(files_[damaged_.begin()->first].path).filename().string())};
}

void DicomSource::copyPlane(std::span<const std::byte> plane, const Region& region, std::byte* out,
                            const JobContext& job) const {
  const std::size_t voxel = info_.voxelBytes();
  const std::size_t row = static_cast<std::size_t>(region.size[0]) * voxel;
  for (std::int64_t j = 0; j < region.size[1]; ++j, out += row) {
    const std::int64_t first = (region.start[1] + j) * info_.geometry.size[0] + region.start[0];
    const std::byte* from = plane.data() + static_cast<std::size_t>(first) * voxel;
    inSteps(row, voxel, job, [&](std::size_t at, std::size_t bytes) { std::memcpy(out + at, from + at, bytes); });
  }
}

void DicomSource::read(const ReadRequest& request, std::span<std::byte> target, const FilledCallback& onFilled,
                       JobContext& job) {
  checkRequest(request, target);
  job.report(0.0, "Reading");
  const Region& region = request.region;
  const std::size_t slice = static_cast<std::size_t>(region.size[0] * region.size[1]) * info_.voxelBytes();
  const auto planeAt = [&](std::size_t k) -> const DicomPlane& {
    const auto index = request.frame * info_.geometry.size[2] + region.start[2] + static_cast<std::int64_t>(k);
    return planes_[static_cast<std::size_t>(index)];
  };
  const auto count = static_cast<std::size_t>(region.size[2]);
  std::map<std::size_t, SharedPixels> files;
  for (std::size_t k = 0; k < count; ++k) ++files[planeAt(k).file].planesLeft;
  std::atomic<std::size_t> done{0};
  const std::uint64_t action = trace::currentAction();
  parallelFor(count, 1, 0, [&](std::size_t begin, std::size_t end, std::size_t) {
    const trace::Adopt adopt(action);
    for (std::size_t k = begin; k < end; ++k) {
      job.throwIfCancelled();
      const DicomPlane& plane = planeAt(k);
      SharedPixels& shared = files.at(plane.file);
      copyPlane(shared.of(files_[plane.file], job).frame(plane.frame, job), region, target.data() + k * slice, job);
      if (dicom::jpegDamageNoticed()) {
        const std::lock_guard lock(mutex_);
        damaged_.emplace(plane.file, plane.frame);
      }
      shared.planeDone();
      const auto at = static_cast<std::int64_t>(k);
      if (onFilled) onFilled(slab(region, at, at + 1));
      job.report(static_cast<double>(++done) / static_cast<double>(count), "Reading");
    }
  });
}

}  // namespace voxmark
