#pragma once

#include <string>
#include <vector>

#include "core/document/document.h"

namespace voxmark {

/// The name's ending that says what such a file is. Others that end in ".json" open as well.
inline constexpr const char* kPipelineEnding = ".steps.json";

/// Writes steps as a pipeline file, which `convert --pipeline` runs: what is switched off stays in it, and is left out
/// there. Of masks and reference volumes both the absolute path is noted and the one from the file's folder. Replaces
/// what is there, atomically. Throws Error: Io, Usage.
void savePipeline(const std::vector<PipelineStep>& steps, const std::string& path);

/// The steps of such a file, or of one written by hand. Files that they name are looked for from its folder first, and
/// relative paths are meant from there. Throws Error: NotFound, Io, Format naming file and field.
[[nodiscard]] std::vector<PipelineStep> readPipeline(const std::string& path);

}  // namespace voxmark
