// SPDX-License-Identifier: Apache-2.0
// clamp, lerp, addcmul and addcdiv on the CPU.
#include <vt/cpp/dense.hpp>
#include <vt/cpp/iter/ternary_rules.hpp>
#include <vt/cpp/op.hpp>

#include "ops/binary_runs.hpp"
#include "ops/loops/ternary.hpp"

namespace vt::core {

namespace {

// What sets one ternary op apart from the others.
struct TernaryOp {
  const char* name;
  const TernaryLoop* loops;
  // With a number as third operand, float for the small floating dtypes. NULL: numbers are rounded to the dtype.
  const TernaryLoop* number_loops = nullptr;
  const VtValue* value = nullptr;  // the multiplier of addcmul and addcdiv
};

// `dtype` fixes the common dtype; with kCommonDtype operands are promoted.
void planned_ternary(const TernaryOp& op, const VtValue* args, VtValue* result, DLDataType dtype) {
  const VtValue operands[4] = {result[0], args[0], args[1], args[2]};
  const bool is_fixed = dtype.code != kDLOpaqueHandle;
  IterPlan p;
  plan_iteration(
      {sizeof(VtIterConfig), is_fixed ? kIterFixedDtype : uint32_t{VT_ITER_PROMOTE}, op.name, operands, 1, 4, dtype}, p,
      CoreIterAllocator{}, [&op](const IterPlan& plan) {
        const DLDataType planned = plan.common_dtype;
        if (!op.loops[static_cast<size_t>(known_dtype_index(planned))]) fail_unsupported(op.name, planned);
        if (op.value && !number_fits(number_of(*op.value), planned)) fail_number_fit(op.name, planned);
      });
  const DLDataType common_dtype = p.common_dtype;
  const auto common = static_cast<size_t>(dtype_index(common_dtype));
  const DLDataType number_dtype = is_small_float(common_dtype) ? kFloat32 : common_dtype;
  IterPlan::NumberCell value_cell;
  if (op.value) {
    store_number(number_of(*op.value), number_dtype, value_cell.bytes);
  }
  if (p.numel > 0 && !is_meta(p.device)) {
    const bool c_is_number = op.number_loops && is_single(p, 3) && (!p.tensors[3] || p.tensors[3]->dl.ndim == 0);
    const DLDataType c_dtype = c_is_number ? number_dtype : common_dtype;
    IterPlan::NumberCell cells[3];
    for (size_t k = 1; k <= 3; ++k) {
      const DLDataType wanted = k == 3 ? c_dtype : common_dtype;
      if (!same_dtype(p.dtypes[k], wanted) && is_single(p, k)) convert_single(p, k, wanted, cells[k - 1]);
    }
    const TernaryLoop loop = c_is_number ? op.number_loops[common] : op.loops[common];
    run_converting<4>(p, {common_dtype, common_dtype, common_dtype, c_dtype},
                      [loop, &value_cell](char* const* data, int64_t n, const int64_t* strides) {
                        loop(data[0], data[1], data[2], data[3], n, strides, value_cell.bytes);
                      });
  }
  result[0] = value_of(p.take_output(0));
}

// Runs `loop` over dense `out` and `a`, and two operands of which each lies as densely or, at stride 0, is one element.
void run_dense(TernaryLoop loop, VtTensor* out, const VtTensor* a, const void* b, int64_t b_stride, const void* c,
               int64_t c_stride, const void* value) {
  const int64_t itemsize = a->dl.dtype.bits / 8;
  const int64_t strides[4] = {itemsize, itemsize, b_stride, c_stride};
  auto* out_data = static_cast<char*>(out->dl.data);
  auto* a_data = static_cast<const char*>(a->dl.data);
  auto* b_data = static_cast<const char*>(b);
  auto* c_data = static_cast<const char*>(c);
  const auto run = [&](int64_t begin, int64_t end) {
    loop(out_data + begin * itemsize, a_data + begin * itemsize, b_data + begin * b_stride, c_data + begin * c_stride,
         end - begin, strides, value);
  };
  if (a->numel <= kGrain) {
    run(0, a->numel);
  } else {
    parallel_for(0, a->numel, kGrain, run);
  }
}

// A row-major tensor and two numbers of no higher category.
bool dense_clamp(const VtValue* args, VtValue* result, DLDataType dtype) {
  VtTensor* a = args[0].as.tensor;
  if (!(a->flags & VT_TENSOR_CONTIGUOUS) || !is_cpu(a) || !same_dtype(a->dl.dtype, dtype)) return false;
  VtTensor* out = dense_destination<false>(a, result[0]);
  if (!out) return false;
  IterPlan::NumberCell low;
  IterPlan::NumberCell high;
  store_number(number_of(args[1]), dtype, low.bytes);
  store_number(number_of(args[2]), dtype, high.bytes);
  const TernaryLoop loop = loops<TernaryLoops>().by_kind[kClamp][static_cast<size_t>(dtype_index(dtype))];
  run_dense(loop, out, a, low.bytes, 0, high.bytes, 0, nullptr);
  result[0] = value_of(out);
  return true;
}

bool is_dense_like(const VtTensor* t, const VtTensor* a) noexcept {
  if (!(t->flags & VT_TENSOR_CONTIGUOUS) || !is_cpu(t) || t->dl.ndim != a->dl.ndim ||
      !same_dtype(t->dl.dtype, a->dl.dtype))
    return false;
  for (int32_t d = 0; d < a->dl.ndim; ++d)
    if (t->dl.shape[d] != a->dl.shape[d]) return false;
  return true;
}

// Row-major operands of one shape and dtype, and a multiplier that this holds: no plan is needed.
bool dense_ternary(const TernaryOp& op, const VtValue* args, VtValue* result) {
  VtTensor* a = args[0].as.tensor;
  const VtTensor* b = args[1].as.tensor;
  const VtTensor* c = args[2].as.tensor;
  const TernaryLoop loop = op.loops[static_cast<size_t>(dtype_index(a->dl.dtype))];
  if (!loop || !(a->flags & VT_TENSOR_CONTIGUOUS) || !is_cpu(a) || !is_dense_like(b, a) || !is_dense_like(c, a))
    return false;
  const Number value = number_of(*op.value);
  const bool is_one = op.value->tag == VT_INT && op.value->as.i == 1;
  if (!is_one && !number_fits(value, a->dl.dtype)) return false;
  const int64_t itemsize = a->dl.dtype.bits / 8;
  if (is_tensor(result[0])) {
    if (result[0].as.tensor != a) return false;
    check_dense_overlap(op.name, a, b);
    check_dense_overlap(op.name, a, c);
  }
  VtTensor* out = dense_destination<false>(a, result[0]);
  IterPlan::NumberCell cell;
  store_number(value, is_small_float(a->dl.dtype) ? kFloat32 : a->dl.dtype, cell.bytes);
  run_dense(loop, out, a, b->dl.data, itemsize, c->dl.data, itemsize, cell.bytes);
  result[0] = value_of(out);
  return true;
}

// One bound makes it a maximum or a minimum.
void clamp(const VtValue* args, VtValue* result) {
  const DLDataType dtype = clamp_dtype("clamp", args);
  if (is_none(args[1]) || is_none(args[2])) {
    const BinaryOp op = binary_op("clamp", is_none(args[2]) ? kMaximum : kMinimum);
    const VtValue operands[2] = {args[0], is_none(args[2]) ? args[1] : args[2]};
    if (!dense_number(op.number_loops, operands, result)) planned_binary(op, operands, result);
    return;
  }
  if (is_number(args[1]) && is_number(args[2]) && dense_clamp(args, result, dtype)) return;
  planned_ternary({"clamp", loops<TernaryLoops>().by_kind[kClamp]}, args, result, dtype);
}

// clamp with one bound, a number or a tensor.
const Op& clamp_op(const VtValue& bound) {
  static const Op numbers("clamp");
  static const Op tensors("clamp.tensors");
  return is_number(bound) ? numbers : tensors;
}

void clamp_min(const VtValue* args, VtValue* result) {
  result[0] = value_of(clamp_op(args[1]).into(result[0], args[0], args[1], none()).release());
}

void clamp_max(const VtValue* args, VtValue* result) {
  result[0] = value_of(clamp_op(args[1]).into(result[0], args[0], none(), args[1]).release());
}

void lerp(const VtValue* args, VtValue* result) {
  planned_ternary({"lerp", loops<TernaryLoops>().by_kind[kLerp], loops<TernaryLoops>().lerp_number}, args, result,
                  lerp_dtype("lerp", args));
}

void addcmul(const VtValue* args, VtValue* result) {
  const TernaryOp op{"addcmul", loops<TernaryLoops>().by_kind[kAddcmul], nullptr, &args[3]};
  if (!dense_ternary(op, args, result)) planned_ternary(op, args, result, kCommonDtype);
}

// Note [Dense forms] in vt/cpp/dense.hpp. Of float32 and float64, to whose gradients products are added.
template <class T>
int32_t add_product_of(VtTensor* out, const VtTensor* const* inputs) noexcept {
  static constexpr T kOne = 1;
  static constexpr int64_t kStrides[4] = {sizeof(T), sizeof(T), sizeof(T), sizeof(T)};
  static constexpr auto kDtype = static_cast<size_t>(sizeof(T) == 4 ? DtypeIndex::kFloat32 : DtypeIndex::kFloat64);
  loops<TernaryLoops>().by_kind[kAddcmul][kDtype](
      static_cast<char*>(out->dl.data), static_cast<const char*>(inputs[0]->dl.data),
      static_cast<const char*>(inputs[1]->dl.data), static_cast<const char*>(inputs[2]->dl.data), out->numel, kStrides,
      &kOne);
  return 0;
}

int32_t add_product(VtTensor* out, const VtTensor* const* inputs) noexcept {
  if (out->numel > kGrain) return -1;
  if (same_dtype(out->dl.dtype, kFloat32)) [[likely]]
    return add_product_of<float>(out, inputs);
  return same_dtype(out->dl.dtype, kFloat64) ? add_product_of<double>(out, inputs) : -1;
}

void addcdiv(const VtValue* args, VtValue* result) {
  refuse_integer_quotient("addcdiv", args);
  const TernaryOp op{"addcdiv", loops<TernaryLoops>().by_kind[kAddcdiv], nullptr, &args[3]};
  if (!dense_ternary(op, args, result)) planned_ternary(op, args, result, kCommonDtype);
}

constexpr char kClampDoc[] = R"(`self` held between `min` and `max`: ``minimum(maximum(self, min), max)``.

Parameters
----------
self : Tensor
    Any shape; integers and floats but float8. Bounds of a higher category lift the result's dtype.
min, max : Scalar, optional
    The bounds; at least one. Where `min` is above `max` the result is `max`.

Returns
-------
Tensor
    NaN where `self` is. The gradient passes where `self` is within the bounds or on one.

Raises
------
RuntimeError
    If both bounds are absent, or the result's dtype cannot hold one.)";

constexpr char kClampTensorsDoc[] =
    R"(As `clamp` by numbers, with bounds that are tensors, broadcast and promoted with `self`.)";

constexpr char kClampMinDoc[] = R"(`clamp` with a lower bound alone, a number or a tensor: ``maximum(self, min)``.)";

constexpr char kClampMaxDoc[] = R"(`clamp` with an upper bound alone, a number or a tensor: ``minimum(self, max)``.)";

constexpr char kLerpDoc[] = R"(Linear interpolation: ``self + weight * (end - self)``, element by element.

Parameters
----------
self : Tensor
    Any shape; floating but float8, or complex.
end : Tensor
    Of the same dtype, broadcastable with `self`.
weight : Tensor or Scalar
    Of the same dtype unless it is one number.

Returns
-------
Tensor
    Exactly `end` where the weight is 1.

Raises
------
RuntimeError
    If the dtypes differ.)";

constexpr char kAddcmulDoc[] = R"(``self + value * tensor1 * tensor2``, with broadcasting and type promotion.

Parameters
----------
self, tensor1, tensor2 : Tensor
    Broadcastable; any dtype but bool and float8.
value : Scalar
    Cast to the common dtype.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.)";

constexpr char kAddcdivDoc[] = R"(``self + value * tensor1 / tensor2``, with broadcasting and type promotion.

Parameters
----------
self, tensor1, tensor2 : Tensor
    Broadcastable; the common dtype is floating but float8, or complex.
value : Scalar
    Cast to the common dtype.

Returns
-------
Tensor
    Of the broadcast shape and the common dtype. Half types are computed in float32.

Raises
------
RuntimeError
    If `tensor1` and `tensor2` are both integral.)";

}  // namespace

void register_ternary(VtPlugin* plugin) {
  constexpr uint32_t kFlags = VT_OP_INPLACE | VT_OP_OUT | kFunctionAndMethod;
  const OpRow ops[] = {
      {"clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor", kFlags, kClampDoc},
      {"clamp.tensors(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor", kFlags, kClampTensorsDoc},
      {"clamp_min(Tensor self, Tensor|Scalar min) -> Tensor", kFlags | VT_OP_COMPOSITE, kClampMinDoc},
      {"clamp_max(Tensor self, Tensor|Scalar max) -> Tensor", kFlags | VT_OP_COMPOSITE, kClampMaxDoc},
      {"lerp(Tensor self, Tensor end, Tensor|Scalar weight) -> Tensor", kFlags | VT_OP_CPU_SCALARS, kLerpDoc},
      {"addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor", kFlags, kAddcmulDoc},
      {"addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor", kFlags, kAddcdivDoc},
  };
  define_ops(plugin, ops);
  const vt::KernelRow kernels[] = {
      {"clamp", boxed<clamp>}, {"clamp.tensors", boxed<clamp>}, {"lerp", boxed<lerp>}, {"addcdiv", boxed<addcdiv>}};
  register_kernels(plugin, kDLCPU, kernels);
  register_kernels(plugin, VT_DEVICE_TYPE_META, kernels);
  const vt::DenseKernelRow dense_kernels[] = {{"addcmul", boxed<addcmul>, add_product}};
  register_dense_kernels(plugin, kDLCPU, dense_kernels);
  const vt::KernelRow on_meta[] = {{"addcmul", boxed<addcmul>}};
  register_kernels(plugin, VT_DEVICE_TYPE_META, on_meta);
  const vt::KernelRow everywhere[] = {{"clamp_min", boxed<clamp_min>}, {"clamp_max", boxed<clamp_max>}};
  register_kernels(plugin, kEveryDevice, everywhere);
}

}  // namespace vt::core
