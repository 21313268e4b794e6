#pragma once

#include <string>
#include <vector>

#include "tests/house/source_tree.h"

namespace voxmark::house {

/// The files that the preprocessor is asked for, as written between quotes or angle brackets.
[[nodiscard]] std::vector<std::string> includesOf(const std::string& text);

/// What is wrong with the includes and preprocessor conditions of one file, one line each; empty where all is well.
[[nodiscard]] std::vector<std::string> layeringViolations(const SourceFile& file);

}  // namespace voxmark::house
