#include "core/ops/radix_select.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/simd_targets.h"
#include "core/ops/radix_keys.h"

namespace voxmark {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
// Values kept instead of counted: no more than these, and so few of all that they take no room to speak of.
constexpr std::uint64_t kMostCandidates = std::uint64_t{1} << 20;
constexpr std::uint64_t kAlwaysKept = std::uint64_t{1} << 14;
constexpr std::uint64_t kKeptOfAll = 256;
constexpr int kMostTableBits = 20;                             // of all prefixes' counters together
constexpr std::uint64_t kFlushAfter = std::uint64_t{1} << 31;  // before 32-bit counters overflow
constexpr std::size_t kFew = 4;                                // prefixes that are compared one by one

/// Whether any of sixteen keys has one of a few prefixes; the others are passed over.
template <typename T>
[[gnu::always_inline]] inline void markHits(const T* values, std::size_t groups, int shift, const std::uint64_t* few,
                                            std::uint8_t* hits) {
  using Key = radix::Key<T>;
  const Key a = static_cast<Key>(few[0]), b = static_cast<Key>(few[1]), c = static_cast<Key>(few[2]),
            d = static_cast<Key>(few[3]);
  for (std::size_t group = 0; group < groups; ++group) {
    Key any = 0;
    for (std::size_t lane = 0; lane < 16; ++lane) {
      const Key prefix = static_cast<Key>(radix::keyOf(values[group * 16 + lane]) >> shift);
      any |= static_cast<Key>((prefix == a) | (prefix == b) | (prefix == c) | (prefix == d));
    }
    hits[group] = any != 0 ? 1 : 0;
  }
}

VOXMARK_EACH_TARGET(markHits, (typename T), (T),
                    (const T* values, std::size_t groups, int shift, const std::uint64_t* few, std::uint8_t* hits),
                    markHits(values, groups, shift, few, hits))

/// The first digit of every value.
template <typename T>
void countFirst(const T* values, std::size_t count, int shift, std::uint32_t* table) {
  std::size_t n = 0;
  for (; n + 4 <= count; n += 4) {
    std::size_t digit[4];
    for (std::size_t lane = 0; lane < 4; ++lane) {
      digit[lane] = static_cast<std::size_t>(radix::keyOf(values[n + lane]) >> shift);
    }
    // Increments of one counter wait for each other, and background is all of one value.
    if (digit[0] == digit[1] && digit[2] == digit[3] && digit[0] == digit[2]) {
      table[digit[0]] += 4;
    } else {
      for (const std::size_t one : digit) ++table[one];
    }
  }
  for (; n < count; ++n) ++table[static_cast<std::size_t>(radix::keyOf(values[n]) >> shift)];
}

}  // namespace

struct RadixSelector::Counter {
  std::vector<std::uint32_t> table;
  std::vector<std::uint64_t> candidates;
  std::uint64_t added = 0;
};

RadixSelector::RadixSelector(int keyBits, std::vector<double> percents)
    : keyBits_(keyBits), bitsLeft_(keyBits), digitBits_(std::min(keyBits, 16)), percents_(std::move(percents)) {
  prefixes_ = {0};
  prepare();
}

RadixSelector::~RadixSelector() = default;

std::unique_ptr<RadixSelector::Counter> RadixSelector::take() {
  return pool_.take([this] {
    auto out = std::make_unique<Counter>();
    if (!collects_) out->table.assign(counts_.size(), 0);
    return out;
  });
}

void RadixSelector::give(std::unique_ptr<Counter> counter) {
  if (counter->added >= kFlushAfter) {
    const std::lock_guard lock(mutex_);
    flush(*counter);
  }
  pool_.give(std::move(counter));
}

void RadixSelector::flush(Counter& counter) {
  for (std::size_t n = 0; n < counter.table.size(); ++n) {
    counts_[n] += counter.table[n];
    counter.table[n] = 0;
  }
  candidates_.insert(candidates_.end(), counter.candidates.begin(), counter.candidates.end());
  counter.candidates.clear();
  counter.added = 0;
}

template <typename T>
void RadixSelector::add(const T* values, std::size_t count) {
  auto counter = take();
  counter->added += count;
  const int shift = bitsLeft_ - digitBits_;
  if (bitsLeft_ == keyBits_) {
    countFirst(values, count, shift, counter->table.data());
    give(std::move(counter));
    return;
  }
  const std::uint64_t mask = (std::uint64_t{1} << digitBits_) - 1;
  const auto keep = [&](std::size_t p, std::uint64_t key) {
    if (collects_) {
      counter->candidates.push_back(key);
    } else {
      ++counter->table[(p << digitBits_) + static_cast<std::size_t>(key >> shift & mask)];
    }
  };
  const auto one = [&](T value) {
    const std::uint64_t key = radix::keyOf(value);
    const std::uint64_t prefix = key >> bitsLeft_;
    for (std::size_t p = firstOf_[key >> (keyBits_ - 16)]; p < prefixes_.size() && prefixes_[p] <= prefix; ++p) {
      if (prefixes_[p] == prefix) keep(p, key);
    }
  };
  std::size_t n = 0;
  if (prefixes_.size() <= kFew) {
    std::uint64_t few[kFew];
    for (std::size_t p = 0; p < kFew; ++p) few[p] = prefixes_[std::min(p, prefixes_.size() - 1)];
    const auto marked = markHitsFor<T>();
    constexpr std::size_t kGroups = 64;
    std::uint8_t hits[kGroups];
    for (; n + kGroups * 16 <= count; n += kGroups * 16) {
      marked(values + n, kGroups, bitsLeft_, few, hits);
      for (std::size_t group = 0; group < kGroups; ++group) {
        if (hits[group] == 0) continue;
        for (std::size_t lane = 0; lane < 16; ++lane) {
          const std::uint64_t key = radix::keyOf(values[n + group * 16 + lane]);
          for (std::size_t p = 0; p < prefixes_.size(); ++p) {
            if (key >> bitsLeft_ == few[p]) keep(p, key);
          }
        }
      }
    }
  }
  for (; n < count; ++n) one(values[n]);
  give(std::move(counter));
}

/// The ranks that the percents stand for, once it is known how many values there are.
void RadixSelector::startRanks() {
  total_ = 0;
  for (const std::uint64_t count : counts_) total_ += count;
  if (total_ == 0) return;
  for (const double percent : percents_) {
    const OrderRanks ranks = ranksOf(percent, total_);
    wanted_.push_back({0, ranks.low});
    wanted_.push_back({0, ranks.high});
  }
}

/// Lengthens each wanted one's prefix by the digit that was counted.
void RadixSelector::narrow() {
  std::uint64_t candidates = 0;
  std::vector<std::uint64_t> seen;
  for (Wanted& one : wanted_) {
    const auto p =
        static_cast<std::size_t>(std::lower_bound(prefixes_.begin(), prefixes_.end(), one.prefix) - prefixes_.begin());
    const std::uint64_t* table = counts_.data() + (p << digitBits_);
    std::uint64_t digit = 0;
    while (one.rank >= table[digit]) one.rank -= table[digit++];
    one.prefix = one.prefix << digitBits_ | digit;
    if (std::find(seen.begin(), seen.end(), one.prefix) != seen.end()) continue;
    seen.push_back(one.prefix);
    candidates += table[digit];
  }
  bitsLeft_ -= digitBits_;
  std::sort(seen.begin(), seen.end());
  prefixes_ = std::move(seen);
  collects_ = candidates <= std::clamp(total_ / kKeptOfAll, kAlwaysKept, kMostCandidates);
  candidates_.reserve(collects_ ? static_cast<std::size_t>(candidates) : 0);
}

/// Picks the wanted ones out of the candidates.
void RadixSelector::settle() {
  std::sort(candidates_.begin(), candidates_.end());
  for (Wanted& one : wanted_) {
    const auto first = std::lower_bound(candidates_.begin(), candidates_.end(), one.prefix << bitsLeft_);
    one.prefix = *(first + static_cast<std::ptrdiff_t>(one.rank));
  }
  candidates_.clear();
  bitsLeft_ = 0;
}

/// Counters and the way to them for the next sweep.
void RadixSelector::prepare() {
  pool_.clear();
  int room = kMostTableBits;
  while ((prefixes_.size() << room) > (std::size_t{1} << kMostTableBits)) --room;
  digitBits_ = std::clamp(std::min(bitsLeft_, 16), 1, std::max(1, room));
  counts_.assign(collects_ ? 0 : prefixes_.size() << digitBits_, 0);
  if (bitsLeft_ == keyBits_) return;
  firstOf_.assign(65536, kNone);
  for (std::size_t p = prefixes_.size(); p-- > 0;) {
    firstOf_[static_cast<std::size_t>(prefixes_[p] >> (keyBits_ - 16 - bitsLeft_))] = static_cast<std::uint32_t>(p);
  }
}

bool RadixSelector::next() {
  for (auto& counter : pool_.all()) flush(*counter);
  if (bitsLeft_ == keyBits_) startRanks();
  if (total_ == 0) return false;
  if (collects_) {
    settle();
  } else {
    narrow();
  }
  if (bitsLeft_ == 0) return false;
  prepare();
  return true;
}

template <typename T>
std::vector<OrderBetween> RadixSelector::found() const {
  std::vector<OrderBetween> out;
  if (total_ == 0) return out;
  for (std::size_t n = 0; n < percents_.size(); ++n) {
    const auto value = [&](std::size_t which) {
      return static_cast<double>(radix::valueOf<T>(static_cast<radix::Key<T>>(wanted_[2 * n + which].prefix)));
    };
    out.push_back({value(0), value(1), ranksOf(percents_[n], total_).share});
  }
  return out;
}

#define VOXMARK_RADIX(T)                                   \
  template void RadixSelector::add(const T*, std::size_t); \
  template std::vector<OrderBetween> RadixSelector::found<T>() const;
VOXMARK_RADIX(std::uint8_t)
VOXMARK_RADIX(std::int8_t)
VOXMARK_RADIX(std::uint16_t)
VOXMARK_RADIX(std::int16_t)
VOXMARK_RADIX(std::uint32_t)
VOXMARK_RADIX(std::int32_t)
VOXMARK_RADIX(float)
VOXMARK_RADIX(double)
#undef VOXMARK_RADIX

}  // namespace voxmark
