#pragma once

#include <QString>
#include <optional>

namespace voxmark::ui {

/// How well `text` answers what was typed: every word of `typed` must be found, as a part of the text or as letters
/// that follow in that order. Beginnings of words and runs of letters count more, later ones less. Nothing where it
/// does not match; 0 for an empty `typed`. Upper and lower case are the same.
[[nodiscard]] std::optional<int> fuzzyMatch(const QString& typed, const QString& text);

}  // namespace voxmark::ui
