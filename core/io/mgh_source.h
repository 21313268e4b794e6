#pragma once

#include <memory>
#include <string>

#include "core/io/source_registry.h"

namespace voxmark {

/// FreeSurfer's volumes: .mgh, and .mgz, which is the same gzipped.
[[nodiscard]] int scoreMgh(const Probe& probe);
/// Throws Error: Truncated, Format, Unsupported.
[[nodiscard]] std::unique_ptr<VolumeSource> openMgh(const std::string& path, const OpenOptions& options);

}  // namespace voxmark
