// SPDX-License-Identifier: Apache-2.0
// layer_norm and rms_norm on the CPU, with their fused backward passes.
#include <vt/cpp/rows/norm.hpp>

#include <cstring>

#include "ops/loops/norm.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

// Rows whose weight gradients are added up before they join the others'. By sizes alone.
constexpr int64_t kMinBlockRows = 16;
constexpr int64_t kMaxBlockRows = 512;
int64_t rows_per_block(int64_t size) noexcept {
  return std::clamp(2 * kGrain / std::max<int64_t>(size, 1), kMinBlockRows, kMaxBlockRows);
}

void forward_rows(const rows::NormForward& f) {
  const NormLoop loop = loops<NormLoops>().forward[f.centred][static_cast<size_t>(dtype_index(f.dtype))];
  const NormRows rows{f.size, f.eps, f.input, nullptr, f.weight, f.bias, f.out, f.mean, f.rstd, nullptr, nullptr};
  parallel_for(0, f.num_rows, rows_per_grain(f.size), [&](int64_t begin, int64_t end) { loop(rows, begin, end); });
}

// Adds the sums of all blocks into a gradient.
void finish(const Tensor& sums, int64_t num_blocks, int64_t size, VtTensor* grad) {
  if (!grad) return;
  const NormSumLoop loop = loops<NormLoops>().add_sums[static_cast<size_t>(dtype_index(grad->dl.dtype))];
  parallel_for(0, size, std::max<int64_t>(kGrain / std::max<int64_t>(num_blocks, 1), 256),
               [&](int64_t begin, int64_t end) { loop(sums->dl.data, num_blocks, size, grad->dl.data, begin, end); });
}

void backward_rows(const rows::NormBackward& b) {
  const NormLoop loop = loops<NormLoops>().backward[b.centred][static_cast<size_t>(dtype_index(b.dtype))];
  const bool sums_needed = b.weight_grad || b.bias_grad;
  const int64_t block = sums_needed ? rows_per_block(b.size) : rows_per_grain(b.size);
  const int64_t num_blocks = (b.num_rows + block - 1) / block;
  const DLDataType compute = rows::compute_dtype(b.dtype);
  const int64_t sums_sizes[] = {num_blocks, b.size};
  const auto room = [&](VtTensor* grad) {
    return grad ? Tensor::empty(sums_sizes, compute, DLDevice{kDLCPU, 0}) : Tensor();
  };
  const Tensor weight_sums = room(b.weight_grad);
  const Tensor bias_sums = room(b.bias_grad);
  const int64_t sum_bytes = b.size * itemsize_of(compute);
  const auto sums_of = [&](const Tensor& sums, int64_t index) -> void* {
    if (!sums) return nullptr;
    char* data = sums.data<char>() + index * sum_bytes;
    std::memset(data, 0, static_cast<size_t>(sum_bytes));
    return data;
  };
  parallel_for(0, num_blocks, 1, [&](int64_t first, int64_t last) {
    for (int64_t k = first; k < last; ++k) {
      const NormRows rows{b.size,
                          0,
                          b.input,
                          b.grad,
                          b.weight,
                          nullptr,
                          b.input_grad,
                          const_cast<void*>(b.mean),
                          const_cast<void*>(b.rstd),
                          sums_of(weight_sums, k),
                          sums_of(bias_sums, k)};
      loop(rows, k * block, std::min((k + 1) * block, b.num_rows));
    }
  });
  finish(weight_sums, num_blocks, b.size, b.weight_grad);
  finish(bias_sums, num_blocks, b.size, b.bias_grad);
}

void native_layer_norm(const VtValue* args, VtValue* result) { rows::norm_forward<true>(args, result, forward_rows); }
void native_rms_norm(const VtValue* args, VtValue* result) { rows::norm_forward<false>(args, result, forward_rows); }
void native_layer_norm_backward(const VtValue* args, VtValue* result) {
  rows::norm_backward<true>(args, result, backward_rows);
}
void native_rms_norm_backward(const VtValue* args, VtValue* result) {
  rows::norm_backward<false>(args, result, backward_rows);
}

// layer_norm(input, normalized_shape, weight, bias, eps)
void layer_norm(const VtValue* args, VtValue* result) {
  static const Op native("native_layer_norm");
  result[0] = rows::owned(std::move(native.results<3>(args[0], args[1], args[2], args[3], args[4])[0]));
}

// rms_norm(input, normalized_shape, weight, eps)
void rms_norm(const VtValue* args, VtValue* result) {
  static const Op native("native_rms_norm");
  const VtValue eps = is_none(args[3]) ? value_of(rows::epsilon(args[0].as.tensor->dl.dtype)) : args[3];
  result[0] = rows::owned(std::move(native.results<2>(args[0], args[1], args[2], eps)[0]));
}

constexpr char kLayerNormDoc[] = R"(Layer normalisation over the last dimensions: ``(x - mean) * rstd * weight + bias``.

`mean` is the mean of the normalised elements and `rstd` is ``1 / sqrt(var + eps)`` with their biased variance.

Parameters
----------
input : Tensor
    float16, bfloat16, float32 or float64.
normalized_shape : int[]
    The last sizes of `input`.
weight, bias : Tensor, optional
    Of sizes `normalized_shape`. With a half `input` they may be float32.
eps : float
    Added to the variance.

Returns
-------
Tensor
    Like `input`, contiguous. Half types are computed in float32.

Raises
------
ShapeError
    If sizes do not fit together.

References
----------
Ba, Kiros and Hinton, Layer Normalization, arXiv:1607.06450.)";

constexpr char kNativeLayerNormDoc[] = R"(Layer normalisation with the statistics that its gradient reads.

Parameters
----------
input : Tensor
normalized_shape : int[]
weight, bias : Tensor, optional
eps : float
    As in `layer_norm`.

Returns
-------
out : Tensor
    As of `layer_norm`.
mean, rstd : Tensor
    Of the sizes of `input` with 1 in the normalised dimensions; float32 for half types.)";

constexpr char kNativeLayerNormBackwardDoc[] = R"(The gradients of `native_layer_norm`.

With h = (x - mean) rstd the input's is ``rstd (g w - mean(g w) - h mean(g w h))``, the weight's the sum of ``g h`` over rows, the
bias's that of ``g``. The sums are added in an order that depends on sizes alone.

Parameters
----------
grad : Tensor
    Like `input`.
input : Tensor
normalized_shape : int[]
mean, rstd : Tensor
    Results of the forward.
weight, bias : Tensor, optional
needed : int
    Bit 0 asks for the input's gradient, 1 for the weight's, 2 for the bias's.

Returns
-------
input, weight, bias : Tensor or None
    None where not needed.)";

constexpr char kRmsNormDoc[] = R"(Root-mean-square normalisation over the last dimensions: ``x * rstd * weight``.

`rstd` is ``1 / sqrt(mean(x * x) + eps)`` over the normalised elements.

Parameters
----------
input : Tensor
    float16, bfloat16, float32 or float64.
normalized_shape : int[]
    The last sizes of `input`.
weight : Tensor, optional
    Of sizes `normalized_shape`. With a half `input` it may be float32.
eps : float, optional
    Added to the mean; by default the spacing of numbers at 1 in the dtype of `input`.

Returns
-------
Tensor
    Like `input`, contiguous. Half types are computed in float32.

Raises
------
ShapeError
    If sizes do not fit together.

References
----------
Zhang and Sennrich, Root Mean Square Layer Normalization, arXiv:1910.07467.)";

constexpr char kNativeRmsNormDoc[] = R"(Root-mean-square normalisation with the statistic that its gradient reads.

Parameters
----------
input : Tensor
normalized_shape : int[]
weight : Tensor, optional
eps : float
    As in `rms_norm`.

Returns
-------
out : Tensor
    As of `rms_norm`.
rstd : Tensor
    Of the sizes of `input` with 1 in the normalised dimensions; float32 for half types.)";

constexpr char kNativeRmsNormBackwardDoc[] = R"(The gradients of `native_rms_norm`.

With h = x rstd the input's is ``rstd (g w - h mean(g w h))``, the weight's the sum of ``g h`` over rows, added in an order that
depends on sizes alone.

Parameters
----------
grad : Tensor
    Like `input`.
input : Tensor
normalized_shape : int[]
rstd : Tensor
    Result of the forward.
weight : Tensor, optional
needed : int
    Bit 0 asks for the input's gradient, 1 for the weight's.

Returns
-------
input, weight : Tensor or None
    None where not needed.)";

}  // namespace

void register_norm(VtPlugin* plugin) {
  constexpr uint32_t kComposite = VT_OP_FUNCTION | VT_OP_COMPOSITE;
  const OpRow ops[] = {
      {"layer_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05) -> Tensor",
       kComposite, kLayerNormDoc},
      {"native_layer_norm(Tensor input, int[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor out, "
       "Tensor mean, Tensor rstd)",
       VT_OP_FUNCTION, kNativeLayerNormDoc},
      {"native_layer_norm_backward(Tensor grad, Tensor input, int[] normalized_shape, Tensor mean, Tensor rstd, Tensor? "
       "weight, Tensor? bias, int needed) -> (Tensor? input, Tensor? weight, Tensor? bias)",
       VT_OP_FUNCTION, kNativeLayerNormBackwardDoc},
      {"rms_norm(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor", kComposite,
       kRmsNormDoc},
      {"native_rms_norm(Tensor input, int[] normalized_shape, Tensor? weight, float eps) -> (Tensor out, Tensor rstd)",
       VT_OP_FUNCTION, kNativeRmsNormDoc},
      {"native_rms_norm_backward(Tensor grad, Tensor input, int[] normalized_shape, Tensor rstd, Tensor? weight, int "
       "needed) -> (Tensor? input, Tensor? weight)",
       VT_OP_FUNCTION, kNativeRmsNormBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"native_layer_norm", boxed<native_layer_norm>},
                                   {"native_layer_norm_backward", boxed<native_layer_norm_backward>},
                                   {"native_rms_norm", boxed<native_rms_norm>},
                                   {"native_rms_norm_backward", boxed<native_rms_norm_backward>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow composites[] = {{"layer_norm", boxed<layer_norm>}, {"rms_norm", boxed<rms_norm>}};
  register_kernels(plugin, kEveryDevice, composites);
}

}  // namespace vt::core
