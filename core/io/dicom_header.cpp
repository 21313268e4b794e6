#include <filesystem>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/decoder.h"
#include "core/io/dicom_data_set.h"
#include "core/io/dicom_parser.h"
#include "core/io/file_access.h"
#include "core/io/steps.h"
#include "core/trace/trace.h"

namespace voxmark::dicom {
namespace {

constexpr std::uint64_t kFirstRead = 64U << 10;

Syntax syntaxOf(const std::string& uid, const std::string& path) {
  Syntax syntax;
  syntax.uid = uid;
  if (uid == "1.2.840.10008.1.2") {
    syntax.explicitVr = false;
  } else if (uid == "1.2.840.10008.1.2.1.99") {
    syntax.deflated = true;
  } else if (uid == "1.2.840.10008.1.2.2") {
    syntax.bigEndian = true;
  } else if (uid.starts_with("1.2.840.10008.1.2.4.") || uid == "1.2.840.10008.1.2.5") {
    syntax.encapsulated = true;
  } else if (uid != "1.2.840.10008.1.2.1") {
    throw fileError(ErrorCode::Unsupported, path, fmt::format("the transfer syntax {} cannot be read", uid));
  }
  return syntax;
}

/// A data set without file meta information: the second element word tells how it is written.
std::optional<Syntax> guessSyntax(std::span<const std::byte> bytes) {
  if (bytes.size() < 8) return std::nullopt;
  const auto at = [&](std::size_t i) { return std::to_integer<int>(bytes[i]); };
  const auto capital = [&](std::size_t i) { return at(i) >= 'A' && at(i) <= 'Z'; };
  Syntax syntax;
  syntax.explicitVr = capital(4) && capital(5);
  syntax.bigEndian = at(0) == 0 && at(1) == 8;
  if (!syntax.bigEndian && (at(0) != 8 || at(1) != 0 || at(3) != 0)) return std::nullopt;
  if (syntax.bigEndian && !syntax.explicitVr) return std::nullopt;
  syntax.uid = syntax.bigEndian    ? "1.2.840.10008.1.2.2"
               : syntax.explicitVr ? "1.2.840.10008.1.2.1"
                                   : "1.2.840.10008.1.2";
  return syntax;
}

bool isMarked(std::span<const std::byte> bytes) {
  return bytes.size() >= 132 && std::string_view(reinterpret_cast<const char*>(bytes.data()) + 128, 4) == "DICM";
}

std::optional<Header> parse(const std::string& path, std::span<const std::byte> bytes) {
  Header header;
  const bool marked = isMarked(bytes);
  const bool bareMeta =
      !marked && bytes.size() >= 8 && bytes[0] == std::byte{2} && bytes[1] == std::byte{0} && bytes[3] == std::byte{0};
  if (marked || bareMeta) {
    Parser meta(bytes, marked ? 132 : 0);
    const DataSet information = meta.metaInformation();
    header.dataOffset = meta.position();
    const auto uid = information.text({0x0002, 0x0010});
    const auto guessed = guessSyntax(bytes.subspan(header.dataOffset));
    if (!uid && !guessed) throw Malformed{"TransferSyntaxUID is missing"};
    header.syntax = uid ? syntaxOf(*uid, path) : *guessed;
  } else {
    const auto guessed = guessSyntax(bytes);
    if (!guessed) return std::nullopt;
    header.syntax = *guessed;
  }
  std::vector<std::byte> inflated;
  std::uint64_t begin = header.dataOffset;
  if (header.syntax.deflated) {
    inflated = inflateDataSet(path, header.dataOffset);
    bytes = inflated;
    begin = 0;
  }
  Parser parser(bytes, begin);
  header.elements = parser.dataSet(header.syntax.explicitVr, header.syntax.bigEndian);
  header.pixels = parser.pixels();
  return header;
}

}  // namespace

std::vector<std::byte> readBytes(const std::string& path, std::uint64_t offset, std::uint64_t size,
                                 const JobContext& job) {
  const File file(path);
  std::vector<std::byte> bytes(std::min(size, file.size() - std::min(offset, file.size())));
  inSteps(bytes.size(), 1, job,
          [&](std::size_t at, std::size_t part) { file.readAt(offset + at, std::span(bytes).subspan(at, part)); });
  return bytes;
}

std::vector<std::byte> inflateDataSet(const std::string& path, std::uint64_t offset, const JobContext& job) {
  trace::Scope scope("inflate");
  const auto inflater = makeInflater(ChunkedInput(std::make_shared<const File>(path), offset), Wrapper::Nothing);
  std::vector<std::byte> out;
  for (std::size_t got = kStepBytes; got == kStepBytes;) {
    const std::size_t before = out.size();
    if (out.capacity() < before + kStepBytes) out.reserve(2 * before + kStepBytes);
    out.resize(before + kStepBytes);
    got = inflater->decode(std::span(out).subspan(before), job);
    out.resize(before + got);
  }
  scope.addBytes(out.size());
  return out;
}

std::optional<Header> readHeader(const std::string& path) {
  std::error_code failed;
  const std::uint64_t size = std::filesystem::file_size(path, failed);
  if (failed) throw fileError(ErrorCode::NotFound, path, failed.message());
  for (std::uint64_t wanted = std::min(size, kFirstRead);; wanted = std::min(size, wanted * 8)) {
    const auto bytes = readBytes(path, 0, wanted);
    try {
      return parse(path, bytes);
    } catch (const NeedsMore&) {
      if (wanted == size) throw fileError(ErrorCode::Truncated, path, "ends inside its DICOM header");
    } catch (const Malformed& problem) {
      throw fileError(ErrorCode::Format, path, problem.what);
    }
  }
}

}  // namespace voxmark::dicom
