// SPDX-License-Identifier: Apache-2.0
// What attention refuses, and how its operands and results lie, the same on every device.
#pragma once

#include <vt/cpp/iter/number.hpp>
#include <vt/cpp/iter/shape.hpp>
#include <vt/cpp/tensor.hpp>

namespace vt {

// Sizes or strides that are returned by value without the heap.
struct DimList {
  int64_t values[kMaxDims];
  size_t count = 0;

  size_t size() const noexcept { return count; }
  int64_t& operator[](size_t i) noexcept { return values[i]; }
  int64_t operator[](size_t i) const noexcept { return values[i]; }
  operator std::span<const int64_t>() const noexcept { return {values, count}; }
};

// query (lead..., heads, queries, width), key (lead..., kv_heads, keys, width), value (lead..., kv_heads, keys, value_width).
// Matrices have one head.
struct AttentionShape {
  DimList lead;
  int64_t batch = 1;
  int64_t heads = 1;
  int64_t kv_heads = 1;
  int64_t queries = 0;
  int64_t keys = 0;
  int64_t width = 0;
  int64_t value_width = 0;
  size_t ndim = 2;

  // Query heads that share a key head.
  int64_t group() const noexcept { return kv_heads ? heads / kv_heads : 0; }

  // (lead..., heads, rows, columns), without the heads of a matrix.
  DimList sizes(int64_t num_heads, int64_t rows, int64_t columns) const {
    DimList out;
    out.count = ndim;
    for (size_t d = 0; d < lead.size(); ++d) out[d] = lead[d];
    if (ndim > 2) out[ndim - 3] = num_heads;
    out[ndim - 2] = rows;
    out[ndim - 1] = columns;
    return out;
  }
  // The sizes of lse.
  DimList row_sizes() const {
    DimList out = sizes(heads, queries, 0);
    --out.count;
    return out;
  }
};

// Bytes between neighbours; 0 where an operand is broadcast.
struct AttentionStrides {
  DimList lead;
  int64_t head = 0;
  int64_t row = 0;
  int64_t column = 0;
};

// Row-major, or with heads inside rows: (lead..., rows, heads, columns) seen as (lead..., heads, rows, columns).
inline DimList attention_layout(std::span<const int64_t> sizes, bool heads_inside) {
  const size_t ndim = sizes.size();
  DimList strides;
  strides.count = ndim;
  contiguous_strides(sizes, strides.values);
  if (heads_inside && ndim > 2) {
    strides[ndim - 3] = std::max<int64_t>(sizes[ndim - 1], 1);
    strides[ndim - 2] = strides[ndim - 3] * std::max<int64_t>(sizes[ndim - 3], 1);
  }
  return strides;
}

// Whether an operand lies with its heads inside its rows; its gradient then does too, so that views of it cost nothing.
inline bool has_heads_inside(const VtTensor* t) noexcept {
  const auto ndim = static_cast<size_t>(t->dl.ndim);
  return ndim > 2 && t->dl.shape[ndim - 3] > 1 && t->dl.strides[ndim - 3] < t->dl.strides[ndim - 2];
}

// Strides of `t` seen as (lead..., heads, rows, columns) of `ndim` dimensions, missing ones and ones of size one repeated.
inline AttentionStrides attention_strides(const VtTensor* t, size_t ndim) {
  const int64_t itemsize = itemsize_of(t->dl.dtype);
  const auto own = static_cast<size_t>(t->dl.ndim);
  // Counted from the last dimension.
  const auto stride = [&](size_t d) -> int64_t {
    return d <= own && t->dl.shape[own - d] != 1 ? t->dl.strides[own - d] * itemsize : 0;
  };
  AttentionStrides out;
  out.column = stride(1);
  out.row = stride(2);
  if (ndim > 2) {
    out.head = stride(3);
    out.lead.count = ndim - 3;
    for (size_t d = 0; d < ndim - 3; ++d) out.lead[d] = stride(ndim - d);
  }
  return out;
}

namespace detail {

[[noreturn]] inline void fail_attention(VtErrorKind kind, const char* op, const std::string& what) {
  fail(kind, std::string(op) + ": " + what);
}

inline std::string attention_sizes(const VtTensor* q, const VtTensor* k, const VtTensor* v) {
  return "query " + format_sizes(sizes_of(q)) + ", key " + format_sizes(sizes_of(k)) + " and value " +
         format_sizes(sizes_of(v));
}

inline void check_attention_mask(const char* op, const AttentionShape& shape, const VtTensor* mask,
                                 DLDataType query_dtype) {
  const DLDataType dtype = mask->dl.dtype;
  if (!same_dtype(dtype, kBool) && !same_dtype(dtype, kFloat32) && !same_dtype(dtype, query_dtype))
    fail_attention(VT_ERROR_DTYPE, op,
                   "attn_mask has the wrong dtype: got " + std::string(dtype_name(dtype)) +
                       ", expected bool, float32 or the query's " + std::string(dtype_name(query_dtype)));
  const DimList full = shape.sizes(shape.heads, shape.queries, shape.keys);
  const auto sizes = sizes_of(mask);
  bool fits = sizes.size() <= full.size();
  for (size_t d = 1; fits && d <= sizes.size(); ++d) {
    const int64_t size = sizes[sizes.size() - d];
    fits = size == 1 || size == full[full.size() - d];
  }
  if (!fits)
    fail_attention(VT_ERROR_SHAPE, op,
                   "attn_mask does not broadcast: got " + format_sizes(sizes) + ", expected sizes that broadcast to " +
                       format_sizes(full));
}

}  // namespace detail

// Sizes of a call; throws for operands that do not fit together. `mask` may be NULL.
inline AttentionShape check_attention(const char* op, const VtTensor* q, const VtTensor* k, const VtTensor* v,
                                      const VtTensor* mask, double dropout_p) {
  using detail::fail_attention;
  const DLDataType dtype = q->dl.dtype;
  if (!same_dtype(k->dl.dtype, dtype) || !same_dtype(v->dl.dtype, dtype))
    fail_attention(VT_ERROR_DTYPE, op,
                   "query, key and value differ in dtype: got " + std::string(dtype_name(dtype)) + ", " +
                       std::string(dtype_name(k->dl.dtype)) + " and " + std::string(dtype_name(v->dl.dtype)) +
                       ", expected one; convert them first");
  if (!same_dtype(dtype, kFloat32) && !same_dtype(dtype, kFloat64) && !same_dtype(dtype, kBFloat16) &&
      !same_dtype(dtype, kFloat16))
    fail_attention(VT_ERROR_NOT_IMPLEMENTED, op,
                   "not implemented for " + std::string(dtype_name(dtype)) +
                       ", expected float32, float64, bfloat16 or float16; convert first");
  if (!(dropout_p >= 0 && dropout_p <= 1))
    fail_attention(VT_ERROR_RUNTIME, op, "dropout_p must lie in [0, 1]: got " + std::to_string(dropout_p));
  const auto ndim = static_cast<size_t>(q->dl.ndim);
  if (ndim < 2 || k->dl.ndim != q->dl.ndim || v->dl.ndim != q->dl.ndim)
    fail_attention(VT_ERROR_SHAPE, op,
                   "wrong numbers of dimensions: got " + detail::attention_sizes(q, k, v) +
                       ", expected at least two and the same for all");
  AttentionShape shape;
  shape.ndim = ndim;
  shape.queries = q->dl.shape[ndim - 2];
  shape.keys = k->dl.shape[ndim - 2];
  shape.width = q->dl.shape[ndim - 1];
  shape.value_width = v->dl.shape[ndim - 1];
  bool fits = k->dl.shape[ndim - 1] == shape.width && v->dl.shape[ndim - 2] == shape.keys;
  if (ndim > 2) {
    shape.heads = q->dl.shape[ndim - 3];
    shape.kv_heads = k->dl.shape[ndim - 3];
    shape.lead.count = ndim - 3;
    std::copy_n(q->dl.shape, ndim - 3, shape.lead.values);
    fits = fits && v->dl.shape[ndim - 3] == shape.kv_heads && same_sizes(shape.lead, sizes_of(k).first(ndim - 3)) &&
           same_sizes(shape.lead, sizes_of(v).first(ndim - 3));
  }
  if (!fits)
    fail_attention(VT_ERROR_SHAPE, op,
                   "sizes do not fit together: got " + detail::attention_sizes(q, k, v) +
                       ", expected (..., Hq, L, E), (..., Hkv, S, E) and (..., Hkv, S, Ev)");
  if (shape.kv_heads ? shape.heads % shape.kv_heads != 0 : shape.heads != 0)
    fail_attention(VT_ERROR_SHAPE, op,
                   "the number of query heads is no multiple of that of key heads: got " + std::to_string(shape.heads) +
                       " and " + std::to_string(shape.kv_heads));
  for (size_t d = 0; d < shape.lead.size(); ++d) shape.batch *= shape.lead[d];
  if (mask) detail::check_attention_mask(op, shape, mask, dtype);
  return shape;
}

// The dtype of lse.
inline DLDataType attention_lse_dtype(DLDataType query) noexcept {
  return same_dtype(query, kFloat64) ? kFloat64 : kFloat32;
}

// What a backward is given besides query, key and value must fit them.
inline void check_attention_backward(const char* op, const AttentionShape& shape, DLDataType dtype,
                                     const VtTensor* grad, const VtTensor* out, const VtTensor* lse,
                                     const VtTensor* lse_grad) {
  const DimList out_sizes = shape.sizes(shape.heads, shape.queries, shape.value_width);
  const DimList lse_sizes = shape.row_sizes();
  const auto check_one = [&](const char* name, const VtTensor* t, std::span<const int64_t> sizes, DLDataType expected) {
    if (same_sizes(sizes_of(t), sizes) && same_dtype(t->dl.dtype, expected)) return;
    detail::fail_attention(VT_ERROR_SHAPE, op,
                           std::string(name) + " does not fit: got " + std::string(dtype_name(t->dl.dtype)) + " " +
                               format_sizes(sizes_of(t)) + ", expected " + std::string(dtype_name(expected)) + " " +
                               format_sizes(sizes));
  };
  check_one("grad", grad, out_sizes, dtype);
  check_one("out", out, out_sizes, dtype);
  check_one("lse", lse, lse_sizes, attention_lse_dtype(dtype));
  if (lse_grad) check_one("lse_grad", lse_grad, lse_sizes, attention_lse_dtype(dtype));
}

// Philox outputs that dropout of the probabilities takes.
inline uint64_t attention_dropout_outputs(const AttentionShape& shape) noexcept {
  const auto elements =
      static_cast<uint64_t>(shape.batch * shape.heads * shape.queries) * static_cast<uint64_t>(shape.keys);
  return (elements + 3) / 4;
}

}  // namespace vt
