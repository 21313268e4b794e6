#include "core/trace/counters.h"

namespace voxmark::trace {

Counters& counters() {
  static Counters instance;
  return instance;
}

CounterValues snapshot() {
  const Counters& c = counters();
  return {c.bytesRead,      c.bytesWritten, c.bytesInflated, c.bytesCopied, c.allocations,
          c.bytesAllocated, c.uploads,      c.bytesUploaded, c.downloads,   c.bytesDownloaded};
}

CounterValues operator-(const CounterValues& a, const CounterValues& b) {
  return {a.bytesRead - b.bytesRead,
          a.bytesWritten - b.bytesWritten,
          a.bytesInflated - b.bytesInflated,
          a.bytesCopied - b.bytesCopied,
          a.allocations - b.allocations,
          a.bytesAllocated - b.bytesAllocated,
          a.uploads - b.uploads,
          a.bytesUploaded - b.bytesUploaded,
          a.downloads - b.downloads,
          a.bytesDownloaded - b.bytesDownloaded};
}

CounterValues operator+(const CounterValues& a, const CounterValues& b) {
  const CounterValues none;
  return a - (none - b);  // unsigned numbers wrap around and back
}

}  // namespace voxmark::trace
