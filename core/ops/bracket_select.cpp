#include "core/ops/bracket_select.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <limits>

#include "core/base/simd_targets.h"
#include "core/ops/radix_keys.h"

namespace voxmark {
namespace {

constexpr std::size_t kMostPercents = 2;  // each is a pass over the values, and keeps some
constexpr std::uint64_t kFewestValues = std::uint64_t{1} << 18;
constexpr std::uint64_t kLeastGap = 80;
constexpr int kSampleBits = 17;  // about so many values are in the sample of a large volume
constexpr std::size_t kFewestSamples = 2048;
constexpr double kDeviations = 4;  // by which the sample may be off
constexpr std::size_t kVectorBytes = 64;
constexpr std::size_t kGroups = 64;  // vectors of values that are counted together: they stay in the cache

/// One bit for each byte, of 16 that are 0 or -1.
[[gnu::always_inline]] inline std::uint16_t bitsOf(const std::int8_t* bytes, std::size_t count) {
#if defined(__SSE2__)
  using Bytes [[gnu::vector_size(16)]] = char;
  Bytes wide{};
  std::memcpy(&wide, bytes, count);
  return static_cast<std::uint16_t>(__builtin_ia32_pmovmskb128(wide));
#else
  std::uint16_t out = 0;
  for (std::size_t n = 0; n < count; ++n) out = static_cast<std::uint16_t>(out | (bytes[n] & 1) << n);
  return out;
#endif
}

/// Adds to `upToLow` and `belowHigh` how many values are, and says of each vector which of its values lie between the
/// two. `between`: kGroups.
template <typename T>
[[gnu::always_inline]] inline void countAbout(const T* values, radix::SignedKey<T> low, radix::SignedKey<T> high,
                                              std::uint64_t& upToLow, std::uint64_t& belowHigh,
                                              std::uint16_t* between) {
  using Key = radix::SignedKey<T>;
  constexpr std::size_t kLanes = kVectorBytes / sizeof(T);
  using Keys [[gnu::vector_size(kVectorBytes)]] = Key;
  using Flags [[gnu::vector_size(kLanes)]] = std::int8_t;
  Keys pastLow{}, beforeHigh{};  // a comparison that holds is -1
  for (std::size_t group = 0; group < kGroups; ++group) {
    Keys key;
    std::memcpy(&key, values + group * kLanes, kVectorBytes);
    if constexpr (std::is_floating_point_v<T>) key ^= (key >> (8 * sizeof(Key) - 1)) & std::numeric_limits<Key>::max();
    if constexpr (std::is_unsigned_v<T>) key ^= std::numeric_limits<Key>::min();
    const Keys past = key > low, before = key < high;
    pastLow += past;
    beforeHigh += before;
    const Flags inside = __builtin_convertvector(past & before, Flags);
    std::int8_t bytes[kLanes];
    std::memcpy(bytes, &inside, kLanes);
    between[group] = bitsOf(bytes, kLanes);
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    upToLow += static_cast<std::uint64_t>(static_cast<Key>(kGroups) + pastLow[lane]);
    belowHigh += static_cast<std::uint64_t>(-beforeHigh[lane]);
  }
}

VOXMARK_EACH_TARGET(countAbout, (typename T), (T),
                    (const T* values, radix::SignedKey<T> low, radix::SignedKey<T> high, std::uint64_t& upToLow,
                     std::uint64_t& belowHigh, std::uint16_t* between),
                    countAbout(values, low, high, upToLow, belowHigh, between))

std::int64_t nthOf(std::vector<std::int64_t>& keys, std::uint64_t rank) {
  const auto place = keys.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(keys.begin(), place, keys.end());
  return *place;
}

/// All of them in one, each given up as soon as it is copied.
std::vector<std::int64_t> joined(const std::vector<std::deque<std::int64_t>*>& parts) {
  std::size_t size = 0;
  for (const auto* part : parts) size += part->size();
  std::vector<std::int64_t> out;
  out.reserve(size);
  for (auto* part : parts) {
    out.insert(out.end(), part->begin(), part->end());
    std::deque<std::int64_t>().swap(*part);
  }
  return out;
}

}  // namespace

struct BracketSelector::Counter {
  struct Part {
    std::uint64_t upToLow = 0, belowHigh = 0;
    std::deque<std::int64_t> between;  // grows without being copied
  };
  std::deque<std::int64_t> sample;
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
  return pool_.take([this] {
    auto out = std::make_unique<Counter>();
    out->parts.resize(brackets_.size());
    return out;
  });
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
  pool_.give(std::move(counter));
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
  const auto keep = [this](std::deque<std::int64_t>& between, std::int64_t key) {
    if (between.size() < mostBetween_) between.push_back(key);
  };
  const auto counted = countAboutFor<T>();
  std::size_t at = 0;
  for (; at + kGroups * kLanes <= count; at += kGroups * kLanes) {
    for (std::size_t n = 0; n < brackets_.size(); ++n) {
      std::array<std::uint16_t, kGroups> inside;
      auto& [upToLow, belowHigh, between] = counter.parts[n];
      counted(values + at, static_cast<Key>(brackets_[n].low), static_cast<Key>(brackets_[n].high), upToLow, belowHigh,
              inside.data());
      if (brackets_[n].single) continue;
      for (std::size_t group = 0; group < kGroups; ++group) {
        for (unsigned left = inside[group]; left != 0; left &= left - 1) {
          const auto lane = static_cast<std::size_t>(std::countr_zero(left));
          keep(between, radix::signedKeyOf(values[at + group * kLanes + lane]));
        }
      }
    }
  }
  for (; at < count; ++at) {
    const std::int64_t key = radix::signedKeyOf(values[at]);
    for (std::size_t n = 0; n < brackets_.size(); ++n) {
      const Bracket& bracket = brackets_[n];
      auto& [upToLow, belowHigh, between] = counter.parts[n];
      upToLow += key <= bracket.low ? 1 : 0;
      belowHigh += key < bracket.high ? 1 : 0;
      if (!bracket.single && key > bracket.low && key < bracket.high) keep(between, key);
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
    const auto at = [&](double position) { return nthOf(sample_, static_cast<std::uint64_t>(position)); };
    const std::int64_t low = from < 0 ? lowest_ : at(from);
    const std::int64_t high = to >= static_cast<double>(size) ? highest_ : at(to);
    if (low == high) {
      enclose(brackets_[n], low);
    } else {
      brackets_[n].low = low;
      brackets_[n].high = high;
    }
    widest = std::max(widest, (to - from) / share);
  }
  mostBetween_ = static_cast<std::size_t>(4 * widest) + (std::size_t{1} << 14);
  return true;
}

void BracketSelector::enclose(Bracket& bracket, std::int64_t key) const {
  bracket = {};
  bracket.single = key;
  bracket.low = std::max(key, lowest_ + 1) - 1;
  bracket.high = std::min(key, highest_ - 1) + 1;
}

/// The key of one rank; empty where it does not lie in the bracket.
std::optional<std::int64_t> BracketSelector::Bracket::keyOf(std::uint64_t rank) {
  if (rank < upToLow || rank >= belowHigh) return std::nullopt;
  return single ? *single : nthOf(between, rank - upToLow);
}

/// Picks the order statistics out of what was kept. Where many values are equal to an end of a bracket, a wanted one
/// may be among them: then they are counted by themselves.
BracketSelector::Outcome BracketSelector::settle() {
  Outcome out = Outcome::Found;
  wanted_.clear();
  for (std::size_t n = 0; n < percents_.size(); ++n) {
    Bracket& bracket = brackets_[n];
    // Nothing lies beyond the first and the last key.
    if (bracket.single == lowest_) bracket.upToLow = 0;
    if (bracket.single == highest_) bracket.belowHigh = total_;
    if (!bracket.single && bracket.between.size() + bracket.upToLow != bracket.belowHigh) return Outcome::Failed;
    const OrderRanks ranks = ranksOf(percents_[n], total_);
    const auto low = bracket.keyOf(ranks.low);
    const auto high = bracket.keyOf(ranks.high);
    if (low && high) {
      wanted_.emplace_back(*low, *high);
      continue;
    }
    if (bracket.single) return Outcome::Failed;
    enclose(bracket, ranks.low < bracket.upToLow ? bracket.low : bracket.high);
    out = Outcome::Again;
  }
  return out;
}

BracketSelector::Outcome BracketSelector::next() {
  if (sampling_) {
    std::vector<std::deque<std::int64_t>*> parts;
    for (const auto& counter : pool_.all()) {
      total_ += counter->added;
      parts.push_back(&counter->sample);
    }
    sample_ = joined(parts);
    pool_.clear();
    sampling_ = false;
    const bool laid = layBrackets();
    std::vector<std::int64_t>().swap(sample_);  // an assignment would keep its memory
    return laid ? Outcome::Again : Outcome::Failed;
  }
  for (std::size_t n = 0; n < brackets_.size(); ++n) {
    Bracket& bracket = brackets_[n];
    bracket.upToLow = bracket.belowHigh = 0;
    std::vector<std::deque<std::int64_t>*> kept;
    for (const auto& counter : pool_.all()) {
      bracket.upToLow += counter->parts[n].upToLow;
      bracket.belowHigh += counter->parts[n].belowHigh;
      kept.push_back(&counter->parts[n].between);
    }
    bracket.between = joined(kept);
  }
  pool_.clear();
  return settle();
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
