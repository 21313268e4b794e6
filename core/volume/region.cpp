#include "core/volume/region.h"

#include <limits>

#include <fmt/format.h>

namespace voxmark {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

/// Headers and session files can name any integers: sums end at the largest one instead of wrapping round.
std::int64_t sumOf(std::int64_t a, std::int64_t b) {
  if (b > 0 && a > kMost - b) return kMost;
  if (b < 0 && a < kLeast - b) return kLeast;
  return a + b;
}

/// b - a, for b >= a.
std::uint64_t stepsBetween(std::int64_t a, std::int64_t b) {
  return static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a);
}

}  // namespace

Index3 Region::end() const {
  return {sumOf(start[0], size[0]), sumOf(start[1], size[1]), sumOf(start[2], size[2])};
}

bool Region::contains(const Index3& index) const {
  for (std::size_t a = 0; a < 3; ++a) {
    if (size[a] <= 0 || index[a] < start[a]) return false;
    if (stepsBetween(start[a], index[a]) >= static_cast<std::uint64_t>(size[a])) return false;
  }
  return true;
}

bool Region::contains(const Region& other) const {
  for (std::size_t a = 0; a < 3; ++a) {
    if (size[a] < 0 || other.size[a] < 0 || other.start[a] < start[a]) return false;
    const std::uint64_t before = stepsBetween(start[a], other.start[a]);
    const auto mine = static_cast<std::uint64_t>(size[a]);
    if (before > mine || static_cast<std::uint64_t>(other.size[a]) > mine - before) return false;
  }
  return true;
}

Region intersect(const Region& a, const Region& b) {
  Region out;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    out.start[axis] = std::max(a.start[axis], b.start[axis]);
    const std::int64_t end = std::min(a.end()[axis], b.end()[axis]);
    out.size[axis] = end <= out.start[axis] ? 0 : sumOf(end, -std::max(out.start[axis], -kMost));
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
