#include "core/io/nifti_header.h"

#include <cmath>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/io/byte_order.h"

namespace voxmark {
namespace {

std::string textAt(std::span<const std::byte> head, std::size_t offset, std::size_t length) {
  const auto field = head.subspan(offset, length);
  return {reinterpret_cast<const char*>(field.data()), field.size()};
}

/// A field type of NIfTI-1 (or Analyze, whose fields up to cal_min lie at the same places).
void parseSmall(NiftiHeader& h, std::span<const std::byte> head) {
  const HeaderBytes bytes(head, h.order);
  for (std::size_t n = 0; n < 8; ++n) {
    h.dim[n] = bytes.get<std::int16_t>(40 + 2 * n);
    h.pixdim[n] = static_cast<double>(bytes.get<float>(76 + 4 * n));
  }
  const auto real = [&](std::size_t at) { return static_cast<double>(bytes.get<float>(at)); };
  h.datatype = bytes.get<std::int16_t>(70);
  h.bitpix = bytes.get<std::int16_t>(72);
  h.voxOffset = real(108);
  h.slope = real(112);
  h.calMax = real(124);
  h.calMin = real(128);
  h.descrip = textAt(head, 148, 80);
  h.auxFile = textAt(head, 228, 24);
  if (h.kind == NiftiKind::Analyze) {
    // SPM's use of fields that Analyze leaves open: an offset beside the factor, and the place of the world's origin.
    h.inter = std::isfinite(real(116)) ? real(116) : 0;
    for (std::size_t n = 0; n < 3; ++n) h.spmOrigin[n] = bytes.get<std::int16_t>(253 + 2 * n);
    return;
  }
  // FreeSurfer's values of a surface, more of them than 16 bits can count: their number is in glmin.
  const auto many = bytes.get<std::int32_t>(144);
  if (h.dim[1] == -1 && h.dim[2] == 1 && h.dim[3] == 1 && many > 0) h.dim[1] = many;
  h.dimInfo = bytes.get<std::uint8_t>(39);
  for (std::size_t n = 0; n < 3; ++n) h.intentP[n] = real(56 + 4 * n);
  h.intentCode = bytes.get<std::int16_t>(68);
  h.sliceStart = bytes.get<std::int16_t>(74);
  h.sliceEnd = bytes.get<std::int16_t>(120);
  h.sliceCode = bytes.get<std::uint8_t>(122);
  h.inter = real(116);
  h.xyztUnits = bytes.get<std::uint8_t>(123);
  h.sliceDuration = real(132);
  h.toffset = real(136);
  h.qformCode = bytes.get<std::int16_t>(252);
  h.sformCode = bytes.get<std::int16_t>(254);
  for (std::size_t n = 0; n < 3; ++n) {
    h.quatern[n] = real(256 + 4 * n);
    h.qoffset[n] = real(268 + 4 * n);
  }
  for (std::size_t n = 0; n < 12; ++n) h.srow[n] = real(280 + 4 * n);
  h.intentName = textAt(head, 328, 16);
}

void parseLarge(NiftiHeader& h, std::span<const std::byte> head) {
  const HeaderBytes bytes(head, h.order);
  for (std::size_t n = 0; n < 8; ++n) {
    h.dim[n] = bytes.get<std::int64_t>(16 + 8 * n);
    h.pixdim[n] = bytes.get<double>(104 + 8 * n);
  }
  h.datatype = bytes.get<std::int16_t>(12);
  h.bitpix = bytes.get<std::int16_t>(14);
  h.voxOffset = static_cast<double>(bytes.get<std::int64_t>(168));
  h.slope = bytes.get<double>(176);
  h.inter = bytes.get<double>(184);
  h.calMax = bytes.get<double>(192);
  h.calMin = bytes.get<double>(200);
  for (std::size_t n = 0; n < 3; ++n) h.intentP[n] = bytes.get<double>(80 + 8 * n);
  h.sliceStart = bytes.get<std::int64_t>(224);
  h.sliceEnd = bytes.get<std::int64_t>(232);
  h.sliceCode = bytes.get<std::int32_t>(496);
  h.dimInfo = bytes.get<std::uint8_t>(524);
  h.sliceDuration = bytes.get<double>(208);
  h.toffset = bytes.get<double>(216);
  h.descrip = textAt(head, 240, 80);
  h.auxFile = textAt(head, 320, 24);
  h.qformCode = bytes.get<std::int32_t>(344);
  h.sformCode = bytes.get<std::int32_t>(348);
  for (std::size_t n = 0; n < 3; ++n) {
    h.quatern[n] = bytes.get<double>(352 + 8 * n);
    h.qoffset[n] = bytes.get<double>(376 + 8 * n);
  }
  for (std::size_t n = 0; n < 12; ++n) h.srow[n] = bytes.get<double>(400 + 8 * n);
  h.xyztUnits = bytes.get<std::int32_t>(500);
  h.intentCode = bytes.get<std::int32_t>(504);
  h.intentName = textAt(head, 508, 16);
}

}  // namespace

std::optional<NiftiSignature> niftiSignature(std::span<const std::byte> head, bool analyzeName) {
  if (head.size() < kNifti1Bytes) return std::nullopt;
  const auto textIs = [&](std::size_t offset, std::string_view text) {
    return std::memcmp(head.subspan(offset, text.size()).data(), text.data(), text.size()) == 0;
  };
  for (const ByteOrder order : {ByteOrder::Little, ByteOrder::Big}) {
    const HeaderBytes bytes(head, order);
    const auto size = bytes.get<std::int32_t>(0);
    if (size == 540 && (textIs(4, "n+2") || textIs(4, "ni2"))) {
      return NiftiSignature{NiftiKind::Nifti2, order, textIs(4, "ni2")};
    }
    if (size != 348) continue;
    if (textIs(344, "n+1") || textIs(344, "ni1")) return NiftiSignature{NiftiKind::Nifti1, order, textIs(344, "ni1")};
    const auto dimensions = bytes.get<std::int16_t>(40);
    if (analyzeName && dimensions >= 1 && dimensions <= 7) return NiftiSignature{NiftiKind::Analyze, order, true};
  }
  return std::nullopt;
}

NiftiHeader parseNiftiHeader(const std::string& path, std::span<const std::byte> head,
                             const NiftiSignature& signature) {
  const std::size_t needed = signature.kind == NiftiKind::Nifti2 ? kNifti2Bytes : kNifti1Bytes;
  if (head.size() < needed) {
    throw fileError(ErrorCode::Truncated, path,
                    fmt::format("ends inside its header (expected {} bytes, found {})", needed, head.size()));
  }
  NiftiHeader header;
  header.kind = signature.kind;
  header.order = signature.order;
  header.pair = signature.pair;
  if (signature.kind == NiftiKind::Nifti2) {
    parseLarge(header, head);
  } else {
    parseSmall(header, head);
  }
  return header;
}

std::optional<NiftiHeader> niftiOrigin(const VolumeInfo& info) {
  if (!info.original || !info.format.starts_with("NIfTI")) return std::nullopt;
  const auto& head = info.original->bytes;
  const auto signature = niftiSignature(head, false);
  if (!signature) return std::nullopt;
  return parseNiftiHeader(info.path, head, *signature);
}

}  // namespace voxmark
