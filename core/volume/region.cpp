#include "core/volume/region.h"

#include <fmt/format.h>

namespace voxmark {

bool Region::contains(const Index3& index) const {
  for (std::size_t a = 0; a < 3; ++a) {
    if (index[a] < start[a] || index[a] >= start[a] + size[a]) return false;
  }
  return true;
}

bool Region::contains(const Region& other) const {
  for (std::size_t a = 0; a < 3; ++a) {
    if (other.start[a] < start[a] || other.start[a] + other.size[a] > start[a] + size[a]) return false;
  }
  return true;
}

Region intersect(const Region& a, const Region& b) {
  Region out;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    out.start[axis] = std::max(a.start[axis], b.start[axis]);
    out.size[axis] = std::max<std::int64_t>(0, std::min(a.end()[axis], b.end()[axis]) - out.start[axis]);
  }
  return out;
}

Region slab(const Region& region, std::int64_t begin, std::int64_t end) {
  Region out = region;
  out.start[2] += begin;
  out.size[2] = end - begin;
  return out;
}

std::string toString(const Region& r) {
  return fmt::format("{},{},{},{},{},{}", r.start[0], r.start[1], r.start[2], r.size[0], r.size[1], r.size[2]);
}

}  // namespace voxmark
