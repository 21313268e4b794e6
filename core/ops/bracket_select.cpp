#include "core/ops/bracket_select.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "core/base/simd_targets.h"
#include "core/ops/radix_keys.h"

namespace voxmark {
namespace {

constexpr std::size_t kMostPercents = 4;
constexpr std::uint64_t kFewestValues = std::uint64_t{1} << 18;
constexpr std::uint64_t kLeastGap = 64;
constexpr int kSampleBits = 17;  // about so many values are in the sample of a large volume
constexpr std::size_t kFewestSamples = 2048;
constexpr double kDeviations = 4.5;  // by which the sample may be off
constexpr std::size_t kVectorBytes = 64;
constexpr std::size_t kGroups = 64;  // vectors of values that are counted together: they stay in the cache

/// Adds to `counts` how many values are below low, up to low, below high and up to high, and marks the vectors that
/// hold one between the two. `counts`: four.
template <typename T>
[[gnu::always_inline]] inline void countAbout(const T* values, radix::SignedKey<T> low, radix::SignedKey<T> high,
                                              std::uint64_t* counts, std::uint8_t* hits) {
  using Key = radix::SignedKey<T>;
  constexpr std::size_t kLanes = kVectorBytes / sizeof(T);
  using Keys [[gnu::vector_size(kVectorBytes)]] = Key;
  using Flags [[gnu::vector_size(kLanes)]] = std::int8_t;
  Keys belowLow{}, upToLow{}, belowHigh{}, upToHigh{};  // a comparison that holds is -1
  for (std::size_t group = 0; group < kGroups; ++group) {
    Keys key;
    std::memcpy(&key, values + group * kLanes, kVectorBytes);
    if constexpr (std::is_floating_point_v<T>) key ^= (key < 0) & std::numeric_limits<Key>::max();
    if constexpr (std::is_unsigned_v<T>) key ^= std::numeric_limits<Key>::min();
    const Keys pastLow = key > low, beforeHigh = key < high;
    belowLow += key < low;
    upToLow += pastLow;
    belowHigh += beforeHigh;
    upToHigh += key <= high;
    const Flags between = __builtin_convertvector(pastLow & beforeHigh, Flags);
    std::array<std::uint64_t, kLanes / 8> any;
    std::memcpy(any.data(), &between, kLanes);
    std::uint64_t all = 0;
    for (const std::uint64_t one : any) all |= one;
    hits[group] |= all != 0 ? 1 : 0;
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    counts[0] += static_cast<std::uint64_t>(-belowLow[lane]);
    counts[1] += static_cast<std::uint64_t>(static_cast<Key>(kGroups) + upToLow[lane]);
    counts[2] += static_cast<std::uint64_t>(-belowHigh[lane]);
    counts[3] += static_cast<std::uint64_t>(-upToHigh[lane]);
  }
}

VOXMARK_EACH_TARGET(countAbout, (typename T), (T),
                    (const T* values, radix::SignedKey<T> low, radix::SignedKey<T> high, std::uint64_t* counts,
                     std::uint8_t* hits),
                    countAbout(values, low, high, counts, hits))

}  // namespace

struct BracketSelector::Counter {
  struct Part {
    std::array<std::uint64_t, 4> counts{};
    std::vector<std::int64_t> between;
  };
  std::vector<std::int64_t> sample;
  std::vector<Part> parts;  ///< one a bracket
  std::uint64_t added = 0;
  std::uint64_t untilNext = 0;  ///< values before the next one of the sample
  std::uint64_t random = 0x9E3779B97F4A7C15U;
};

bool BracketSelector::suits(int keyBits, std::size_t percents, std::uint64_t expected) {
  return keyBits >= 32 && percents <= kMostPercents && expected >= kFewestValues;
}

BracketSelector::BracketSelector(int keyBits, std::vector<double> percents, std::uint64_t expected)
    : lowest_(keyBits == 32 ? std::numeric_limits<std::int32_t>::min() : std::numeric_limits<std::int64_t>::min()),
      highest_(keyBits == 32 ? std::numeric_limits<std::int32_t>::max() : std::numeric_limits<std::int64_t>::max()),
      percents_(std::move(percents)),
      gap_(std::max(kLeastGap, expected >> kSampleBits)) {}

BracketSelector::~BracketSelector() = default;

std::unique_ptr<BracketSelector::Counter> BracketSelector::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      auto out = std::move(free_.back());
      free_.pop_back();
      return out;
    }
  }
  auto out = std::make_unique<Counter>();
  out->parts.resize(brackets_.size());
  return out;
}

void BracketSelector::give(std::unique_ptr<Counter> counter) {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(counter));
}

template <typename T>
void BracketSelector::add(const T* values, std::size_t count) {
  auto counter = take();
  if (sampling_) {
    sample(values, count, *counter);
  } else {
    this->count(values, count, *counter);
  }
  counter->added += count;
  give(std::move(counter));
}

/// Steps of irregular length, so that the sample follows no pattern of rows and slices.
template <typename T>
void BracketSelector::sample(const T* values, std::size_t count, Counter& counter) const {
  std::uint64_t at = counter.untilNext;
  for (; at < count; at += 1 + gap_ / 2 + (counter.random >> 33) % gap_) {
    counter.sample.push_back(radix::signedKeyOf(values[at]));
    counter.random = counter.random * 6364136223846793005U + 1442695040888963407U;
  }
  counter.untilNext = at - count;
}

template <typename T>
void BracketSelector::count(const T* values, std::size_t count, Counter& counter) const {
  constexpr std::size_t kLanes = kVectorBytes / sizeof(T);
  using Key = radix::SignedKey<T>;
  const auto keep = [&](std::size_t n, std::int64_t key) {
    const Bracket& bracket = brackets_[n];
    auto& between = counter.parts[n].between;
    if (key > bracket.low && key < bracket.high && between.size() < mostBetween_) between.push_back(key);
  };
  const auto counted = countAboutFor<T>();
  std::size_t at = 0;
  for (; at + kGroups * kLanes <= count; at += kGroups * kLanes) {
    std::array<std::uint8_t, kGroups> hits{};
    for (std::size_t n = 0; n < brackets_.size(); ++n) {
      counted(values + at, static_cast<Key>(brackets_[n].low), static_cast<Key>(brackets_[n].high),
              counter.parts[n].counts.data(), hits.data());
    }
    for (std::size_t group = 0; group < kGroups; ++group) {
      if (hits[group] == 0) continue;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const std::int64_t key = radix::signedKeyOf(values[at + group * kLanes + lane]);
        for (std::size_t n = 0; n < brackets_.size(); ++n) keep(n, key);
      }
    }
  }
  for (; at < count; ++at) {
    const std::int64_t key = radix::signedKeyOf(values[at]);
    for (std::size_t n = 0; n < brackets_.size(); ++n) {
      const Bracket& bracket = brackets_[n];
      auto& counts = counter.parts[n].counts;
      counts[0] += key < bracket.low ? 1 : 0;
      counts[1] += key <= bracket.low ? 1 : 0;
      counts[2] += key < bracket.high ? 1 : 0;
      counts[3] += key <= bracket.high ? 1 : 0;
      keep(n, key);
    }
  }
}

/// Whether the sample is large enough to say anything.
bool BracketSelector::layBrackets() {
  const std::size_t size = sample_.size();
  if (size < kFewestSamples) return false;
  brackets_.resize(percents_.size());
  double widest = 0;
  for (std::size_t n = 0; n < percents_.size(); ++n) {
    const OrderRanks ranks = ranksOf(percents_[n], total_);
    const double share = static_cast<double>(size) / static_cast<double>(total_);
    const double p = std::clamp(percents_[n] / 100, 0.0, 1.0);
    const double margin = kDeviations * std::sqrt(static_cast<double>(size) * p * (1 - p)) + 8;
    const double from = static_cast<double>(ranks.low) * share - margin;
    const double to = static_cast<double>(ranks.high) * share + margin;
    const auto at = [&](double position) {
      const auto place = sample_.begin() + static_cast<std::ptrdiff_t>(position);
      std::nth_element(sample_.begin(), place, sample_.end());
      return *place;
    };
    brackets_[n].low = from < 0 ? lowest_ : at(from);
    brackets_[n].high = to >= static_cast<double>(size) ? highest_ : at(to);
    widest = std::max(widest, (to - from) / share);
  }
  mostBetween_ = static_cast<std::size_t>(4 * widest) + (std::size_t{1} << 14);
  return true;
}

/// Picks the order statistics out of what was kept; false where one does not lie in its bracket.
bool BracketSelector::settle() {
  wanted_.clear();
  for (std::size_t n = 0; n < percents_.size(); ++n) {
    Bracket& bracket = brackets_[n];
    if (bracket.between.size() != bracket.belowHigh - std::min(bracket.belowHigh, bracket.upToLow)) return false;
    std::sort(bracket.between.begin(), bracket.between.end());
    const OrderRanks ranks = ranksOf(percents_[n], total_);
    std::pair<std::int64_t, std::int64_t> keys;
    for (auto [rank, key] : {std::pair{ranks.low, &keys.first}, std::pair{ranks.high, &keys.second}}) {
      if (rank < bracket.belowLow || rank >= bracket.upToHigh) return false;
      *key = rank < bracket.upToLow     ? bracket.low
             : rank < bracket.belowHigh ? bracket.between[static_cast<std::size_t>(rank - bracket.upToLow)]
                                        : bracket.high;
    }
    wanted_.push_back(keys);
  }
  return true;
}

BracketSelector::Outcome BracketSelector::next() {
  if (sampling_) {
    for (const auto& counter : free_) {
      total_ += counter->added;
      sample_.insert(sample_.end(), counter->sample.begin(), counter->sample.end());
    }
    free_.clear();
    sampling_ = false;
    const bool laid = layBrackets();
    sample_ = {};
    return laid ? Outcome::Again : Outcome::Failed;
  }
  for (const auto& counter : free_) {
    for (std::size_t n = 0; n < brackets_.size(); ++n) {
      Bracket& bracket = brackets_[n];
      const auto& [counts, between] = counter->parts[n];
      bracket.belowLow += counts[0];
      bracket.upToLow += counts[1];
      bracket.belowHigh += counts[2];
      bracket.upToHigh += counts[3];
      bracket.between.insert(bracket.between.end(), between.begin(), between.end());
    }
  }
  free_.clear();
  return settle() ? Outcome::Found : Outcome::Failed;
}

template <typename T>
std::vector<OrderBetween> BracketSelector::found() const {
  std::vector<OrderBetween> out;
  const auto value = [](std::int64_t key) {
    return static_cast<double>(radix::valueOfSigned<T>(static_cast<radix::SignedKey<T>>(key)));
  };
  for (std::size_t n = 0; n < wanted_.size(); ++n) {
    out.push_back({value(wanted_[n].first), value(wanted_[n].second), ranksOf(percents_[n], total_).share});
  }
  return out;
}

#define VOXMARK_BRACKETS(T)                                  \
  template void BracketSelector::add(const T*, std::size_t); \
  template std::vector<OrderBetween> BracketSelector::found<T>() const;
VOXMARK_BRACKETS(std::uint32_t)
VOXMARK_BRACKETS(std::int32_t)
VOXMARK_BRACKETS(float)
VOXMARK_BRACKETS(double)
#undef VOXMARK_BRACKETS

}  // namespace voxmark
