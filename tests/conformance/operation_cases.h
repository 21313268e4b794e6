#pragma once

#include <string>
#include <vector>

#include "core/ops/operations.h"
#include "core/volume/volume.h"

namespace voxmark::testing {

/// An operation, with how far a result may be from its definition: a share of the largest finite value that it is made
/// of or that it gives, on top of the rounding of the type in which it is stored.
struct OperationCase {
  std::string name;
  Operation operation;
  double tolerance = 0;
};

/// Every operation, in all its ways, fitted to a volume.
[[nodiscard]] std::vector<OperationCase> operationCases(const Volume& volume);

/// Random values over much of the type's range, some 0; floats hold NaN and infinities where there are many voxels.
[[nodiscard]] std::shared_ptr<Volume> randomVolume(PixelType type, const Index3& size, bool finite = false);

}  // namespace voxmark::testing
