// SPDX-License-Identifier: Apache-2.0
// Loops of medians, k-th values and modes: keys are narrowed down digit by digit.
#include "ops/loops/rank.hpp"

#include "ops/loops/keys.hpp"

// Note [Ranks]
// The k-th key is found from its highest digit down: the digits of all candidates are counted, and only those with the digit
// that the k-th has stay. The place is that of the element which a stable sort would put there. A mode is the longest run of
// sorted keys. In a short line the keys before each are counted.
namespace vt::core::VT_ISA {

namespace {

constexpr int kDigitBits = 8;
constexpr size_t kNumDigits = size_t{1} << kDigitBits;

template <class T, int64_t Step>
[[gnu::always_inline]] inline void fill_keys(const RankLine& line, Key<T>* keys) noexcept {
  const int64_t step = Step ? Step : line.stride;
  for (int64_t i = 0; i < line.n; ++i) keys[i] = key_of<T>(load<T>(line.src + i * step), Key<T>{0});
}
template <class T>
Key<T>* keys_of(const RankLine& line) noexcept {
  auto* keys = static_cast<Key<T>*>(line.scratch);
  with_step<T>(line.stride, [&]<int64_t Step>() { fill_keys<T, Step>(line, keys); });
  return keys;
}

template <class T>
constexpr bool has_nan() noexcept {
  return std::is_floating_point_v<Wide<T>>;
}
template <class K>
int64_t count_equal(const K* keys, int64_t n, K key) noexcept {
  int64_t count = 0;
  for (int64_t i = 0; i < n; ++i) count += keys[i] == key;
  return count;
}

// The place of the occurrence of `key` that has `skipped` others before it.
template <class K>
int64_t place_of(const K* keys, int64_t n, K key, int64_t skipped) noexcept {
  for (int64_t i = 0; i < n; ++i)
    if (keys[i] == key && skipped-- == 0) return i;
  return n - 1;
}

// The same for few keys: those before each are counted until it is the one.
constexpr int64_t kFewKeys = 48;
template <class K>
int64_t place_among_few(const K* keys, int64_t n, int64_t k) noexcept {
  for (int64_t i = 0; i < n; ++i) {
    const K key = keys[i];
    K before = 0;
    for (int64_t j = 0; j < i; ++j) before += keys[j] <= key;
    for (int64_t j = i + 1; j < n; ++j) before += keys[j] < key;
    if (static_cast<int64_t>(before) == k) return i;
  }
  return n - 1;
}

// The place of the key with k others before it; `rest` is room for n keys.
template <class K>
int64_t place_of_kth(const K* keys, int64_t n, int64_t k, K* rest) noexcept {
  if (n <= kFewKeys) return place_among_few(keys, n, k);
  const K* candidates = keys;
  int64_t num = n;
  K key = 0;
  for (int shift = 8 * static_cast<int>(sizeof(K)) - kDigitBits; shift >= 0; shift -= kDigitBits) {
    uint32_t counts[4][kNumDigits] = {};  // several, so that equal digits do not wait for each other
    for (int64_t i = 0; i < num; ++i) ++counts[i & 3][(candidates[i] >> shift) & (kNumDigits - 1)];
    size_t digit = 0;
    int64_t here = 0;
    for (;; ++digit) {
      here = static_cast<int64_t>(counts[0][digit]) + counts[1][digit] + counts[2][digit] + counts[3][digit];
      if (k < here || digit + 1 == kNumDigits) break;
      k -= here;
    }
    key |= static_cast<K>(digit) << shift;
    if (here == num) continue;  // one digit for all
    int64_t kept = 0;
    for (int64_t i = 0; i < num; ++i) {
      const K candidate = candidates[i];
      rest[kept] = candidate;
      kept += ((candidate >> shift) & (kNumDigits - 1)) == digit;
    }
    candidates = rest;
    num = kept;
  }
  return place_of(keys, n, key, k);
}

template <class T>
int64_t kth(const RankLine& line) {
  Key<T>* const keys = keys_of<T>(line);
  return place_of_kth(keys, line.n, line.k, keys + line.n);
}

template <class T, bool kIgnoresNan>
int64_t median(const RankLine& line) {
  Key<T>* const keys = keys_of<T>(line);
  int64_t num_nan = 0;
  if constexpr (has_nan<T>()) num_nan = count_equal(keys, line.n, kNanKey<T>);
  if (num_nan > 0 && (!kIgnoresNan || num_nan == line.n)) return place_of(keys, line.n, kNanKey<T>, 0);
  return place_of_kth(keys, line.n, (line.n - num_nan - 1) / 2, keys + line.n);
}

// Sorts keys by their digits from the last up; returns where they are, `a` or `b`.
template <class K>
K* sort_keys(K* a, K* b, int64_t n) noexcept {
  if (n <= kFewKeys) {  // by insertion
    for (int64_t i = 1; i < n; ++i) {
      const K key = a[i];
      int64_t at = i;
      for (; at > 0 && a[at - 1] > key; --at) a[at] = a[at - 1];
      a[at] = key;
    }
    return a;
  }
  for (int shift = 0; shift < 8 * static_cast<int>(sizeof(K)); shift += kDigitBits) {
    int64_t starts[kNumDigits] = {};
    for (int64_t i = 0; i < n; ++i) ++starts[(a[i] >> shift) & (kNumDigits - 1)];
    if (starts[(a[0] >> shift) & (kNumDigits - 1)] == n) continue;  // one digit for all
    int64_t start = 0;
    for (int64_t& at : starts) {
      const int64_t size = at;
      at = start;
      start += size;
    }
    for (int64_t i = 0; i < n; ++i) b[starts[(a[i] >> shift) & (kNumDigits - 1)]++] = a[i];
    K* const other = a;
    a = b;
    b = other;
  }
  return a;
}

template <class T>
int64_t mode(const RankLine& line) {
  Key<T>* const keys = keys_of<T>(line);
  const Key<T>* sorted = sort_keys(keys, keys + line.n, line.n);
  Key<T> best = sorted[0];
  int64_t longest = 0;
  if (has_nan<T>() && sorted[0] == kNanKey<T>) return 0;
  for (int64_t i = 0; i < line.n;) {
    if (has_nan<T>() && sorted[i] == kNanKey<T>) break;  // each NaN is a value of its own
    int64_t end = i + 1;
    while (end < line.n && sorted[end] == sorted[i]) ++end;
    if (end - i > longest) {
      longest = end - i;
      best = sorted[i];
    }
    i = end;
  }
  int64_t last = line.n - 1;
  while (last > 0 && key_of<T>(load<T>(line.src + last * line.stride), Key<T>{0}) != best) --last;
  return last;
}

}  // namespace

void fill_rank() {
  RankLoops& table = chosen_loops<RankLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (kIsOrdered<T>) {
      table.find[static_cast<size_t>(Rank::kMode)][Index] = &mode<T>;
      if constexpr (!std::is_same_v<T, Bool>) {
        table.find[static_cast<size_t>(Rank::kKth)][Index] = &kth<T>;
        table.find[static_cast<size_t>(Rank::kMedian)][Index] = &median<T, false>;
        table.find[static_cast<size_t>(Rank::kNanMedian)][Index] = &median<T, true>;
      }
    }
  });
}

}  // namespace vt::core::VT_ISA
