#include "app/composition.h"

#include "core/io/itk_readers.h"
#include "gpu/register_cuda.h"

namespace voxmark::app {

Composition compose(int threads) {
  Composition out;
  addNativeReaders(out.sources);
  addItkReaders(out.sources);
  addNativeWriters(out.writers);
  out.backends.add(makeCpuBackend(threads));
  gpu::registerCudaBackends(out.backends);
  return out;
}

}  // namespace voxmark::app
