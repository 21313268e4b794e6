#include "gpu/cuda_error.h"

#include <string_view>

#include <fmt/format.h>

#include "core/base/error.h"

namespace voxmark::gpu {

std::string reasonFor(cudaError_t error) {
  switch (error) {
    case cudaErrorInsufficientDriver:
      return "the NVIDIA driver is missing, or older than this program's CUDA runtime needs";
    case cudaErrorNoDevice:
      return "there is no CUDA device in this machine, or none is visible to this process";
    case cudaErrorSystemNotReady:
      return "the driver is still starting, or a service that the card needs is not running";
    case cudaErrorSystemDriverMismatch:
      return "the loaded driver and its libraries are of different versions; restarting the machine usually helps";
    case cudaErrorCompatNotSupportedOnDevice:
      return "the forward-compatibility driver does not support this kind of card";
    case cudaErrorDevicesUnavailable:
      return "the card is in use by another process that does not share it";
    case cudaErrorInitializationError:
      return "the CUDA driver could not be initialised";
    case cudaErrorNoKernelImageForDevice:
      return "this program was not built for this kind of card";
    case cudaErrorMemoryAllocation:
      return "the card has too little free memory";
    case cudaErrorECCUncorrectable:
      return "the card reports damaged memory (an uncorrectable ECC error)";
    default:
      return fmt::format("{} ({})", cudaGetErrorString(error), cudaGetErrorName(error));
  }
}

void check(cudaError_t status, std::source_location where) {
  if (status == cudaSuccess) return;
  static_cast<void>(cudaGetLastError());
  std::string_view file = where.file_name();
  if (const auto folder = file.rfind("/gpu/"); folder != std::string_view::npos) file.remove_prefix(folder + 1);
  throw Error(status == cudaErrorMemoryAllocation ? ErrorCode::Memory : ErrorCode::Device,
              fmt::format("CUDA: {} ({} at {}:{})", reasonFor(status), cudaGetErrorName(status), file, where.line()));
}

}  // namespace voxmark::gpu
