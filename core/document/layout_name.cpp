#include "core/document/layout_name.h"

namespace voxmark {
namespace {

const std::string kPlain = "1+3";

}  // namespace

std::optional<std::string> largeView(const std::string& layout) {
  if (layout == kPlain) return "axial";
  if (layout.starts_with(kPlain + ":")) return layout.substr(kPlain.size() + 1);
  return std::nullopt;
}

std::string layoutWithLarge(const std::string& view) {
  return view == "axial" ? kPlain : kPlain + ":" + view;
}

}  // namespace voxmark
