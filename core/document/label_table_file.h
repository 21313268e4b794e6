#pragma once

#include <string>

#include "core/document/label_table.h"

namespace voxmark {

/// Reads what labels stand for: ITK-SNAP's label description ("IDX R G B A VIS MSH "NAME"") or FreeSurfer's colour
/// table ("IDX NAME R G B A", whose A is transparency). Lines that begin with # and empty ones are skipped; of several
/// lines of one label the last counts. Throws Error: Format naming the line, NotFound, Io.
[[nodiscard]] LabelTable readLabelTable(const std::string& path);
/// As readLabelTable, of a text in memory; `path` is for messages and the table's own.
[[nodiscard]] LabelTable parseLabelTable(const std::string& text, const std::string& path);

/// Writes ITK-SNAP's label description, in place of a file that is there. Throws Error(Io).
void writeLabelTable(const std::string& path, const LabelTable& table);

}  // namespace voxmark
