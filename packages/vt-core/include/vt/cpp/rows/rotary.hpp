// SPDX-License-Identifier: Apache-2.0
// Arguments, shapes and results of rotary_embedding, the same on every device; a device brings the loop over rows.
#pragma once

#include <vt/cpp/rows.hpp>

// Note [Rotary embedding]
// A row x of D elements is D / 2 pairs turned by angles of their own: (a, b) becomes (a cos - b sin, b cos + a sin). Pairs are
// x[i] and x[i + D / 2], or neighbours when interleaved (Su et al., RoFormer, arXiv:2104.09864). A turn back is the turn by
// the negative angle, and the gradient of a turn.
namespace vt::rows {

inline constexpr int32_t kRotaryDims = 8;

struct Rotary {
  bool interleaved;
  bool inverse;
  int64_t num_rows;
  int64_t half;
  DLDataType dtype;
  // The dimensions before the last, outermost first; strides in elements.
  int32_t ndim;
  int64_t sizes[kRotaryDims];
  int64_t x_strides[kRotaryDims];
  int64_t out_strides[kRotaryDims];
  int64_t cos_strides[kRotaryDims];  // 0 where the angles repeat
  int64_t sin_strides[kRotaryDims];
  const void* x;
  void* out;
  const void* cos;  // in the compute dtype
  const void* sin;
};

namespace detail {

// The strides of angles over the leading dimensions of x.
inline void angle_strides(const char* name, const VtTensor* t, const VtTensor* x, int64_t half, int64_t* strides) {
  const auto lead = static_cast<int32_t>(x->dl.ndim - 1);
  const int32_t skipped = lead - (t->dl.ndim - 1);
  bool fits = t->dl.ndim >= 1 && skipped >= 0 && t->dl.shape[t->dl.ndim - 1] == half;
  for (int32_t d = 0; fits && d < lead; ++d) {
    const int64_t size = d < skipped ? 1 : t->dl.shape[d - skipped];
    fits = size == 1 || size == x->dl.shape[d];
    strides[d] = size == 1 ? 0 : t->dl.strides[d - skipped];
  }
  if (!fits)
    fail(VT_ERROR_SHAPE, std::string("rotary_embedding: ") + name +
                             " must broadcast to the sizes of x with half of its last: got " +
                             format_sizes(sizes_of(t)) + " for x of " + format_sizes(sizes_of(x)));
}

}  // namespace detail

// rotary_embedding(x, cos, sin, *, interleaved, inverse)
template <class Run>
void rotary(const VtValue* args, VtValue* result, Run&& run) {
  const char* op = "rotary_embedding";
  VtTensor* t = args[0].as.tensor;
  check_dtype(op, t);
  if (t->dl.ndim < 1 || t->dl.ndim > kRotaryDims || t->dl.shape[t->dl.ndim - 1] % 2 != 0)
    fail(VT_ERROR_SHAPE, std::string(op) + ": x must have 1 to " + std::to_string(kRotaryDims) +
                             " dimensions and an even number of elements in the last: got " +
                             format_sizes(sizes_of(t)));
  check_parameter_dtype(op, "cos", args[1].as.tensor, t->dl.dtype);
  check_parameter_dtype(op, "sin", args[2].as.tensor, t->dl.dtype);
  static const Op empty_like("empty_like");
  const int32_t lead = t->dl.ndim - 1;
  Rotary call{};
  call.half = t->dl.shape[lead] / 2;
  const DLDataType compute = compute_dtype(t->dl.dtype);
  const Tensor x = t->dl.strides[lead] == 1 || t->numel == 0 ? Tensor::share(t) : dense(t);
  const Tensor cos = dense(cast(args[1].as.tensor, compute).get());
  const Tensor sin = dense(cast(args[2].as.tensor, compute).get());
  detail::angle_strides("cos", cos.get(), t, call.half, call.cos_strides);
  detail::angle_strides("sin", sin.get(), t, call.half, call.sin_strides);
  Tensor out = empty_like(x);
  if (out->dl.strides[lead] != 1) out = Tensor::empty(sizes_of(t), t->dl.dtype, t->dl.device);
  if (!is_meta(t) && t->numel > 0) {
    call.interleaved = args[3].as.i != 0;
    call.inverse = args[4].as.i != 0;
    call.num_rows = t->numel / (2 * call.half);
    call.dtype = t->dl.dtype;
    call.ndim = lead;
    for (int32_t d = 0; d < lead; ++d) {
      call.sizes[d] = t->dl.shape[d];
      call.x_strides[d] = x->dl.strides[d];
      call.out_strides[d] = out->dl.strides[d];
    }
    call.x = x->dl.data;
    call.out = out->dl.data;
    call.cos = cos->dl.data;
    call.sin = sin->dl.data;
    run(call);
  }
  result[0] = owned(std::move(out));
}

}  // namespace vt::rows
