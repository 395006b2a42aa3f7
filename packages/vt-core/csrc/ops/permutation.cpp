// SPDX-License-Identifier: Apache-2.0
// The order of random keys on the CPU: randperm.
#include <vt/cpp/op.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "ops/random.hpp"

// Note [Permutations]
// A permutation is the order of 64-bit random keys. Since these are spread evenly, their first bits deal them to buckets of
// about a thousand each, and as many bits after these put a bucket, within the first-level cache of a core, nearly in order:
// what is left to do is for insertion. An entry is the upper half of a key above its place, so that the lower half is
// neither kept nor moved: where upper halves agree, it is drawn once more.
namespace vt::core {

namespace {

constexpr int kMaxBucketBits = 12;   // more buckets would miss the cache at every entry that is dealt out
constexpr int kMaxDigitBits = 13;    // whose counts fill half of the first-level cache
constexpr int64_t kFewEntries = 48;  // sorted without digits
constexpr int64_t kBlock = 128 * kRandomStep;

uint64_t place_of(uint64_t entry) noexcept { return entry & 0xffffffff; }

uint64_t key_of(const VtGeneratorState& state, uint64_t place) noexcept {
  uint32_t words[4];
  loops<RandomLoops>().philox(state.seed, state.offset + place / 2, 1, words);
  const uint32_t* key = words + place % 2 * 2;
  return static_cast<uint64_t>(key[0]) << 32 | key[1];
}

// Draws the upper halves of the keys [begin, end) and counts how many each bucket gets.
void draw_block(const VtGeneratorState& state, int64_t begin, int64_t end, int shift, uint32_t* upper,
                uint32_t* counts) {
  alignas(64) uint32_t words[2 * kRandomStep];
  for (int64_t first = begin; first < end; first += kRandomStep) {
    const int64_t n = std::min(kRandomStep, end - first);
    loops<RandomLoops>().philox(state.seed, state.offset + static_cast<uint64_t>(first / 2), (n + 1) / 2, words);
    for (int64_t i = 0; i < n; ++i) {
      const uint64_t key = words[2 * i];
      upper[first + i] = words[2 * i];
      ++counts[key >> shift];
    }
  }
}

// Deals the entries of a block to their buckets.
void deal_block(const uint32_t* upper, int64_t begin, int64_t end, int shift, uint32_t* next, uint64_t* entries) {
  for (int64_t i = begin; i < end; ++i) {
    const uint64_t key = upper[i];
    entries[next[key >> shift]++] = key << 32 | static_cast<uint64_t>(i);
  }
}

// Orders n entries, fewer than 2^16, by the digit at `shift`.
void deal_digits(const uint64_t* entries, int64_t n, int shift, uint64_t num_digits, uint64_t* to) {
  alignas(64) uint16_t starts[size_t{1} << kMaxDigitBits];
  std::memset(starts, 0, num_digits * sizeof *starts);
  const uint64_t mask = num_digits - 1;
  for (int64_t i = 0; i < n; ++i) ++starts[(entries[i] >> shift) & mask];
  // Counts become where the entries of each digit start, four at a time.
  constexpr uint64_t kEach = 0x0001000100010001;
  uint64_t before = 0;
  for (uint64_t d = 0; d < num_digits; d += 4) {
    uint64_t counts;
    std::memcpy(&counts, starts + d, sizeof counts);
    const uint64_t sums = counts * kEach;
    const uint64_t found = sums - counts + before * kEach;
    std::memcpy(starts + d, &found, sizeof found);
    before += sums >> 48;
  }
  for (int64_t i = 0; i < n; ++i) to[starts[(entries[i] >> shift) & mask]++] = entries[i];
}

// Inserts an entry into the sorted ones before `at`. Returns whether its upper half agrees with that of another.
bool insert(uint64_t entry, uint64_t* entries, int64_t at, uint64_t* places) {
  bool agrees = false;
  for (; at > 0 && entries[at - 1] > entry; --at) {
    agrees |= (entries[at - 1] ^ entry) >> 32 == 0;
    entries[at] = entries[at - 1];
    places[at] = place_of(entries[at]);
  }
  entries[at] = entry;
  places[at] = place_of(entry);
  return agrees || (at > 0 && (entries[at - 1] ^ entry) >> 32 == 0);
}

// Sorts entries that are nearly in order and writes their places. Returns whether some upper halves agree. The greatest so
// far is carried along, without a branch: few entries are then still to be inserted.
bool insert_all(uint64_t* entries, int64_t n, uint64_t* places) {
  bool agree = false;
  uint64_t bound = 0;  // what the next entry exceeds if it is in its place and agrees with none
  const auto add = [&](int64_t i, uint64_t entry) __attribute__((always_inline)) {
    if (entry > bound) [[likely]] {
      entries[i] = entry;
      places[i] = place_of(entry);
      bound = entry | 0xffffffff;
    } else {
      agree |= insert(entry, entries, i, places);
      bound = entries[i] | 0xffffffff;
    }
  };
  uint64_t carried = entries[0];
  for (int64_t i = 1; i < n; ++i) {
    const uint64_t entry = entries[i];
    const uint64_t lower = entry < carried ? entry : carried;
    carried = entry < carried ? carried : entry;
    add(i - 1, lower);
  }
  add(n - 1, carried);
  return agree;
}

// Orders the places of sorted entries whose upper halves agree by their whole keys.
void settle(const VtGeneratorState& state, const uint64_t* entries, int64_t n, uint64_t* places) {
  const auto agrees = [&](int64_t i) { return (entries[i] ^ entries[i - 1]) >> 32 == 0; };
  for (int64_t i = 1; i < n; ++i) {
    if (!agrees(i)) continue;
    const int64_t first = i - 1;
    while (i < n && agrees(i)) ++i;
    std::sort(places + first, places + i, [&](uint64_t a, uint64_t b) {
      const uint64_t key_a = key_of(state, a), key_b = key_of(state, b);
      return key_a != key_b ? key_a < key_b : a < b;
    });
  }
}

// Turns the entries of a bucket, alike from bit `bits` on, into places in order; `scratch` has room for as many.
void order_bucket(const VtGeneratorState& state, uint64_t* entries, int64_t n, int bits, uint64_t* scratch) {
  if (n == 0) return;
  if (n <= kFewEntries || n > 0xffff) {
    std::copy_n(entries, n, scratch);
    std::sort(scratch, scratch + n);
  } else {
    const int wanted = static_cast<int>(std::bit_width(static_cast<uint64_t>(n)));
    const int digit_bits = std::min({wanted, kMaxDigitBits, bits - 32});
    deal_digits(entries, n, bits - digit_bits, uint64_t{1} << digit_bits, scratch);
  }
  if (insert_all(scratch, n, entries)) settle(state, scratch, n, entries);
}

// Writes the order of n keys, fewer than 2^32.
void permute(const VtGeneratorState& state, int64_t n, uint64_t* order) {
  const int wanted = static_cast<int>(std::bit_width(static_cast<uint64_t>(n))) - 10;
  const int bucket_bits = std::clamp(wanted, 0, kMaxBucketBits);
  const auto num_buckets = size_t{1} << bucket_bits;
  const int shift = 32 - bucket_bits;
  const int64_t num_blocks = (n + kBlock - 1) / kBlock;
  // Of each block how many keys every bucket gets, then where the next of them goes.
  std::vector<uint32_t> next(static_cast<size_t>(num_blocks) * num_buckets);
  const Owned uppers(empty(std::span(&n, 1), kInt32, DLDevice{kDLCPU, 0}));
  auto* const upper = static_cast<uint32_t*>(uppers.get()->dl.data);
  const auto for_each_block = [&](auto&& body) {
    parallel_for(0, num_blocks, 1, [&](int64_t begin, int64_t end) {
      for (int64_t block = begin; block < end; ++block)
        body(block * kBlock, std::min((block + 1) * kBlock, n), next.data() + static_cast<size_t>(block) * num_buckets);
    });
  };
  for_each_block(
      [&](int64_t begin, int64_t end, uint32_t* counts) { draw_block(state, begin, end, shift, upper, counts); });
  std::vector<int64_t> starts(num_buckets + 1);
  int64_t start = 0, largest = 0;
  for (size_t bucket = 0; bucket < num_buckets; ++bucket) {
    starts[bucket] = start;
    for (size_t at = bucket; at < next.size(); at += num_buckets)
      start += std::exchange(next[at], static_cast<uint32_t>(start));
    largest = std::max(largest, start - starts[bucket]);
  }
  starts[num_buckets] = start;
  for_each_block([&](int64_t begin, int64_t end, uint32_t* to) { deal_block(upper, begin, end, shift, to, order); });
  const int64_t grain = std::max<int64_t>(kBlock * static_cast<int64_t>(num_buckets) / n, 1);
  parallel_for(0, static_cast<int64_t>(num_buckets), grain, [&](int64_t begin, int64_t end) {
    const auto scratch = std::make_unique_for_overwrite<uint64_t[]>(static_cast<size_t>(largest));
    for (auto bucket = static_cast<size_t>(begin); bucket < static_cast<size_t>(end); ++bucket)
      order_bucket(state, order + starts[bucket], starts[bucket + 1] - starts[bucket], 64 - bucket_bits, scratch.get());
  });
}

// A new int64 tensor of the order.
VtTensor* random_order(int64_t n, const VtValue& generator, const VtValue& device) {
  Owned made(call_op("empty", {value_of(std::span(&n, 1)), value_of(kInt64), device}));
  if (is_cpu(made.get()) && n < int64_t{1} << 32) {
    const VtGeneratorState state = reserve_random(generator, made.get()->dl.device, n, 2);
    if (n > 0) permute(state, n, static_cast<uint64_t*>(made.get()->dl.data));
    return made.take();
  }
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  const Owned keys(filled(made.take(), "random_.from", {value_of(kLeast), none(), generator}).as.tensor);
  return call_op("argsort", {value_of(keys.get()), value_of(int64_t{-1}), value_of(false)});
}

}  // namespace

void randperm(const VtValue* args, VtValue* result) {
  const int64_t n = args[0].as.i;
  const DLDataType dtype = is_none(args[2]) ? kInt64 : args[2].as.dtype;
  check_permutation(n, dtype);
  Owned order(random_order(n, args[1], args[3]));
  result[0] =
      value_of(same_dtype(dtype, kInt64)
                   ? order.take()
                   : call_op("to.dtype", {value_of(order.get()), value_of(dtype), value_of(false), value_of(false)}));
}

}  // namespace vt::core
