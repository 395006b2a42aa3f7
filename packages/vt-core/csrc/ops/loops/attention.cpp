// SPDX-License-Identifier: Apache-2.0
// Blockwise attention: softmax(scale q k^T + mask) v without the matrix of probabilities, and its gradients.
#include <vt/cpp/math.hpp>

#include "ops/loops/attention.hpp"
#include "ops/loops/attention_tile.hpp"
#include "ops/loops/gemm_pack.hpp"

// Note [Blockwise attention]
// Forward: a block of queries meets the blocks of keys in order. Each row keeps the largest score so far, the sum of the
// exponentials relative to it and the weighted sum of values; when a block brings a larger score, both sums are scaled down
// to it (online softmax). What is kept is lse, the logarithm of the sum of a row's exponentials.
// Backward, for all query heads of a key head: with P = exp(scores - lse) recomputed block by block,
//   dV = P^T dO,  dS = P * (dO V^T - delta),  dQ = scale dS K,  dK = scale dS^T Q,  delta = rowsum(dO * O) - d lse.
// One thread does a key head, so that sums need no atomics and do not depend on the number of threads.
// With a causal mask, blocks beyond the diagonal are left out and those on it are cut to tiles. A row without any key
// has output 0, lse -infinity and no gradient. References: Dao et al., "FlashAttention", NeurIPS 2022; Milakov and
// Gimelshein, "Online normalizer calculation for softmax", 2018.
namespace vt::core::VT_ISA {

namespace {

constexpr int64_t kKeyBlock = 64;
constexpr int64_t kVectorElements = 16;  // row lengths in scratch are multiples of it, whatever the instruction set

constexpr int64_t padded(int64_t n) noexcept { return (n + kVectorElements - 1) / kVectorElements * kVectorElements; }

template <class T>
using ComputeOf = std::conditional_t<std::is_same_v<T, double>, double, float>;
template <class C>
inline constexpr C kInfinite = static_cast<C>(__builtin_inf());

// Hands out parts of a call's scratch.
template <class C>
class Scratch {
 public:
  explicit Scratch(char* memory) noexcept : next_(memory) {}
  C* take(int64_t elements) noexcept {
    char* part = next_;
    next_ += padded(elements) * static_cast<int64_t>(sizeof(C));
    return reinterpret_cast<C*>(part);
  }

 private:
  char* next_;
};

template <class C>
struct Rows {
  C* data;
  int64_t stride;  // elements
};

[[gnu::always_inline]] inline char* row_of(const AttentionMatrix& m, int64_t head, int64_t row) noexcept {
  return m.data + head * m.head + row * m.row;
}

// Whether a matrix can be read and written where it lies.
template <class T, class C>
bool is_direct(const AttentionMatrix& m) noexcept {
  return std::is_same_v<T, C> && m.column == static_cast<int64_t>(sizeof(T));
}

template <class T, class C>
void write_row(const C* from, int64_t step, int64_t n, char* to) noexcept {
  if (step == static_cast<int64_t>(sizeof(T))) {
    for (int64_t i = 0; i < n; ++i) store(to + i * static_cast<int64_t>(sizeof(T)), narrow<T>(from[i]));
  } else {
    for (int64_t i = 0; i < n; ++i) store(to + i * step, narrow<T>(from[i]));
  }
}

// Rows [begin, begin + n) in the compute type: in place, or copied to `buffer` and padded with zeros.
template <class T, class C>
Rows<const C> rows_of(const AttentionMatrix& m, int64_t head, int64_t begin, int64_t n, int64_t width,
                      C* buffer) noexcept {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  const char* from = row_of(m, head, begin);
  if (is_direct<T, C>(m)) return {reinterpret_cast<const C*>(from), m.row / kItem};
  pack_strip(reinterpret_cast<const T*>(from), m.column / kItem, m.row / kItem, width, padded(width), n, buffer);
  return {buffer, padded(width)};
}

// Rows [begin, begin + n) as columns of a width x kKeyBlock matrix, padded with columns of zeros.
template <class T, class C>
void transpose(const AttentionMatrix& m, int64_t begin, int64_t n, int64_t width, C* out) noexcept {
  constexpr auto kItem = static_cast<int64_t>(sizeof(T));
  pack_strip(reinterpret_cast<const T*>(row_of(m, 0, begin)), m.row / kItem, m.column / kItem, n, kKeyBlock, width,
             out);
}

// Rows are walked in steps of kVectorElements lanes, one number of lanes whatever the instruction set, so that it does
// not choose the order of a sum. Lanes beyond a row's elements are computed and not used.
template <class C>
struct RowLanes {
  static constexpr int kParts = static_cast<int>(kVectorElements) / kNumLanes<C>;
  Lanes<C> parts[kParts];

  explicit RowLanes(C value) noexcept {
    for (auto& part : parts) part = splat(value);
  }
  template <class Combine>
  [[gnu::always_inline]] void add(const C* values, Combine&& combine) noexcept {
    for (int k = 0; k < kParts; ++k) parts[k] = combine(parts[k], load_lanes(values + k * kNumLanes<C>));
  }
  template <class Combine>
  [[gnu::always_inline]] C fold(Combine&& combine) const noexcept {
    C lanes[kVectorElements];
    __builtin_memcpy(lanes, parts, sizeof lanes);
    for (int64_t half = kVectorElements / 2; half > 0; half /= 2)
      for (int64_t l = 0; l < half; ++l) lanes[l] = combine(lanes[l], lanes[l + half]);
    return lanes[0];
  }
};
constexpr auto kLarger = [](auto a, auto b) __attribute__((always_inline)) { return b > a ? b : a; };
constexpr auto kSum = [](auto a, auto b) __attribute__((always_inline)) { return a + b; };

// The largest of n scores; -infinity is put behind them, up to padded(n).
template <class C>
C bound_row(C* scores, int64_t n) noexcept {
  if (const auto left = static_cast<int32_t>(n % kVectorElements)) {
    C* last = scores + n - left;
    VT_INDEPENDENT_LOOP
    for (int32_t l = 0; l < kVectorElements; ++l) last[l] = l < left ? last[l] : -kInfinite<C>;
  }
  RowLanes<C> top(-kInfinite<C>);
  for (int64_t j = 0; j < n; j += kVectorElements) top.add(scores + j, kLarger);
  return top.fold(kLarger);
}

// values[j] = exp(values[j] - offset) up to padded(n); returns their sum.
template <class C>
C exponentials(C* values, int64_t n, C offset) noexcept {
  RowLanes<C> sums(C{0});
  for (int64_t j = 0; j < n; j += kVectorElements) {
    C* at = values + j;
    VT_INDEPENDENT_LOOP
    for (int32_t l = 0; l < kVectorElements; ++l) at[l] = math::exp(at[l] - offset);
    sums.add(at, kSum);
  }
  return sums.fold(kSum);
}

// The sum of a[j] * b[j].
template <class C>
C dot(const C* a, const C* b, int64_t n) noexcept {
  RowLanes<C> sums(C{0});
  for (int64_t j = 0; j < n; j += kVectorElements) {
    C products[kVectorElements] = {};
    const int64_t left = n - j < kVectorElements ? n - j : kVectorElements;
    for (int64_t l = 0; l < left; ++l) products[l] = a[j + l] * b[j + l];
    sums.add(products, kSum);
  }
  return sums.fold(kSum);
}

// Zeros behind n elements, up to padded(end).
template <class C>
void clear_from(C* row, int64_t n, int64_t end) noexcept {
  for (int64_t j = padded(n); j < end; j += kVectorElements)
    for (int64_t l = 0; l < kVectorElements; ++l) row[j + l] = 0;
}

template <class M, class C>
void add_mask_of(const char* mask, int64_t step, int64_t n, C* scores) noexcept {
  for (int64_t j = 0; j < n; ++j) {
    const auto value = widen(load<M>(mask + j * step));
    if constexpr (std::is_same_v<M, Bool>) {
      scores[j] = value ? scores[j] : -kInfinite<C>;
    } else {
      scores[j] += static_cast<C>(value);
    }
  }
}

// Adds the mask to the scaled products of one row.
template <class C>
void mask_row(const AttentionJob& p, int64_t head, int64_t query, int64_t first_key, int64_t n, C* scores) noexcept {
  if (!p.mask.data) return;
  const char* mask = row_of(p.mask, head, query) + first_key * p.mask.column;
  switch (p.mask_dtype) {
    case DtypeIndex::kBool: return add_mask_of<Bool>(mask, p.mask.column, n, scores);
    case DtypeIndex::kFloat16: return add_mask_of<Half>(mask, p.mask.column, n, scores);
    case DtypeIndex::kBFloat16: return add_mask_of<BFloat>(mask, p.mask.column, n, scores);
    case DtypeIndex::kFloat32: return add_mask_of<float>(mask, p.mask.column, n, scores);
    default: return add_mask_of<double>(mask, p.mask.column, n, scores);
  }
}

template <class C>
void scale_row(C* row, int64_t n, C factor) noexcept {
  VT_INDEPENDENT_LOOP
  for (int64_t j = 0; j < n; ++j) row[j] *= factor;
}

// The number of keys of a block that a query sees.
[[gnu::always_inline]] inline int64_t seen_keys(int64_t n, int64_t row, int64_t diagonal) noexcept {
  const int64_t seen = row + diagonal + 1;
  return seen >= n ? n : seen < 0 ? 0 : seen;
}

// First number of a row's dropout factors.
[[gnu::always_inline]] inline int64_t element_of(const AttentionJob& p, int64_t head, int64_t query,
                                                 int64_t key) noexcept {
  return p.first_element + (head * p.queries + query) * p.keys + key;
}

template <class C>
struct OnlineSoftmax {
  C largest[kQueryBlock];
  C sum[kQueryBlock];
};

// Turns a row of scaled products into exponentials; returns what the row's earlier sums are to be multiplied with.
template <class C>
C softmax_row(const AttentionJob& p, int64_t head, int64_t query, int64_t first_key, int64_t seen, C* row, C& row_max,
              C& row_sum) noexcept {
  mask_row(p, head, query, first_key, seen, row);
  const C block_max = bound_row(row, seen);
  const C new_max = block_max > row_max ? block_max : row_max;
  const C offset = new_max == -kInfinite<C> ? C{0} : new_max;
  // Without earlier keys the sums are still to be made.
  const C factor = new_max == row_max ? C{1} : row_max == -kInfinite<C> ? C{0} : math::exp(row_max - offset);
  row_sum = row_sum * factor + exponentials(row, seen, offset);
  row_max = new_max;
  return factor;
}

template <class T>
void forward(const AttentionJob& p, int64_t head, int64_t begin, int64_t end, char* memory) {
  using C = ComputeOf<T>;
  Scratch<C> scratch(memory);
  const int64_t rows = end - begin;
  const int64_t width = padded(p.value_width);
  const auto scale = static_cast<C>(p.scale);
  C* query_buffer = scratch.take(kQueryBlock * padded(p.width));
  C* keys_transposed = scratch.take(p.width * kKeyBlock);
  C* value_buffer = scratch.take(kKeyBlock * width);
  C* scores = scratch.take(kQueryBlock * kKeyBlock);
  C* sums = scratch.take(kQueryBlock * width);
  float* drop = reinterpret_cast<float*>(scratch.take(kKeyBlock));
  OnlineSoftmax<C> state;
  for (int64_t r = 0; r < rows; ++r) {
    state.largest[r] = -kInfinite<C>;
    state.sum[r] = 0;
  }

  const Rows<const C> query = rows_of<T>(p.query, head, begin, rows, p.width, query_buffer);
  const int64_t num_keys = p.is_causal && end < p.keys ? end : p.keys;
  for (int64_t k = 0; k < num_keys; k += kKeyBlock) {
    const int64_t n = num_keys - k < kKeyBlock ? num_keys - k : kKeyBlock;
    const int64_t diagonal = p.is_causal ? begin - k : kNoDiagonal;
    transpose<T>(p.key, k, n, p.width, keys_transposed);
    const Rows<const C> value = rows_of<T>(p.value, 0, k, n, p.value_width, value_buffer);
    multiply<Trim::kColumns>(BlockProduct<C>{query.data, query.stride, keys_transposed, kKeyBlock, scores, kKeyBlock,
                                             rows, padded(n), p.width, scale, Merge::kStore},
                             diagonal);
    for (int64_t r = 0; r < rows; ++r) {
      C* row = scores + r * kKeyBlock;
      const int64_t seen = seen_keys(n, r, diagonal);
      if (seen > 0) {
        const C factor = softmax_row(p, head, begin + r, k, seen, row, state.largest[r], state.sum[r]);
        if (k > 0 && factor != C{1}) scale_row(sums + r * width, width, factor);
        if (p.drop) {
          p.drop(p, element_of(p, head, begin + r, k), seen, drop);
          for (int64_t j = 0; j < seen; ++j) row[j] *= static_cast<C>(drop[j]);
        }
      }
      clear_from(row, seen, n);
    }
    multiply<Trim::kDepth>(BlockProduct<C>{scores, kKeyBlock, value.data, value.stride, sums, width, rows,
                                           p.value_width, n, C{1}, k > 0 ? Merge::kAdd : Merge::kStore},
                           diagonal);
  }

  auto* lse = reinterpret_cast<C*>(row_of(p.lse, head, begin));
  VT_INDEPENDENT_LOOP
  for (int64_t r = 0; r < rows; ++r)
    lse[r] = state.sum[r] == C{0} ? -kInfinite<C> : state.largest[r] + math::log(state.sum[r]);
  for (int64_t r = 0; r < rows; ++r) {
    C* row = sums + r * width;
    if (num_keys == 0)
      for (int64_t i = 0; i < p.value_width; ++i) row[i] = 0;
    scale_row(row, p.value_width, state.sum[r] == C{0} ? C{0} : C{1} / state.sum[r]);
    write_row<T>(row, p.out.column, p.value_width, row_of(p.out, head, begin + r));
  }
}

template <class C>
int64_t forward_scratch(const AttentionJob& p) {
  return static_cast<int64_t>(sizeof(C)) *
         ((kQueryBlock + kKeyBlock) * padded(p.width) + (kQueryBlock + kKeyBlock) * padded(p.value_width) +
          kKeyBlock * kQueryBlock + kKeyBlock);
}

// The backward's memory.
template <class C>
struct BackwardBuffers {
  explicit BackwardBuffers(const AttentionJob& p, char* memory) {
    Scratch<C> scratch(memory);
    const int64_t width = padded(p.width);
    const int64_t value_width = padded(p.value_width);
    query = scratch.take(kQueryBlock * width);
    grad = scratch.take(kQueryBlock * value_width);
    key = scratch.take(kKeyBlock * width);
    row = scratch.take(value_width);
    keys_transposed = scratch.take(kKeyBlock * p.width);
    values_transposed = scratch.take(kKeyBlock * p.value_width);
    probabilities = scratch.take(kQueryBlock * kKeyBlock);
    score_grad = scratch.take(kQueryBlock * kKeyBlock);
    key_grad = scratch.take(kKeyBlock * width);
    value_grad = scratch.take(kKeyBlock * value_width);
    drop = reinterpret_cast<float*>(scratch.take(kKeyBlock));
    delta = scratch.take(p.num_heads * p.queries);
    query_grad = scratch.take(0);
  }
  C* query;
  C* grad;
  C* key;
  C* row;
  C* keys_transposed;
  C* values_transposed;
  C* probabilities;
  C* score_grad;
  C* key_grad;
  C* value_grad;
  float* drop;
  C* delta;
  C* query_grad;  // of all heads, where it cannot be summed in place
};

template <class T>
int64_t backward_scratch(const AttentionJob& p) {
  using C = ComputeOf<T>;
  const int64_t width = padded(p.width);
  const int64_t value_width = padded(p.value_width);
  const int64_t blocks =
      (kQueryBlock + 3 * kKeyBlock) * (width + value_width) + 2 * kQueryBlock * kKeyBlock + kKeyBlock;
  const int64_t query_grad = is_direct<T, C>(p.query_grad) ? 0 : p.num_heads * p.queries * width;
  return static_cast<int64_t>(sizeof(C)) * (blocks + padded(p.num_heads * p.queries) + query_grad);
}

// delta = rowsum(grad * out) - d lse, of every query.
template <class T, class C>
void fill_delta(const AttentionJob& p, const BackwardBuffers<C>& buffers) noexcept {
  for (int64_t head = 0; head < p.num_heads; ++head)
    for (int64_t i = 0; i < p.queries; ++i) {
      const Rows<const C> out = rows_of<T>(p.out, head, i, 1, p.value_width, buffers.row);
      const Rows<const C> grad = rows_of<T>(p.grad, head, i, 1, p.value_width, buffers.grad);
      C delta = dot(out.data, grad.data, p.value_width);
      if (p.lse_grad.data) delta -= load<C>(row_of(p.lse_grad, head, i));
      buffers.delta[head * p.queries + i] = delta;
    }
}

// From products of one row to its probabilities, with dropout, and to the gradient of its products q k^T.
template <class C>
void differentiate_row(const AttentionJob& p, int64_t head, int64_t query, int64_t first_key, int64_t seen, C delta,
                       float* drop, C* probabilities, C* score_grad) noexcept {
  mask_row(p, head, query, first_key, seen, probabilities);
  const C lse = load<C>(row_of(p.lse, head, query));
  const C offset = lse == -kInfinite<C> ? kInfinite<C> : lse;
  if (p.drop) p.drop(p, element_of(p, head, query, first_key), seen, drop);
  for (int64_t j = 0; j < seen; j += kVectorElements) {
    const auto left = static_cast<int32_t>(seen - j);
    C* weights = probabilities + j;
    C* grads = score_grad + j;
    if (p.drop) {
      for (int32_t l = 0; l < kVectorElements && l < left; ++l) {
        const C factor = static_cast<C>(drop[j + l]);
        const C weight = math::exp(weights[l] - offset);
        grads[l] = weight * (grads[l] * factor - delta);
        weights[l] = weight * factor;
      }
      for (int32_t l = left; l < kVectorElements; ++l) weights[l] = grads[l] = 0;
    } else {
      VT_INDEPENDENT_LOOP
      for (int32_t l = 0; l < kVectorElements; ++l) {
        const C weight = math::exp(weights[l] - offset);
        const C grad = weight * (grads[l] - delta);
        weights[l] = l < left ? weight : C{0};
        grads[l] = l < left ? grad : C{0};
      }
    }
  }
}

template <class T>
void backward(const AttentionJob& p, char* memory) {
  using C = ComputeOf<T>;
  const BackwardBuffers<C> buffers(p, memory);
  const int64_t width = padded(p.width);
  const int64_t value_width = padded(p.value_width);
  const auto scale = static_cast<C>(p.scale);
  const bool in_place = is_direct<T, C>(p.query_grad);
  const auto query_grad_rows = [&](int64_t head, int64_t query) -> Rows<C> {
    if (in_place)
      return {reinterpret_cast<C*>(row_of(p.query_grad, head, query)),
              p.query_grad.row / static_cast<int64_t>(sizeof(C))};
    return {buffers.query_grad + (head * p.queries + query) * width, width};
  };
  fill_delta<T>(p, buffers);

  for (int64_t k = 0; k < p.keys; k += kKeyBlock) {
    const int64_t n = p.keys - k < kKeyBlock ? p.keys - k : kKeyBlock;
    const Rows<const C> key = rows_of<T>(p.key, 0, k, n, p.width, buffers.key);
    transpose<T>(p.key, k, n, p.width, buffers.keys_transposed);
    transpose<T>(p.value, k, n, p.value_width, buffers.values_transposed);
    for (int64_t i = 0; i < n * width; ++i) buffers.key_grad[i] = 0;
    for (int64_t i = 0; i < n * value_width; ++i) buffers.value_grad[i] = 0;

    for (int64_t head = 0; head < p.num_heads; ++head)
      for (int64_t begin = p.is_causal ? k / kQueryBlock * kQueryBlock : 0; begin < p.queries; begin += kQueryBlock) {
        const int64_t rows = p.queries - begin < kQueryBlock ? p.queries - begin : kQueryBlock;
        const int64_t diagonal = p.is_causal ? begin - k : kNoDiagonal;
        const Rows<const C> query = rows_of<T>(p.query, head, begin, rows, p.width, buffers.query);
        const Rows<const C> grad = rows_of<T>(p.grad, head, begin, rows, p.value_width, buffers.grad);
        multiply<Trim::kColumns>(
            BlockProduct<C>{query.data, query.stride, buffers.keys_transposed, kKeyBlock, buffers.probabilities,
                            kKeyBlock, rows, padded(n), p.width, scale, Merge::kStore},
            diagonal);
        multiply<Trim::kColumns>(
            BlockProduct<C>{grad.data, grad.stride, buffers.values_transposed, kKeyBlock, buffers.score_grad, kKeyBlock,
                            rows, padded(n), p.value_width, C{1}, Merge::kStore},
            diagonal);
        for (int64_t r = 0; r < rows; ++r) {
          C* probabilities = buffers.probabilities + r * kKeyBlock;
          C* score_grad = buffers.score_grad + r * kKeyBlock;
          const int64_t seen = seen_keys(n, r, diagonal);
          differentiate_row(p, head, begin + r, k, seen, buffers.delta[head * p.queries + begin + r], buffers.drop,
                            probabilities, score_grad);
          clear_from(probabilities, seen, n);
          clear_from(score_grad, seen, n);
        }
        const Rows<C> query_grad = query_grad_rows(head, begin);
        multiply<Trim::kDepthFrom>(
            BlockProduct<C>{buffers.probabilities, kKeyBlock, grad.data, grad.stride, buffers.value_grad, value_width,
                            n, p.value_width, rows, C{1}, Merge::kAdd},
            diagonal);
        multiply<Trim::kDepthFrom>(BlockProduct<C>{buffers.score_grad, kKeyBlock, query.data, query.stride,
                                                   buffers.key_grad, width, n, p.width, rows, scale, Merge::kAdd},
                                   diagonal);
        multiply<Trim::kDepth>(
            BlockProduct<C>{buffers.score_grad, kKeyBlock, key.data, key.stride, query_grad.data, query_grad.stride,
                            rows, p.width, n, scale, k > 0 ? Merge::kAdd : Merge::kStore},
            diagonal);
      }

    for (int64_t r = 0; r < n; ++r) {
      write_row<T>(buffers.key_grad + r * width, p.key_grad.column, p.width, row_of(p.key_grad, 0, k + r));
      write_row<T>(buffers.value_grad + r * value_width, p.value_grad.column, p.value_width,
                   row_of(p.value_grad, 0, k + r));
    }
  }

  for (int64_t head = 0; head < p.num_heads && (!in_place || p.keys == 0); ++head)
    for (int64_t i = 0; i < p.queries; ++i) {
      const Rows<C> row = query_grad_rows(head, i);
      for (int64_t e = 0; p.keys == 0 && e < p.width; ++e) row.data[e] = 0;
      if (!in_place) write_row<T>(row.data, p.query_grad.column, p.width, row_of(p.query_grad, head, i));
    }
}

template <class T>
AttentionLoop attention_of() {
  return {&forward_scratch<ComputeOf<T>>, &backward_scratch<T>, &forward<T>, &backward<T>};
}

}  // namespace

void fill_attention() {
  AttentionLoops& table = chosen_loops<AttentionLoops>;
  table = {attention_of<Half>(), attention_of<BFloat>(), attention_of<float>(), attention_of<double>()};
}

}  // namespace vt::core::VT_ISA
