#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/volume/region.h"

namespace voxmark::app {

/// Comma-separated whole numbers, exactly `count` of them (0: any number). Throws Error(Usage) naming the option.
[[nodiscard]] std::vector<std::int64_t> parseIntegers(const std::string& option, std::string_view text,
                                                      std::size_t count);
/// Comma-separated numbers, one or more. Throws Error(Usage).
[[nodiscard]] std::vector<double> parseNumbers(const std::string& option, std::string_view text);
/// "3" or "all" (nothing). Throws Error(Usage).
[[nodiscard]] std::optional<std::int64_t> parseFrame(std::string_view text);

/// One line on standard error. Nobody may be listening: then nothing happens.
void complain(const std::string& message);

}  // namespace voxmark::app
