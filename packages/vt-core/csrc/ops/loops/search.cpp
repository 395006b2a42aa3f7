// SPDX-License-Identifier: Apache-2.0
// Loops of sort and topk: stable sorting of keys that order as their elements do.
#include "ops/loops/search.hpp"

#include "ops/loops/keys.hpp"

// Note [Sort keys]
// Elements are compared as keys (keys.hpp). Lines are sorted by their digits from the last to the first, which keeps
// equal elements in order; short ones by insertion. Where few elements of a line are wanted they are kept in a heap, and the rest of the line
// is only compared with the worst of them, many at a time.
namespace vt::core::VT_ISA {

namespace {

template <class K, class Index>
struct Entry {
  K key;
  Index index;
};

// Whether a comes first.
template <class E>
[[gnu::always_inline]] inline bool precedes(const E& a, const E& b) noexcept {
  return a.key < b.key || (a.key == b.key && a.index < b.index);
}

template <class E>
void insertion_sort(E* entries, int64_t n) noexcept {
  for (int64_t i = 1; i < n; ++i) {
    const E moving = entries[i];
    int64_t at = i;
    for (; at > 0 && moving.key < entries[at - 1].key; --at) entries[at] = entries[at - 1];
    entries[at] = moving;
  }
}

// Sorts by digits of eight bits, whose 256 places to write fit the nearest cache; returns where the sorted entries are, `a`
// or `b`.
template <class E>
E* radix_sort(E* a, E* b, int64_t n) noexcept {
  constexpr int kBits = 8;
  constexpr int kPasses = static_cast<int>(sizeof(a->key));
  constexpr size_t kBuckets = size_t{1} << kBits;
  uint32_t counts[kPasses][kBuckets] = {};
  for (int64_t i = 0; i < n; ++i)
    for (int pass = 0; pass < kPasses; ++pass) ++counts[pass][(a[i].key >> (pass * kBits)) & (kBuckets - 1)];
  for (int pass = 0; pass < kPasses; ++pass) {
    uint32_t* count = counts[pass];
    if (count[(a[0].key >> (pass * kBits)) & (kBuckets - 1)] == static_cast<uint32_t>(n))
      continue;  // one digit for all
    uint32_t start = 0;
    for (size_t bucket = 0; bucket < kBuckets; ++bucket) {
      const uint32_t size = count[bucket];
      count[bucket] = start;
      start += size;
    }
    for (int64_t i = 0; i < n; ++i) b[count[(a[i].key >> (pass * kBits)) & (kBuckets - 1)]++] = a[i];
    E* const other = a;
    a = b;
    b = other;
  }
  return a;
}

// Merges runs of two halves, for lines that are too long for 32-bit counts.
template <class E>
E* merge_sort(E* a, E* b, int64_t n) noexcept {
  constexpr int64_t kRun = 32;
  for (int64_t i = 0; i < n; i += kRun) insertion_sort(a + i, n - i < kRun ? n - i : kRun);
  for (int64_t width = kRun; width < n; width *= 2) {
    for (int64_t i = 0; i < n; i += 2 * width) {
      const int64_t middle = i + width < n ? i + width : n;
      const int64_t end = i + 2 * width < n ? i + 2 * width : n;
      int64_t left = i;
      int64_t right = middle;
      for (int64_t at = i; at < end; ++at)
        b[at] = left < middle && (right >= end || !(a[right].key < a[left].key)) ? a[left++] : a[right++];
    }
    E* const other = a;
    a = b;
    b = other;
  }
  return a;
}

// Restores the heap below `at`: no entry precedes its children, so the first is the last in order.
template <class E>
void sink(E* heap, int64_t n, int64_t at) noexcept {
  const E moving = heap[at];
  for (int64_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
    if (child + 1 < n && precedes(heap[child], heap[child + 1])) ++child;
    if (!precedes(moving, heap[child])) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = moving;
}

// The first k of a line, sorted.
template <class T, int64_t Step, class E>
void select_first(const SortLine& line, Key<T> turn, E* heap) noexcept {
  using Index = decltype(heap->index);
  constexpr int64_t kProbe = 64;
  const int64_t step = Step ? Step : line.src_stride;
  const auto key_at = [&](int64_t i)
                          __attribute__((always_inline)) { return key_of<T>(load<T>(line.src + i * step), turn); };
  for (int64_t i = 0; i < line.k; ++i) heap[i] = {key_at(i), static_cast<Index>(i)};
  for (int64_t i = line.k / 2; i-- > 0;) sink(heap, line.k, i);
  const auto offer = [&](int64_t i) __attribute__((always_inline)) {
    const Key<T> key = key_at(i);
    if (!(key < heap[0].key)) return;  // of equal elements the earlier ones stay
    heap[0] = {key, static_cast<Index>(i)};
    sink(heap, line.k, 0);
  };
  int64_t i = line.k;
  for (; i + kProbe <= line.n; i += kProbe) {
    const Key<T> worst = heap[0].key;
    Key<T> hits = 0;
    for (int64_t l = 0; l < kProbe; ++l) hits |= static_cast<Key<T>>(key_at(i + l) < worst);
    if (hits)
      for (int64_t l = 0; l < kProbe; ++l) offer(i + l);
  }
  for (; i < line.n; ++i) offer(i);
  for (int64_t rest = line.k - 1; rest > 0; --rest) {
    const E last = heap[0];
    heap[0] = heap[rest];
    heap[rest] = last;
    sink(heap, rest, 0);
  }
}

template <class T, class Index>
void sort_as(const SortLine& line) noexcept {
  using E = Entry<Key<T>, Index>;
  static_assert(2 * sizeof(E) <= sort_scratch_bytes(1));
  constexpr int64_t kShort = 48;
  auto* entries = static_cast<E*>(line.scratch);
  E* const other = entries + line.n;
  // Elements that order in both ways as their keys do.
  const Key<T> turn = line.descending ? ~Key<T>{0} : Key<T>{0};
  with_step<T>(line.src_stride, [&]<int64_t Step>() {
    if (line.k > 0 && line.k <= line.n / 8) return select_first<T, Step>(line, turn, entries);
    const int64_t step = Step ? Step : line.src_stride;
    for (int64_t i = 0; i < line.n; ++i)
      entries[i] = {key_of<T>(load<T>(line.src + i * step), turn), static_cast<Index>(i)};
    if (line.n <= kShort) {
      insertion_sort(entries, line.n);
    } else if constexpr (sizeof(Index) > sizeof(uint32_t)) {
      entries = merge_sort(entries, other, line.n);
    } else {
      entries = radix_sort(entries, other, line.n);
    }
  });
  // Elements come from their keys, in order, but for those of which a key does not tell all.
  const Key<T> zero = key_of<T>(T{}, turn);
  const Key<T> nan = kNanKey<T> ^ turn;
  for (int64_t i = 0; i < line.k; ++i) {
    const auto index = static_cast<int64_t>(entries[i].index);
    const Key<T> key = entries[i].key;
    const bool is_told = !std::is_floating_point_v<Wide<T>> || (key != zero && key != nan);
    store(line.values + i * line.value_stride,
          is_told ? element_of<T>(key ^ turn) : load<T>(line.src + index * line.src_stride));
    store(line.indices + i * line.index_stride, index);
  }
}

template <class T>
void sort(const SortLine& line) {
  if (line.n <= int64_t{UINT32_MAX}) {
    sort_as<T, uint32_t>(line);
  } else {
    sort_as<T, uint64_t>(line);
  }
}

}  // namespace

void fill_search() {
  SearchLoops& table = chosen_loops<SearchLoops>;
  for_each_dtype([&]<class T, size_t Index>() {
    if constexpr (kIsOrdered<T>) table.sort[Index] = &sort<T>;
  });
}

}  // namespace vt::core::VT_ISA
