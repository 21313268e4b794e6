#include "core/io/nifti_fields.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/io/byte_order.h"
#include "core/io/field_text.h"
#include "core/io/nifti_extensions.h"
#include "core/io/nifti_header.h"

namespace voxmark {
namespace {

/// The fields of one header, collected in the order of the file's kind.
class Fields {
 public:
  Fields(const NiftiHeader& header, std::span<const std::byte> head)
      : h_(header), head_(head), bytes_(head, header.order), large_(header.kind == NiftiKind::Nifti2) {}

  [[nodiscard]] std::vector<HeaderField> list() { return large_ ? large() : small(); }

 private:
  void add(const char* name, std::string value, std::string meaning = {}) {
    out_.push_back({name, std::move(value), std::move(meaning)});
  }
  [[nodiscard]] std::string text(std::size_t at, std::size_t length) const {
    const auto field = head_.subspan(at, length);
    return printable({reinterpret_cast<const char*>(field.data()), field.size()});
  }

  std::vector<HeaderField> small() {
    add("sizeof_hdr", std::to_string(bytes_.get<std::int32_t>(0)), "NIfTI-1");
    add("data_type", text(4, 10), "unused");
    add("db_name", text(14, 18), "unused");
    add("extents", std::to_string(bytes_.get<std::int32_t>(32)), "unused");
    add("session_error", std::to_string(bytes_.get<std::int16_t>(36)), "unused");
    add("regular", text(38, 1), "unused");
    dimInfo();
    dim();
    intentNumbers();
    intentCode();
    datatype();
    sliceStart();
    pixdim();
    voxOffset();
    scale();
    sliceEnd();
    sliceCode();
    units();
    calibration();
    timing();
    add("glmax", std::to_string(bytes_.get<std::int32_t>(140)), "unused");
    add("glmin", std::to_string(bytes_.get<std::int32_t>(144)), "unused");
    texts();
    transforms();
    add("intent_name", printable(h_.intentName));
    magic(344);
    return std::move(out_);
  }

  std::vector<HeaderField> large() {
    add("sizeof_hdr", std::to_string(bytes_.get<std::int32_t>(0)), "NIfTI-2");
    magic(4);
    lineEnds();
    datatype();
    dim();
    intentNumbers();
    pixdim();
    voxOffset();
    scale();
    calibration();
    timing();
    sliceStart();
    sliceEnd();
    texts();
    transforms();
    sliceCode();
    units();
    intentCode();
    add("intent_name", printable(h_.intentName));
    dimInfo();
    add("unused_str", text(525, 15), "unused");
    return std::move(out_);
  }

  void dimInfo() {
    const auto axis = [&](int shift) -> std::string_view {
      constexpr std::string_view kAxes[] = {"not said", "i", "j", "k"};
      return kAxes[(h_.dimInfo >> shift) & 3];
    };
    add("dim_info", std::to_string(h_.dimInfo),
        fmt::format("frequency along {}, phase along {}, slices along {}", axis(0), axis(2), axis(4)));
  }
  void dim() {
    const auto used = std::clamp<std::int64_t>(h_.dim[0], 0, 7);
    add("dim", fmt::format("{}", fmt::join(h_.dim, " ")),
        fmt::format("{} axes: {}", h_.dim[0], fmt::join(h_.dim.begin() + 1, h_.dim.begin() + 1 + used, " × ")));
  }
  void intentNumbers() {
    for (std::size_t n = 0; n < 3; ++n) {
      add(n == 0 ? "intent_p1" : n == 1 ? "intent_p2" : "intent_p3", fmt::format("{}", h_.intentP[n]));
    }
  }
  void intentCode() { add("intent_code", std::to_string(h_.intentCode), niftiIntentName(h_.intentCode)); }
  void datatype() {
    add("datatype", std::to_string(h_.datatype), niftiDatatypeName(h_.datatype));
    add("bitpix", std::to_string(h_.bitpix), "bits a voxel");
  }
  void sliceStart() { add("slice_start", std::to_string(h_.sliceStart), "first slice that slice_code speaks of"); }
  void sliceEnd() { add("slice_end", std::to_string(h_.sliceEnd), "last slice that slice_code speaks of"); }
  void sliceCode() { add("slice_code", std::to_string(h_.sliceCode), niftiSliceOrderName(h_.sliceCode)); }
  void pixdim() {
    add("pixdim", fmt::format("{}", fmt::join(h_.pixdim, " ")),
        fmt::format("voxels of {} × {} × {}, step of frames {}, qfac {}", h_.pixdim[1], h_.pixdim[2], h_.pixdim[3],
                    h_.pixdim[4], h_.pixdim[0] < 0 ? -1 : 1));
  }
  void voxOffset() {
    add("vox_offset", fmt::format("{}", h_.voxOffset),
        h_.pair ? "byte of the .img file where the voxels begin" : "byte where the voxels begin");
  }
  void scale() {
    const bool used = h_.slope != 0;
    add("scl_slope", fmt::format("{}", h_.slope), used ? "value = stored × slope + inter" : "0: values are not scaled");
    add("scl_inter", fmt::format("{}", h_.inter));
  }
  void units() { add("xyzt_units", std::to_string(h_.xyztUnits), niftiUnitNames(h_.xyztUnits)); }
  void calibration() {
    const bool used = h_.calMax > h_.calMin;
    add("cal_max", fmt::format("{}", h_.calMax), used ? "shown brightest" : "no range asked for");
    add("cal_min", fmt::format("{}", h_.calMin), used ? "shown darkest" : "");
  }
  void timing() {
    add("slice_duration", fmt::format("{}", h_.sliceDuration), "time for one slice");
    add("toffset", fmt::format("{}", h_.toffset), "time of the first frame");
  }
  void texts() {
    add("descrip", printable(h_.descrip));
    add("aux_file", printable(h_.auxFile));
  }
  void transforms() {
    add("qform_code", std::to_string(h_.qformCode), niftiSpaceName(h_.qformCode));
    add("sform_code", std::to_string(h_.sformCode), niftiSpaceName(h_.sformCode));
    constexpr const char* kQuatern[] = {"quatern_b", "quatern_c", "quatern_d"};
    constexpr const char* kOffset[] = {"qoffset_x", "qoffset_y", "qoffset_z"};
    constexpr const char* kRows[] = {"srow_x", "srow_y", "srow_z"};
    constexpr const char* kTowards[] = {"to the Right, mm", "to the Anterior, mm", "to the Superior, mm"};
    for (std::size_t n = 0; n < 3; ++n) add(kQuatern[n], fmt::format("{}", h_.quatern[n]));
    for (std::size_t n = 0; n < 3; ++n) add(kOffset[n], fmt::format("{}", h_.qoffset[n]), kTowards[n]);
    for (std::size_t n = 0; n < 3; ++n) {
      const auto row = std::span(h_.srow).subspan(4 * n, 4);
      add(kRows[n], fmt::format("{}", fmt::join(row, " ")),
          fmt::format("a step along i, j, k and the origin, {}", kTowards[n]));
    }
  }
  void lineEnds() {
    std::array<int, 4> found{};
    for (std::size_t n = 0; n < 4; ++n) found[n] = bytes_.get<std::uint8_t>(8 + n);
    const bool whole = found == std::array<int, 4>{13, 10, 26, 10};
    add("eol_check", fmt::format("{}", fmt::join(found, " ")), whole ? "as it should be" : "changed on the way");
  }
  void magic(std::size_t at) {
    add("magic", text(at, 4), h_.pair ? "voxels in an .img file beside" : "voxels in the same file");
  }

  const NiftiHeader& h_;
  std::span<const std::byte> head_;
  HeaderBytes bytes_;
  bool large_;
  std::vector<HeaderField> out_;
};

/// The text of an extension; empty where it is none.
std::string textOf(const HeaderExtension& extension) {
  constexpr std::size_t kMost = 4000;
  std::string_view text(reinterpret_cast<const char*>(extension.content.data()), extension.content.size());
  while (!text.empty() && text.back() == '\0') text.remove_suffix(1);
  const bool readable = std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 || c == '\n' || c == '\r' || c == '\t';
  });
  if (!readable) return {};
  std::string out;
  for (std::string_view rest = text.substr(0, kMost); !rest.empty();) {
    const std::string line = printable(takeLine(rest));
    if (!line.empty()) out += (out.empty() ? "" : "\n") + line;
  }
  return text.size() > kMost ? out + " …" : out;
}

}  // namespace

std::vector<HeaderField> niftiFields(const VolumeInfo& info) {
  const auto header = niftiOrigin(info);
  if (!header) return {};
  return Fields(*header, info.original->bytes).list();
}

std::vector<HeaderField> niftiExtensionFields(const VolumeInfo& info) {
  std::vector<HeaderField> out;
  if (!info.original) return out;
  for (const HeaderExtension& extension : info.original->extensions) {
    const std::string text = textOf(extension);
    out.push_back({fmt::format("extension {}", out.size() + 1),
                   fmt::format("code {} ({}), {} bytes", extension.code, niftiExtensionName(extension.code),
                               extension.content.size()),
                   text.empty() ? "not a text" : text});
  }
  return out;
}

}  // namespace voxmark
