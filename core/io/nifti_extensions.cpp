#include "core/io/nifti_extensions.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"
#include "core/io/decoder.h"

namespace voxmark {
namespace {

constexpr std::size_t kUnit = 16;      // sizes are multiples of it
constexpr std::size_t kPreamble = 8;   // esize and ecode
constexpr std::size_t kFlagBytes = 4;  // after the fixed part; the first is 1 where extensions follow
constexpr std::uint64_t kMostLookedAt = std::uint64_t{1} << 20;  // of what is no extension

std::size_t storedSize(const HeaderExtension& extension) {
  return (kPreamble + extension.content.size() + kUnit - 1) / kUnit * kUnit;
}

/// What is wrong with the size of an extension where `left` bytes remain; empty where nothing is.
std::string complaint(std::int32_t size, std::size_t left) {
  if (size < static_cast<std::int32_t>(kUnit) || size % static_cast<std::int32_t>(kUnit) != 0) {
    return fmt::format("has a size of {} (expected a multiple of 16)", size);
  }
  if (static_cast<std::size_t>(size) > left) return fmt::format("claims {} bytes where {} are left", size, left);
  return {};
}

/// Up to `bytes` bytes from `start` of what the file holds, unpacked.
std::vector<std::byte> areaOf(const std::shared_ptr<const File>& file, bool packed, std::uint64_t start,
                              std::size_t bytes) {
  if (!packed) return file->readUpTo(start, bytes);
  // A short file cannot unpack to much, whatever its header claims.
  const std::uint64_t most = mostDecoded(Encoding::Gzip, file->size(), PixelType::U8);
  std::vector<std::byte> out =
      inflatedStart(file, static_cast<std::size_t>(std::min<std::uint64_t>(start + bytes, most)));
  out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(start, out.size())));
  return out;
}

}  // namespace

bool holdsMoreThanZeros(std::span<const std::byte> bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](std::byte b) { return b != std::byte{0}; });
}

std::string niftiExtensionName(int code) {
  static constexpr const char* kNames[] = {"unspecified",  "DICOM",
                                           "AFNI",         "comment",
                                           "XCEDE",        "JIM dimension info",
                                           "workflow",     "FreeSurfer",
                                           "pickle",       "MIND identifier",
                                           "b value",      "spherical direction",
                                           "DT component", "SHC degree and order",
                                           "VoxBo",        "Caret",
                                           "CIFTI",        "variable frame timing",
                                           "unassigned",   "EVAL",
                                           "MATLAB",       "Quantiphyse",
                                           "MRS"};
  const bool known = code >= 0 && code % 2 == 0 && static_cast<std::size_t>(code / 2) < std::size(kNames);
  return known ? kNames[code / 2] : "unknown";
}

std::vector<HeaderExtension> parseNiftiExtensions(std::span<const std::byte> area, ByteOrder order,
                                                  std::vector<std::string>& warnings) {
  std::vector<HeaderExtension> out;
  const auto stop = [&](const std::string& why) {
    warnings.push_back(fmt::format("header extension {} {}: it is ignored, with what follows it", out.size() + 1, why));
  };
  // Zeros behind the last extension are padding.
  while (!area.empty() && (out.empty() || holdsMoreThanZeros(area))) {
    if (area.size() < kUnit) {
      stop(fmt::format("has room for {} bytes only", area.size()));
      break;
    }
    if (out.size() == kMostExtensions) {
      stop(fmt::format("is one more than the {} that are kept", kMostExtensions));
      break;
    }
    const HeaderBytes bytes(area, order);
    const auto size = bytes.get<std::int32_t>(0);
    if (const std::string wrong = complaint(size, area.size()); !wrong.empty()) {
      stop(wrong);
      break;
    }
    const auto content = area.first(static_cast<std::size_t>(size)).subspan(kPreamble);
    out.push_back({bytes.get<std::int32_t>(4), {content.begin(), content.end()}});
    area = area.subspan(static_cast<std::size_t>(size));
  }
  return out;
}

std::vector<HeaderExtension> readNiftiExtensions(const std::shared_ptr<const File>& file, bool packed,
                                                 const NiftiHeader& header, std::uint64_t end,
                                                 std::vector<std::string>& warnings) {
  const std::uint64_t fixed = header.kind == NiftiKind::Nifti2 ? kNifti2Bytes : kNifti1Bytes;
  const std::uint64_t start = fixed + kFlagBytes;
  if (header.kind == NiftiKind::Analyze || (end != 0 && end <= start)) return {};
  try {
    const auto flag = areaOf(file, packed, fixed, kFlagBytes);
    if (flag.size() < kFlagBytes) return {};
    if (flag[0] == std::byte{0}) {
      const std::uint64_t between = end == 0 ? 0 : end - start;
      if (holdsMoreThanZeros(areaOf(file, packed, start, std::min<std::uint64_t>(between, kMostLookedAt)))) {
        warnings.push_back(fmt::format(
            "{} bytes between the header and the voxels are no header extension and were ignored", between));
      }
      return {};
    }
    const std::uint64_t room = end == 0 ? kMostExtensionBytes + 1 : std::min(end - start, kMostExtensionBytes + 1);
    auto area = areaOf(file, packed, start, static_cast<std::size_t>(room));
    if (area.size() > kMostExtensionBytes) {
      warnings.push_back(
          fmt::format("of the header's extensions the first {} MiB are kept", kMostExtensionBytes >> 20));
      area.resize(kMostExtensionBytes);
    }
    return parseNiftiExtensions(area, header.order, warnings);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::NotFound) throw;
    warnings.push_back(fmt::format("the header's extensions cannot be read: {}", error.what()));
    return {};
  }
}

std::size_t niftiExtensionBytes(std::span<const HeaderExtension> extensions) {
  std::size_t total = 0;
  for (const HeaderExtension& extension : extensions) total += storedSize(extension);
  return total;
}

void appendNiftiExtensions(std::vector<std::byte>& header, std::span<const HeaderExtension> extensions) {
  if (extensions.empty()) return;
  header[header.size() - kFlagBytes] = std::byte{1};
  header.reserve(header.size() + niftiExtensionBytes(extensions));
  for (const HeaderExtension& extension : extensions) {
    const std::size_t begin = header.size();
    header.resize(begin + storedSize(extension));
    const std::int32_t preamble[2] = {static_cast<std::int32_t>(storedSize(extension)), extension.code};
    std::memcpy(&header[begin], preamble, kPreamble);
    std::copy(extension.content.begin(), extension.content.end(),
              header.begin() + static_cast<std::ptrdiff_t>(begin + kPreamble));
  }
}

}  // namespace voxmark
