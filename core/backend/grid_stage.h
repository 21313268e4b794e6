#pragma once

#include <memory>

#include "core/io/volume_source.h"
#include "core/ops/operations.h"

namespace voxmark {

/// The result of an operation that changesGrid(), as a source: a part of it is computed when it is read, from what of
/// the input it depends on. `output` is what outputInfo() says of it, frame n is made of frame firstFrame + n of the
/// input, which must outlive this. Any number of threads gives the same bits.
[[nodiscard]] std::unique_ptr<VolumeSource> makeGridStage(const Operation& operation, VolumeSource& input,
                                                          const VolumeInfo& output, std::int64_t firstFrame,
                                                          int threads);

}  // namespace voxmark
