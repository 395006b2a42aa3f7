// SPDX-License-Identifier: Apache-2.0
// softmax and log_softmax on the CPU, with their backward passes.
#include <vt/cpp/op.hpp>

#include <vt/cpp/rows/softmax.hpp>

#include "ops/loops/softmax.hpp"
#include "ops/ops.hpp"
#include "ops/runs.hpp"

namespace vt::core {

namespace {

void run(const rows::Softmax& s) {
  const auto index = static_cast<size_t>(dtype_index(s.dtype));
  const SoftmaxLoops& table = loops<SoftmaxLoops>();
  const SoftmaxRows rows{s.size, s.inner, s.input, s.grad, s.out};
  if (s.inner == 1) {
    const SoftmaxLoop loop = s.grad ? table.backward[s.log][index] : table.forward[s.log][index];
    parallel_for(0, s.outer, rows_per_grain(s.size), [&](int64_t begin, int64_t end) { loop(rows, begin, end); });
  } else {
    const SoftmaxLoop loop = s.grad ? table.backward_columns[s.log][index] : table.forward_columns[s.log][index];
    const int64_t columns = std::min(s.inner, kSoftmaxColumns);
    const int64_t jobs = s.outer * ((s.inner + kSoftmaxColumns - 1) / kSoftmaxColumns);
    parallel_for(0, jobs, rows_per_grain(s.size * columns),
                 [&](int64_t begin, int64_t end) { loop(rows, begin, end); });
  }
}

template <bool kLog>
void forward(const VtValue* args, VtValue* result) {
  rows::softmax<kLog>(args, result, run);
}
template <bool kLog>
void backward(const VtValue* args, VtValue* result) {
  rows::softmax_backward<kLog>(args, result, run);
}

void softmin(const VtValue* args, VtValue* result) {
  static const Op neg("neg");
  static const Op softmax("softmax");
  result[0] = value_of(softmax(neg(args[0]), args[1], args[2]).release());
}

constexpr char kSoftmaxDoc[] = R"(The exponentials along a dimension, divided by their sum.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64; any dtype when `dtype` is one of these.
dim : int
    The dimension along which elements sum to 1.
dtype : dtype, optional
    What `self` is cast to first.

Returns
-------
Tensor
    Of the sizes of `self`, contiguous. The greatest element is subtracted first, so that nothing overflows; half types are
    computed in float32. A row of minus infinities gives NaN.

Raises
------
IndexError
    If `dim` is out of range.)";

constexpr char kLogSoftmaxDoc[] = R"(The logarithm of `softmax`, computed as ``x - max - log(sum(exp(x - max)))``.

Parameters
----------
self : Tensor
    float16, bfloat16, float32 or float64; any dtype when `dtype` is one of these.
dim : int
    The dimension along which probabilities sum to 1.
dtype : dtype, optional
    What `self` is cast to first.

Returns
-------
Tensor
    Of the sizes of `self`, contiguous.

Raises
------
IndexError
    If `dim` is out of range.)";

constexpr char kSoftminDoc[] = R"(`softmax` of ``-self``.)";

constexpr char kSoftmaxBackwardDoc[] = R"(The gradient of `softmax`: ``output * (grad - sum(grad * output))``.

Parameters
----------
grad : Tensor
    Like `output`.
output : Tensor
    Result of the forward.
dim : int
    As in the forward.)";

constexpr char kLogSoftmaxBackwardDoc[] = R"(The gradient of `log_softmax`: ``grad - exp(output) * sum(grad)``.

Parameters
----------
grad : Tensor
    Like `output`.
output : Tensor
    Result of the forward.
dim : int
    As in the forward.)";

}  // namespace

void register_softmax(VtPlugin* plugin) {
  const OpRow ops[] = {
      {"softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor", kFunctionAndMethod, kSoftmaxDoc},
      {"log_softmax(Tensor self, int dim, *, dtype? dtype=None) -> Tensor", kFunctionAndMethod, kLogSoftmaxDoc},
      {"softmin(Tensor self, int dim, *, dtype? dtype=None) -> Tensor", VT_OP_FUNCTION | VT_OP_COMPOSITE, kSoftminDoc},
      {"softmax_backward(Tensor grad, Tensor output, int dim) -> Tensor", VT_OP_FUNCTION, kSoftmaxBackwardDoc},
      {"log_softmax_backward(Tensor grad, Tensor output, int dim) -> Tensor", VT_OP_FUNCTION, kLogSoftmaxBackwardDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {{"softmax", boxed<forward<false>>},
                                   {"log_softmax", boxed<forward<true>>},
                                   {"softmax_backward", boxed<backward<false>>},
                                   {"log_softmax_backward", boxed<backward<true>>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::KernelRow everywhere[] = {{"softmin", boxed<softmin>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
