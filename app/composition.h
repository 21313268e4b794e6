#pragma once

#include "core/backend/backend.h"
#include "core/io/source_registry.h"
#include "core/io/writer_registry.h"

namespace voxmark::app {

/// What this program is made of: every reader, writer and device it knows. Made once in main and handed down.
struct Composition {
  SourceRegistry sources;
  WriterRegistry writers;
  BackendRegistry backends;
};

/// `threads` 0: all of them.
[[nodiscard]] Composition compose(int threads = 0);

}  // namespace voxmark::app
