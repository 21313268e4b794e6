#include <sstream>

#include "core/io/nifti_header.h"

namespace voxmark {
namespace {

/// Header fields by the names under which niftiInfo lists them. What cannot be read counts as missing: metadata may
/// have come a long way.
class Listed {
 public:
  explicit Listed(const VolumeInfo& info) : info_(info) {}
  [[nodiscard]] std::string text(const std::string& name) const {
    for (const auto& [key, value] : info_.metadata) {
      if (key == name) return value;
    }
    return {};
  }
  template <typename Numbers>
  bool read(const std::string& name, Numbers& into) const {
    std::istringstream in(text(name));
    in.imbue(std::locale::classic());
    for (auto& value : into) {
      if (!(in >> value)) return false;
    }
    return true;
  }
  template <typename T>
  bool readOne(const std::string& name, T& into) const {
    std::array<T, 1> one{};
    if (!read(name, one)) return false;
    into = one[0];
    return true;
  }

 private:
  const VolumeInfo& info_;
};

}  // namespace

std::optional<NiftiHeader> niftiOrigin(const VolumeInfo& info) {
  if (!info.format.starts_with("NIfTI")) return std::nullopt;
  const Listed listed(info);
  NiftiHeader h;
  // Without these there is no telling whether the grid is still the same.
  const bool whole = listed.read("dim", h.dim) && listed.read("pixdim", h.pixdim) &&
                     listed.readOne("qform_code", h.qformCode) && listed.readOne("sform_code", h.sformCode) &&
                     listed.read("quatern", h.quatern) && listed.read("qoffset", h.qoffset) &&
                     listed.read("srow", h.srow) && h.dim[0] >= 1 && h.dim[0] <= 7;
  if (!whole) return std::nullopt;
  (void)listed.readOne("xyzt_units", h.xyztUnits);
  (void)listed.readOne("intent_code", h.intentCode);
  (void)listed.read("intent_p", h.intentP);
  (void)listed.readOne("dim_info", h.dimInfo);
  (void)listed.readOne("slice_start", h.sliceStart);
  (void)listed.readOne("slice_end", h.sliceEnd);
  (void)listed.readOne("slice_code", h.sliceCode);
  (void)listed.readOne("slice_duration", h.sliceDuration);
  (void)listed.readOne("toffset", h.toffset);
  h.descrip = listed.text("descrip");
  h.auxFile = listed.text("aux_file");
  h.intentName = listed.text("intent_name");
  return h;
}

}  // namespace voxmark
