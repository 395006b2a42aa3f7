// SPDX-License-Identifier: Apache-2.0
// rotary_embedding on the CPU.
#include <vt/cpp/rows/rotary.hpp>

#include "ops/loops/rotary.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

void run(const rows::Rotary& r) {
  const RotaryLoop loop = loops<RotaryLoops>().turn[r.interleaved][static_cast<size_t>(dtype_index(r.dtype))];
  const int64_t itemsize = itemsize_of(r.dtype);
  const int64_t angle_bytes = itemsize_of(rows::compute_dtype(r.dtype));
  parallel_for(0, r.num_rows, rows_per_grain(2 * r.half), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; ++row) {
      int64_t rest = row;
      int64_t x = 0;
      int64_t out = 0;
      int64_t cos = 0;
      int64_t sin = 0;
      for (int32_t d = r.ndim; d-- > 0;) {
        const int64_t at = rest % r.sizes[d];
        rest /= r.sizes[d];
        x += at * r.x_strides[d];
        out += at * r.out_strides[d];
        cos += at * r.cos_strides[d];
        sin += at * r.sin_strides[d];
      }
      loop(static_cast<const char*>(r.x) + x * itemsize, static_cast<const char*>(r.cos) + cos * angle_bytes,
           static_cast<const char*>(r.sin) + sin * angle_bytes, r.half, r.inverse ? -1 : 1,
           static_cast<char*>(r.out) + out * itemsize);
    }
  });
}

void rotary_embedding(const VtValue* args, VtValue* result) { rows::rotary(args, result, run); }

constexpr char kRotaryDoc[] = R"(Turns pairs of the last dimension by given angles: rotary position embedding.

A pair (a, b) becomes ``(a cos - b sin, b cos + a sin)``.

Parameters
----------
x : Tensor
    (..., T, D) with D even, of any strides; float16, bfloat16, float32 or float64.
cos, sin : Tensor
    (T, D / 2), or broadcast with the leading sizes of `x`. With a half `x` they may be float32.
interleaved : bool
    Whether pairs are neighbours; otherwise they are ``x[i]`` and ``x[i + D / 2]``.
inverse : bool
    Whether to turn back.

Returns
-------
Tensor
    Like `x`. Half types are computed in float32.

Raises
------
ShapeError
    If sizes do not fit together.

References
----------
Su et al., RoFormer: Enhanced Transformer with Rotary Position Embedding, arXiv:2104.09864.)";

}  // namespace

void register_rotary(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"rotary_embedding(Tensor x, Tensor cos, Tensor sin, *, bool interleaved=False, bool inverse=False) -> Tensor",
       VT_OP_FUNCTION, kRotaryDoc}};
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"rotary_embedding", boxed<rotary_embedding>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
}

}  // namespace vt::core
